"""What a procedure holds, and what follows from it. The data names no conditions, roles or methods."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Literal, Self

from pydantic import Field, model_validator

from heed.deadlines.timescales import StageTimes, Timescales
from heed.organisations import code_lists
from heed.organisations.code_lists.provenance import Data, Dated, Setting, Sourced, Status
from heed.organisations.procedures.ombudsmen import Nation, OmbudsmanCard, Sector, cards

# What the derivation of a date adds where it rests on such a setting.
_CAVEATS = {
    Status.INFERRED: "That is a setting; no published text was found that states it ({}).",
    Status.RECALLED: "That is a setting from memory; no published text was found that confirms it ({}).",
}


class WorkingDays(Data):
    """Which days do not count, besides Saturdays and Sundays: the nation's bank holidays and named days of the year."""

    bank_holidays: Setting[Literal["nation"]]
    closed_days: Setting[tuple[str, ...]]  # month and day, as 12-25

    @model_validator(mode="after")
    def _real_days(self) -> Self:
        for day in self.closed_days.value:
            date.fromisoformat(f"2000-{day}")
        return self


class Stage(Data):
    """One stage: its times in working days and who may answer it.

    `respond` says how the time to respond comes about; the settings that then have no meaning are left out.
    """

    name: str
    acknowledge_days: Setting[int]
    respond: Setting[Literal["agreed", "counted"]]
    respond_days: Setting[int] | None = None
    respond_from: Setting[Literal["acknowledgement", "arrival"]] | None = None
    extension_days: Setting[int] | None = None  # further only with a good reason
    answered_by: Setting[str]
    service_may_answer: Setting[bool]
    service_may_sign: Setting[bool]
    needs_another_person: Setting[bool]  # than the one who answered the stage before

    @model_validator(mode="after")
    def _counted_has_days(self) -> Self:
        if (self.respond.value == "counted") != (self.respond_days is not None and self.respond_from is not None):
            raise ValueError(
                f"{self.name}: `respond_days` and `respond_from` belong to a counted response, and only there"
            )
        return self

    def times(self) -> StageTimes:
        """What the clock counts by."""
        return StageTimes(
            acknowledge_days=self.acknowledge_days.value,
            respond=self.respond.value,
            respond_days=self.respond_days.value if self.respond_days else 0,
            respond_from=self.respond_from.value if self.respond_from else "acknowledgement",
            extension_days=self.extension_days.value if self.extension_days else None,
        )


class Clock(Data):
    """What holds for the time of all stages."""

    late_arrival_moves_to_next_working_day: Setting[bool]
    pauses_move: Setting[bool]
    extension_needs: Setting[Literal["agreement", "reason"]]
    extension_tells_ombudsman: Setting[bool]
    review_months: Setting[int]
    complain_within_months: Setting[int]


class SettledOrally(Sourced):
    """What was taken in conversation and settled to the person's satisfaction in so many working days after receipt is
    recorded, but needs no written answer and stays out of statutory counts."""

    working_days: int


class CommissionerChoice(Sourced):
    """Whoever complains to the body that provided the care may choose the one that pays for it instead, in these
    sectors. A procedure without it gives no such choice."""

    sectors: tuple[Sector, ...] = Field(min_length=1)


class Exclusion(Sourced):
    """A ground on which something is not taken; `code` is one of the code list `exclusions`."""

    code: str
    text: str

    @model_validator(mode="after")
    def _is_known(self) -> Self:
        code_lists.load("exclusions").item(self.code)
        return self


class Route(Sourced):
    """Which Ombudsman the person may turn to, for what, and how."""

    ombudsman: str
    nations: tuple[Nation, ...] = Field(min_length=1)
    sectors: tuple[Sector, ...] = Field(min_length=1)
    complaints_about: str
    how: Literal["directly", "through an MP", "first, before the Ombudsman"]
    time_limit: Setting[str]

    @model_validator(mode="after")
    def _has_a_card(self) -> Self:
        if self.ombudsman not in cards():
            raise ValueError(f"there is no contact card {self.ombudsman}")
        return self


class Duty(Sourced):
    """Something that a letter must say; `code` names it, `part` is the part of the response that says it."""

    code: str
    text: str
    part: str = ""


