"""One definition of good practice, as versioned data, that every part of a body is shown against (R195, R200)."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from heed.feedback.surveys import STAGES
from heed.insight.measures import BY_KEY
from heed.organisations.code_lists import versions
from heed.organisations.code_lists.provenance import Dated, Sourced

FOLDER = Path(__file__).parent
KEY = "good-practice"


class Expectation(Sourced):
    """One thing that good practice asks. `measures`: keys of what shows it, if anything that is counted does; `stage`: of My
    Expectations, where what people answer shows it; `look_at`: what to look at besides or instead, in words; `reading`: how
    to read the figures. That a figure shows it is Heed's own reading always, whatever the expectation rests on."""

    key: str = Field(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$")
    statement: str = Field(min_length=10)
    measures: tuple[str, ...] = ()
    stage: str = ""
    reading: str = ""
    look_at: str = ""

    @model_validator(mode="after")
    def _is_shown_by_something(self) -> Self:
        if unknown := [key for key in self.measures if key not in BY_KEY]:
            raise ValueError(f"{self.key}: there is no measure {unknown[0]}")
        if self.stage and self.stage not in STAGES:
            raise ValueError(f"{self.key}: there is no stage {self.stage!r}")
        if not (self.measures or self.look_at or self.stage):
            raise ValueError(f"{self.key}: say what shows it, or what to look at")
        return self


class Part(Sourced):
    """Expectations that stand together under one heading."""

    title: str
    expectations: tuple[Expectation, ...] = Field(min_length=1)

    @property
    def measures(self) -> tuple[str, ...]:
        """The keys of all that shows something here, each once."""
        return tuple(dict.fromkeys(key for one in self.expectations for key in one.measures))


class Definition(Dated):
    """What good practice is, in one version."""

    title: str
    note: str
    parts: tuple[Part, ...] = Field(min_length=1)


@cache
def _versions() -> dict[str, tuple[Definition, ...]]:
    return versions.read(list(FOLDER.glob("*.toml")), Definition)


def load(on: date | None = None) -> Definition:
    """The newest version, or the one in force on a day. Raises Unknown, a KeyError, with a sentence."""
    return versions.choose(_versions(), KEY, on, "definition of good practice")
