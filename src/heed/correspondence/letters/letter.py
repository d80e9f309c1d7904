"""What a letter is, and how it is filled in."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

PLACE = re.compile(r"\{([a-z_]+)\}")
WITHHELD = "(not shown here)"
LONGEST = 300

Kind = Literal["line", "date", "link", "secret", "once"]
SEALED = ("secret", "once")
Value = str | date


@dataclass(frozen=True)
class Field:
    """`line`: one line of text. `date`: a date. `link`: an address of the web. `secret`: sent once, kept nowhere,
    and only to an address that is private. `once`: the same to any address, because it opens nothing that is not for
    whoever reads there."""

    name: str
    kind: Kind
    about: str
    optional: bool


@dataclass(frozen=True)
class Paragraph:
    """Left out unless all of `when_given` were given and none of `when_missing` was."""

    text: str
    when_given: tuple[str, ...] = ()
    when_missing: tuple[str, ...] = ()

    def stands(self, given: set[str]) -> bool:
        return given.issuperset(self.when_given) and given.isdisjoint(self.when_missing)


@dataclass(frozen=True)
class Rendered:
    """`body` may be kept and read later. `sealed_body` is what is sent, "" where it would be the same."""

    subject: str
    body: str
    sealed_body: str


@dataclass(frozen=True)
class Letter:
    """One version of a letter. `fields` is its published list, the standard fields included."""

    key: str
    version: int
    effective_on: date
    purpose: str
    subject: str
    fields: dict[str, Field]
    paragraphs: tuple[Paragraph, ...]

    def kind(self, name: str) -> str:
        """Of which kind a field is; "" for one that the letter does not have."""
        return self.fields[name].kind if name in self.fields else ""

    def render(self, values: dict[str, Value]) -> Rendered:
        """Fill the letter in. An empty value counts as not given.

        Raises ValueError for a value that the letter does not know, lacks, or cannot take: a mistake of the
        program, never of a person."""
        given = {name: value for name, value in values.items() if not isinstance(value, str) or value.strip()}
        self._check(given)
        texts = {name: in_words(self.fields[name], value) for name, value in given.items()}
        secrets = {name for name in given if self.fields[name].kind in SEALED}
        veiled = {name: WITHHELD if name in secrets else text for name, text in texts.items()}
        body = self._body(veiled)
        return Rendered(
            subject=_fill(self.subject, veiled), body=body, sealed_body=self._body(texts) if secrets else ""
        )

    def _check(self, given: dict[str, Value]) -> None:
        unknown = sorted(given.keys() - self.fields.keys())
        if unknown:
            raise ValueError(f"The letter {self.key} does not know {', '.join(unknown)}.")
        lacking = sorted(name for name, field in self.fields.items() if not field.optional and name not in given)
        if lacking:
            raise ValueError(f"The letter {self.key} needs {', '.join(lacking)}.")

    def _body(self, texts: dict[str, str]) -> str:
        standing = [paragraph for paragraph in self.paragraphs if paragraph.stands(set(texts))]
        return "\n\n".join(_fill(paragraph.text, texts) for paragraph in standing) + "\n"


def in_words(field: Field, value: Value) -> str:
    """A value as it stands in a letter: one line, a date as "5 May 2026"."""
    if (field.kind == "date") != isinstance(value, date):
        raise ValueError(f"The field {field.name} takes a {field.kind}, not {value!r}.")
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    if field.kind == "link" and not re.fullmatch(r"https?://\S+", value):
        raise ValueError(f"The field {field.name} takes an address of the web, not {value!r}.")
    return _one_line(value)


def _one_line(value: str) -> str:
    """What people type may hold line breaks, which would let them write into the headers of an e-mail."""
    line = " ".join(value.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def _fill(text: str, texts: dict[str, str]) -> str:
    """One pass, so that a value that looks like a place is left as it is."""
    return PLACE.sub(lambda place: texts[place[1]], text)
