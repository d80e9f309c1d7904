"""How complaints are handled here, how long that takes, and who else can help: read from the procedure's data."""

from dataclasses import dataclass
from typing import Any

from heed.organisations import procedures
from heed.organisations.procedures import OmbudsmanCard, Procedure


@dataclass(frozen=True)
class Advice:
    """The procedure that holds, and the Ombudsman that the person may turn to: who, how, and within what time."""

    procedure: Procedure
    ombudsman: OmbudsmanCard | None
    through_mp: bool = False
    complaints_about: str = ""

    @property
    def months(self) -> int:
        """Within how many months to complain."""
        return int(self.procedure.clock.complain_within_months.value)


def advice(organisation: Any, procedure_key: str = "", nation: str = "") -> Advice:
    """The advice for an organisation, or for a case that follows another procedure or nation than it."""
    procedure = procedures.load(procedure_key or organisation.procedure)
    nation = nation or organisation.nation
    routes = procedure.routes_for(nation, organisation.sector)
    route = next((route for route in routes if route.how != "first, before the Ombudsman"), None)
    return Advice(
        procedure,
        procedure.ombudsman_for(nation, organisation.sector),
        through_mp=bool(route and route.how == "through an MP"),
        complaints_about=route.complaints_about if route else "",
    )


def advice_of(feedback: Any, case: Any) -> Advice:
    """The advice for one item of feedback: by its case, where it has one."""
    if case is None:
        return advice(feedback.organisation)
    return advice(feedback.organisation, case.procedure, case.nation)


@dataclass(frozen=True)
class Times:
    """How long things take, a sentence each, for the organisation or for some services that differ from it."""

    services: tuple[str, ...]
    sentences: tuple[str, ...]


def times(organisation: Any, services: list[Any]) -> list[Times]:
    """How long things take here; services with a procedure of their own come after, by their names."""
    others: dict[str, list[str]] = {}
    for service in services:
        if service.procedure and service.procedure != organisation.procedure:
            others.setdefault(service.procedure, []).append(service.name)
    own = [Times((), how_long(procedures.load(organisation.procedure)))]
    return own + [Times(tuple(names), how_long(procedures.load(key))) for key, names in others.items()]


def how_long(procedure: Procedure) -> tuple[str, ...]:
    """What a person can count on, from the procedure's settings."""
    timescales = procedure.timescales
    sentences = [
        f"Within {_days(timescales.stage(1).acknowledge_days)} we tell you that we have your complaint, and offer to "
        "talk about it."
    ]
    if procedure.period_is_agreed:
        sentences.append("We agree with you by when you will have our answer. If we need longer, we ask you first.")
    else:
        sentences.append(
            f"Within {_days(timescales.stage(1).respond_days)} after that you have our answer. If we need longer, we "
            "tell you why."
        )
    if procedure.stages_count > 1:
        sentences.append(
            "If you are not happy with our answer, you can ask for somebody else to look again. They answer within "
            f"{_days(timescales.stage(2).respond_days)}."
        )
    return tuple(sentences)


def _days(number: int) -> str:
    return f"{number} working {'day' if number == 1 else 'days'}"
