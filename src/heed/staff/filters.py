"""The filters of the worklist, as links with counts."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from urllib.parse import urlencode

from heed.cases.queries.worklist import MINE, NONE, RISKS, UNASSIGNED, Chosen, Counts
from heed.cases.rules import STEPS
from heed.design.components import Link

WHOSE = {MINE: "Mine", UNASSIGNED: "Nobody's yet"}
RISK_NAMES = {risk: risk.capitalize() for risk in RISKS} | {NONE: "Not rated yet"}


@dataclass(frozen=True)
class Group:
    heading: str
    links: list[Link]


def chosen(asked: Mapping[str, str]) -> Chosen:
    """The filters that an address asks for; what cannot be one is passed over."""
    service = asked.get("service", "")
    known = {
        "whose": asked.get("whose", "") in WHOSE,
        "step": asked.get("step", "") in STEPS,
        "risk": asked.get("risk", "") in RISKS,
        "service": service == NONE or (service.isascii() and service.isdigit() and len(service) < 19),
    }
    return Chosen(**{name: asked[name] for name, fits in known.items() if fits})


def groups(counts: Counts, picked: Chosen) -> list[Group]:
    """The filters with their counts. A value that would leave nothing is left out, unless it is chosen."""
    return [
        Group("Whose", _links(counts, picked, "whose", WHOSE, keep=(MINE, UNASSIGNED))),
        Group("What to do", _links(counts, picked, "step", STEPS)),
        Group("Risk", _links(counts, picked, "risk", RISK_NAMES)),
        Group("Service", _links(counts, picked, "service", {**counts.services, NONE: "No service yet"})),
    ]


def _links(
    counts: Counts, picked: Chosen, name: str, labels: Mapping[str, str], keep: tuple[str, ...] = ()
) -> list[Link]:
    now = getattr(picked, name)
    links = [Link("All", address(replace(picked, **{name: ""})), current=not now, count=counts.total(name))]
    for value, label in labels.items():
        number = counts.of(name, value)
        if number or value == now or value in keep:
            links.append(Link(label, address(replace(picked, **{name: value})), current=value == now, count=number))
    return links


def address(picked: Chosen) -> str:
    """The address of the worklist with these filters, from its first page."""
    return f"?{urlencode({name: value for name, value in asdict(picked).items() if value})}"
