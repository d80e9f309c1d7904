"""Where a fact comes from, and the frozen, strict form that all data files share."""

from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

Value = TypeVar("Value")


class Status(StrEnum):
    """How well a fact is known. FOUND: read in the source named. PARALLEL: read in a sister instrument. RECALLED: from
    memory, confirmed by nothing that was read. INFERRED: Heed's own reading or proposal."""

    FOUND = "FOUND"
    PARALLEL = "PARALLEL"
    RECALLED = "RECALLED"
    INFERRED = "INFERRED"

    @property
    def is_confirmed(self) -> bool:
        """Whether a published text says it. What is not, is shown as such."""
        return self in (Status.FOUND, Status.PARALLEL)


class Data(BaseModel):
    """A piece of a data file: it cannot be changed, and an unknown or misspelt field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Sourced(Data):
    """Something with its provenance."""

    status: Status
    source: str = Field(min_length=3)

    @property
    def provenance(self) -> str:
        """INFERRED: no source states it."""
        return f"{self.status}: {self.source}"


class Setting(Sourced, Generic[Value]):
    """One value that an organisation may have to change, with where it comes from."""

    value: Value


class Dated(Data):
    """A version of something, in force from one day until it is followed by another."""

    key: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    version: str
    effective_from: date
    effective_to: date | None = None

    def in_force(self, on: date) -> bool:
        """Whether this is the version of that day."""
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)