class Letters(Data):
    """What each letter must say, and who signs the response."""

    acknowledgement: tuple[Duty, ...]
    extension: tuple[Duty, ...] = ()
    response: tuple[Duty, ...] = Field(min_length=1)
    late_notice: tuple[Duty, ...] = ()
    signed_by: Setting[str]


class Procedure(Dated, Sourced):
    """How complaints are handled under one law, code or set of standards."""

    name: str
    short_name: str
    standing: Literal["law", "statutory guidance", "guidance"]
    standing_text: str
    effective_note: str
    applies_to: tuple[str, ...]
    subject_list: str
    working_days: WorkingDays
    clock: Clock
    stages: tuple[Stage, ...] = Field(min_length=1, max_length=2)
    settled_orally: SettledOrally | None = None
    commissioner_choice: CommissionerChoice | None = None
    exclusions: tuple[Exclusion, ...]
    routes: tuple[Route, ...] = Field(min_length=1)
    letters: Letters

    @property
    def stages_count(self) -> int:
        return len(self.stages)

    def stage(self, number: int) -> Stage:
        """Stage 1 or 2."""
        return self.stages[number - 1]

    @property
    def period_is_agreed(self) -> bool:
        """Whether the time to respond at stage 1 is agreed with the person, not counted."""
        return self.stages[0].respond.value == "agreed"

    def service_may_answer(self, stage: int) -> bool:
        """Whether a stage may rightly be answered by the manager of the service complained about."""
        return self.stage(stage).service_may_answer.value

    def service_may_sign(self, stage: int) -> bool:
        """Whether a stage's response may be signed by the manager of the service complained about."""
        return self.stage(stage).service_may_sign.value

    @property
    def extension_tells_ombudsman(self) -> bool:
        """Whether the letter about an extension gives the details of the Ombudsman."""
        return self.clock.extension_tells_ombudsman.value

    @property
    def settled_orally_allowed(self) -> bool:
        """Whether what was settled in conversation by the end of the next working day needs no written answer."""
        return self.settled_orally is not None

    def commissioner_may_be_chosen(self, sector: str) -> bool:
        """Whether the person may have the commissioner look into it instead of the provider (R32)."""
        return self.commissioner_choice is not None and sector in self.commissioner_choice.sectors

    @property
    def closed_days(self) -> tuple[tuple[int, int], ...]:
        """Days of every year that do not count, as (month, day), for `Calendar`."""
        return tuple((int(day[:2]), int(day[3:])) for day in self.working_days.closed_days.value)

    @cached_property
    def timescales(self) -> Timescales:
        """What the clock counts by."""
        return Timescales(
            stages=tuple(stage.times() for stage in self.stages),
            extension_needs=self.clock.extension_needs.value,
            late_arrival_moves_to_next_working_day=self.clock.late_arrival_moves_to_next_working_day.value,
            pauses_move=self.clock.pauses_move.value,
            review_months=self.clock.review_months.value,
            caveats=MappingProxyType(self._caveats()),
        )

    def settings(self) -> dict[str, Setting[object]]:
        """Every setting by its name, those of a stage as `stage_1.acknowledge_days`: for pages that show provenance."""
        parts: list[tuple[str, Data]] = [("", self.working_days), ("", self.clock), ("", self.letters)]
        parts += [(f"stage_{number}.", stage) for number, stage in enumerate(self.stages, start=1)]
        return {
            f"{prefix}{name}": value for prefix, part in parts for name, value in part if isinstance(value, Setting)
        }

    def _caveats(self) -> Mapping[str, str]:
        unconfirmed = {name: setting for name, setting in self.settings().items() if not setting.status.is_confirmed}
        return {name: _CAVEATS[setting.status].format(setting.provenance) for name, setting in unconfirmed.items()}

    def routes_for(self, nation: str, sector: str | None = None) -> list[Route]:
        """The ways on from here, for a nation and, where it is given, a sector, in the order of the file."""
        return [
            route for route in self.routes if nation in route.nations and (sector is None or sector in route.sectors)
        ]

    def ombudsman_for(self, nation: str, sector: str | None = None) -> OmbudsmanCard | None:
        """The card of the Ombudsman that letters name; None where no route is known for that nation."""
        from_here = [route for route in self.routes_for(nation, sector) if route.how != "first, before the Ombudsman"]
        return cards()[from_here[0].ombudsman] if from_here else None
