"""Reading and checking the letters' files."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, get_args

from heed.correspondence.letters.letter import PLACE, SEALED, Field, Kind, Letter, Paragraph

FOLDER = Path(__file__).parent

STANDARD = {
    field.name: field
    for field in [
        Field("organisation", "line", "The name of the organisation that writes.", optional=False),
        Field("address", "link", "The page of the organisation where a case is followed.", optional=False),
        Field("dear", "line", "How the person wants to be addressed, or else their name.", optional=True),
        Field("contact", "line", "How to reach the organisation: phone, e-mail address.", optional=True),
    ]
}

# The one letter that may carry the secret code; whether it does is for the person to say.
MAY_CARRY_A_SECRET = {"receipt"}


class LetterFault(ValueError):
    """A letter's file says something that it must not. The message names the file."""


@cache
def every_letter() -> tuple[Letter, ...]:
    """All versions of all letters, checked, by key and version."""
    letters = [read(path.name, path.read_text(encoding="utf-8")) for path in FOLDER.glob("*.toml")]
    return tuple(sorted(letters, key=lambda letter: (letter.key, letter.version)))


def load(key: str, on: date) -> Letter:
    """The version of a letter that is in force on a day. KeyError if there is none."""
    in_force = [letter for letter in every_letter() if letter.key == key and letter.effective_on <= on]
    if not in_force:
        raise KeyError(f"There is no letter {key!r} in force on {on}.")
    return max(in_force, key=lambda letter: (letter.effective_on, letter.version))


def read(file_name: str, text: str) -> Letter:
    """One letter from its file's name and text. Raises LetterFault."""
    try:
        letter = _letter(tomllib.loads(text))
    except KeyError as fault:
        raise LetterFault(f"{file_name}: {fault.args[0]} is missing") from fault
    except (AttributeError, TypeError, ValueError) as fault:
        raise LetterFault(f"{file_name}: {fault}") from fault
    for problem in [*_faults(letter), *_misnamed(letter, file_name)]:
        raise LetterFault(f"{file_name}: {problem}")
    return letter


def _letter(data: dict[str, Any]) -> Letter:
    _only(data, {"key", "version", "effective_on", "purpose", "subject", "fields", "paragraphs"})
    if type(data["effective_on"]) is not date:
        raise ValueError("effective_on must be a date")
    own = {name: _field(name, field) for name, field in data["fields"].items()}
    if shadowed := sorted(own.keys() & STANDARD.keys()):
        raise ValueError(f"{shadowed[0]} is a standard field and cannot be declared")
    return Letter(
        key=data["key"],
        version=data["version"],
        effective_on=data["effective_on"],
        purpose=data["purpose"],
        subject=data["subject"],
        fields={**STANDARD, **own},
        paragraphs=tuple(_paragraph(paragraph) for paragraph in data["paragraphs"]),
    )


def _field(name: str, data: dict[str, Any]) -> Field:
    _only(data, {"kind", "about", "optional"})
    if data["kind"] not in get_args(Kind):
        raise ValueError(f"the field {name} is of no known kind: {data['kind']}")
    return Field(name, data["kind"], data["about"], data.get("optional", False))


def _paragraph(data: dict[str, Any]) -> Paragraph:
    """Lines of the file are joined with spaces; a line that begins with "- " stays a line of its own."""
    _only(data, {"text", "when_given", "when_missing"})
    lines = [line.strip() for line in data["text"].strip().splitlines()]
    text = " ".join("\n" + line if line.startswith("- ") else line for line in lines).replace(" \n", "\n").strip()
    return Paragraph(text, tuple(data.get("when_given", [])), tuple(data.get("when_missing", [])))


def _only(data: dict[str, Any], known: set[str]) -> None:
    if unknown := sorted(data.keys() - known):
        raise ValueError(f"unknown key {unknown[0]}")


def _misnamed(letter: Letter, file_name: str) -> list[str]:
    expected = f"{letter.key}-{letter.version}.toml"
    return [] if file_name == expected else [f"the file should be called {expected}"]


def _faults(letter: Letter) -> list[str]:
    """Everything that is wrong with a letter, in words."""
    faults = _faults_of_text("the subject", letter.subject, set(), letter)
    secrets = {field.name for field in letter.fields.values() if field.kind == "secret"}
    if secrets and letter.key not in MAY_CARRY_A_SECRET:
        faults.append(f"this letter may not carry a secret, so not {sorted(secrets)[0]}")
    sealed = {field.name for field in letter.fields.values() if field.kind in SEALED}
    if "\n" in letter.subject or sealed & set(PLACE.findall(letter.subject)):
        faults.append("the subject must be one line without a secret")
    for number, paragraph in enumerate(letter.paragraphs, start=1):
        named = f"paragraph {number}"
        conditions = {*paragraph.when_given, *paragraph.when_missing}
        faults += [f"{named} depends on the unknown field {name}" for name in sorted(conditions - letter.fields.keys())]
        faults += _faults_of_text(named, paragraph.text, set(paragraph.when_given), letter)
    return faults


def _faults_of_text(named: str, text: str, given: set[str], letter: Letter) -> list[str]:
    faults = [f"{named} is empty"] if not text.strip() else []
    if set(PLACE.sub("", text)) & set("{}"):
        faults.append(f"{named} has a brace that is no field")
    for name in PLACE.findall(text):
        if name not in letter.fields:
            faults.append(f"{named} uses the unknown field {name}")
        elif letter.fields[name].optional and name not in given:
            faults.append(f"{named} uses {name}, which may be missing, without when_given")
    return faults
