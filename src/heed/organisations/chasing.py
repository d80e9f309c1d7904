"""When people are reminded of what they owe: a ladder of steps, read once from its file and checked."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal, Self

from pydantic import model_validator

from heed.organisations.code_lists.provenance import Data, Status

FILE = Path(__file__).with_name("chasing.toml")


class Step(Data):
    """`days` after the day on which something is owed; negative: before it."""

    key: str
    days: int
    to: Literal["owner", "manager"]


class Ladder(Data):
    """The steps, the earliest first."""

    version: str
    effective_from: date
    status: Status
    source: str
    steps: tuple[Step, ...]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        days = [step.days for step in self.steps]
        if not days or days != sorted(set(days)) or len({step.key for step in self.steps}) != len(days):
            raise ValueError("the steps have different keys and days, the earliest first")
        return self

    @property
    def first_day(self) -> int:
        return self.steps[0].days

    def reached(self, days: int) -> Step | None:
        """The last step that has come so many days after the day; None before the first."""
        return next((step for step in reversed(self.steps) if step.days <= days), None)


@cache
def load() -> Ladder:
    """The ladder of the file. Raises pydantic's ValidationError for one that cannot be used."""
    return Ladder.model_validate(tomllib.loads(FILE.read_text(encoding="utf-8")))
