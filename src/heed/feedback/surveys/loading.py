"""Reads the files, and puts a questionnaire into a language."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from heed.feedback.surveys.schema import AUDIENCES, OPEN, Questionnaire, Timing, Translation, Wording
from heed.organisations.code_lists import versions

FOLDER = Path(__file__).parent
LANGUAGES = FOLDER / "languages"
ENGLISH = "en"
PAGE, TIMING = "page", "timing"


@cache
def _questionnaires() -> dict[str, tuple[Questionnaire, ...]]:
    return versions.read(list((FOLDER / "questionnaires").glob("*.toml")), Questionnaire)


@cache
def _timings() -> dict[str, tuple[Timing, ...]]:
    return versions.read(list(FOLDER.glob(f"{TIMING}*.toml")), Timing)


@cache
def _wordings() -> dict[str, tuple[Wording, ...]]:
    return versions.read(list(FOLDER.glob(f"{PAGE}*.toml")), Wording)


def load(audience: str, on: date | None = None) -> Questionnaire:
    """The newest version of what an audience is asked, or the one in force on a day. Raises Unknown, a KeyError."""
    return versions.choose(_questionnaires(), audience, on, "questionnaire for")


def of_version(audience: str, version: str) -> Questionnaire:
    """The version that was asked. Raises KeyError."""
    for one in _questionnaires()[audience]:
        if one.version == version:
            return one
    raise KeyError(f"there is no version {version!r} of what {audience} is asked")


def all_of_them() -> list[Questionnaire]:
    """The newest version for every audience."""
    return [load(audience) for audience in AUDIENCES]


def timing(on: date | None = None) -> Timing:
    """When and how often people are asked."""
    return versions.choose(_timings(), TIMING, on, "timing")


@cache
def translations() -> dict[tuple[str, str, str], Translation]:
    """Every translation by key, version and language. Raises ValueError for one that has not exactly the texts of its
    original: half a questionnaire in somebody's language would be none."""
    found = {}
    for path in sorted(LANGUAGES.glob("*/*.toml")):
        one = Translation.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
        if path.parent.name != one.language or path.stem.split("--")[0] != one.key:
            raise ValueError(f"{path.name}: the folder is the language, and the file is named as its key")
        wanted = _texts(one.key, one.version)
        if wanted.keys() != one.texts.keys():
            differs = sorted(wanted.keys() ^ one.texts.keys())
            raise ValueError(f"{one.language}/{path.name}: {differs[0]} is missing or is not in the original")
        found[one.key, one.version, one.language] = one
    return found


def _texts(key: str, version: str) -> dict[str, str]:
    """All that has to be translated of one version."""
    if key == PAGE:
        page = next(one for one in _wordings()[PAGE] if one.version == version)
        return {**page.scale, **page.sentences}
    of = next(one for one in _questionnaires()[key] if one.version == version)
    titles = {f"stage_{stage.key}": stage.title for stage in of.stages}
    texts = {question.key: question.text for question in of.questions()}
    return {"title": of.title, OPEN: of.open_question.text, **titles, **texts}


def languages(of: Questionnaire, on: date | None = None) -> dict[str, str]:
    """The languages in which both the questionnaire and the words of its page can be read: code and own name, English first."""
    page = words_of_page(on)
    found = {ENGLISH: "English"}
    for (key, version, language), one in translations().items():
        if (key, version) == (of.key, of.version) and (PAGE, page.version, language) in translations():
            found[language] = one.name
    return found


@dataclass(frozen=True)
class Offered:
    """A language beside English in which something can be answered. `awaits_reading`: nobody who speaks it has read all of
    it yet. `sources`: where its texts come from, each said once."""

    language: str
    name: str
    awaits_reading: bool
    sources: tuple[str, ...]


def other_languages(on: date | None = None) -> list[Offered]:
    """The languages beside English in which at least one questionnaire can be answered."""
    page, given = words_of_page(on), dict[str, list[Translation]]()
    for of in (load(audience, on) for audience in AUDIENCES):
        for language in languages(of, on).keys() - {ENGLISH}:
            words = given.setdefault(language, [translations()[PAGE, page.version, language]])
            words.append(translations()[of.key, of.version, language])
    return [_offered(words) for _, words in sorted(given.items())]


def _offered(words: list[Translation]) -> Offered:
    sources = dict.fromkeys(f"{one.source} ({one.status})" for one in words)
    unread = any(not one.status.is_confirmed for one in words)
    return Offered(words[0].language, words[0].name, unread, tuple(sources))


def words_of_page(on: date | None = None, language: str = ENGLISH) -> Wording:
    """What stands on the page around the questions; in English where it was not put into the language."""
    page = versions.choose(_wordings(), PAGE, on, "wording")
    told = translations().get((PAGE, page.version, language))
    if told is None:
        return page
    return page.model_copy(
        update={
            "scale": {key: told.texts[key] for key in page.scale},
            "sentences": {key: told.texts[key] for key in page.sentences},
        }
    )


def in_language(of: Questionnaire, language: str) -> Questionnaire:
    """The questionnaire in a language; in English where it was not put into it."""
    told = translations().get((of.key, of.version, language))
    if told is None:
        return of
    stages = tuple(
        stage.model_copy(
            update={
                "title": told.texts[f"stage_{stage.key}"],
                "questions": tuple(q.model_copy(update={"text": told.texts[q.key]}) for q in stage.questions),
            }
        )
        for stage in of.stages
    )
    opened = of.open_question.model_copy(update={"text": told.texts[OPEN]})
    return of.model_copy(update={"title": told.texts["title"], "stages": stages, "open_question": opened})
