"""The courses that a training register can begin with: data with its source, checked when it is read (R259)."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from heed.accounts.roles import ROLES
from heed.organisations.code_lists.provenance import Dated, Setting, Sourced

FILE = Path(__file__).with_name("courses.toml")


class Proposed(Sourced):
    """One course. `roles` empty: everybody needs it. `months` None: once is enough."""

    code: str = Field(pattern=r"^[a-z]+(_[a-z]+)*$")
    name: str = Field(min_length=3, max_length=120)
    what_for: str = Field(min_length=3, max_length=400)
    roles: tuple[str, ...]
    months: Setting[int] | None = None

    @model_validator(mode="after")
    def _for_known_roles(self) -> Self:
        if unknown := set(self.roles) - set(ROLES):
            raise ValueError(f"{self.code}: there is no role {', '.join(sorted(unknown))}")
        return self


class Courses(Dated):
    """All of them, in order."""

    items: tuple[Proposed, ...] = Field(min_length=1)


@cache
def proposed() -> dict[str, Proposed]:
    """The courses by code, in the order of the file."""
    read = Courses.model_validate(tomllib.loads(FILE.read_text(encoding="utf-8")))
    found = {course.code: course for course in read.items}
    if len(found) != len(read.items):
        raise ValueError("a code stands twice")
    return found
