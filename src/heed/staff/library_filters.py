"""The filters of the library as boxes of one form, and the lines of its list."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from heed.learning import library
from heed.learning.queries import library as queries
from heed.organisations import code_lists
from heed.organisations import queries as organisations

ACTIONS = {"with": "With an action", "without": "Without an action"}


@dataclass(frozen=True)
class Box:
    """One filter: its name in the address, what it asks, what can be chosen, and what is."""

    name: str
    label: str
    choices: list[tuple[str, str]]
    value: str

    @property
    def chosen(self) -> str:
        """What is chosen, in words; "" for all."""
        return dict(self.choices).get(self.value, "")


def asked_for(organisation: Any, viewer: Any, asked: Mapping[str, str]) -> tuple[queries.Chosen, list[Box]]:
    """The filters that an address asks for, and what there is to choose: what the person can find, each with how many, and
    what is chosen; in a very large library all codes. What cannot be chosen is passed over."""
    services = [(str(service.pk), service.name) for service in organisations.services(organisation.pk)]
    offered = {
        "service": ("Service", services),
        "level": ("Who should learn", list(library.LEVELS.items())),
        "factor": ("What made it likely", code_lists.load("factors").choices()),
        "subject": ("About", code_lists.load(organisation.subject_list).choices()),
        "source": ("Learned from", list(library.SOURCES.items())),
        "action": ("What came of it", list(ACTIONS.items())),
        "link": ("Linked to", list(library.LINKS.items())),
    }
    picked = {name: asked.get(name, "") for name, (_, choices) in offered.items() if asked.get(name) in dict(choices)}
    if (counted := queries.found_by(viewer)) is not None:
        offered = {
            name: (label, _with_counts(choices, counted[name], picked.get(name, "")))
            for name, (label, choices) in offered.items()
        }
    boxes = [Box(name, label, choices, picked.get(name, "")) for name, (label, choices) in offered.items() if choices]
    return queries.Chosen(**picked), boxes


def filtered_by(query: str, boxes: Iterable[Box]) -> list[str]:
    """What is asked for, in words; on a phone the boxes themselves are folded away."""
    return [f"words: “{query}”"] * bool(query) + [f"{box.label.lower()}: {box.chosen}" for box in boxes if box.chosen]


def _with_counts(choices: list[tuple[str, str]], counted: Mapping[str, int], picked: str) -> list[tuple[str, str]]:
    """Those of which there is something, with how many; and what is chosen, though nothing is found by it."""
    return [
        (code, f"{label} ({counted.get(code, 0):,})") for code, label in choices if counted.get(code) or code == picked
    ]


@dataclass(frozen=True)
class Line:
    """A point in the list: how many cases show it, what it is linked to, how many actions came of it and are done."""

    point: Any
    cases: int
    factors: list[str]
    links: list[str]
    actions: int
    done: int
    passage: Any = None


def lines(points: Iterable[Any]) -> list[Line]:
    return [_line(point) for point in points]


def lines_of_hits(hits: Iterable[Any]) -> list[Line]:
    return [_line(hit.point, hit.passage) for hit in hits]


def _line(point: Any, passage: Any = None) -> Line:
    actions = list(point.actions.all())
    return Line(
        point,
        queries.cases_that_show(point),
        [row.factor for row in point.factors.all()],
        list(dict.fromkeys(library.LINKS[link.kind] for link in point.links.all())),
        len(actions),
        sum(action.state == "completed" for action in actions),
        passage,
    )


def neighbours(asked: Mapping[str, str], hits: Any) -> dict[str, str]:
    """Addresses of the pages of a search before and after."""
    kept = {key: value for key, value in asked.items() if key != "page" and value}

    def of(page: int) -> str:
        return f"?{urlencode({**kept, 'page': page})}"

    return {"newer": of(hits.page - 1) if hits.page > 1 else "", "older": of(hits.page + 1) if hits.has_more else ""}
