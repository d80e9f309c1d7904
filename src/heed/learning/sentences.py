"""Every kind of event of an action knows its sentence. Events hold codes and ids; the words come from rows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from heed.accounts import queries as accounts
from heed.learning import lifecycle
from heed.learning.models import Action, ActionEvent, ActionReason, Check, OutsideOwner
from heed.learning.rules import day

GONE = "somebody whose name was erased"


@dataclass(frozen=True)
class Entry:
    """One line of an action's history. `words` are those that go with it, if any."""

    number: int
    kind: str
    at: datetime
    who: str
    what: str
    words: str = ""

    @property
    def sentence(self) -> str:
        return f"{self.who} {self.what}."


@dataclass
class Names:
    """The rows that sentences need, fetched at once."""

    people: dict[int, str] = field(default_factory=dict)
    reasons: dict[int, str] = field(default_factory=dict)
    checks: dict[int, Check] = field(default_factory=dict)
    outside: dict[int, str] = field(default_factory=dict)
    steps: dict[int, str] = field(default_factory=dict)

    def person(self, person_id: Any) -> str:
        return self.people.get(person_id, GONE)

    def owner(self, data: dict[str, Any]) -> str:
        """The owner that an event names, with an account or without."""
        if data.get("outside_owner_id"):
            return self.outside.get(data["outside_owner_id"], GONE)
        return self.person(data["owner_id"])

    def step(self, action_id: Any) -> str:
        return f"“{self.steps[action_id]}”" if action_id in self.steps else "another action"


def _on(iso: str) -> str:
    return day(date.fromisoformat(iso))


CHECKED = {
    "progress": "progress",
    "completion": "that it was done",
    "maintenance": "that it lasts",
    "impact": "what it changed",
}


def _check(data: dict[str, Any], _names: Names) -> str:
    if data.get("standing"):
        again = f", next on {_on(data['again_on'])}" if data.get("again_on") else ""
        return f"reviewed progress: {lifecycle.STANDINGS[data['standing']].lower()}{again}"
    found = "it is as it should be" if data["worked"] else "it is not as it should be yet"
    again = f", to be looked at again on {_on(data['again_on'])}" if data.get("again_on") else ""
    return f"checked {CHECKED[data['check']]}: {found}{again}"


def _dates(data: dict[str, Any], _names: Names) -> str:
    if data["finish_on"] != data["finish_was"]:
        return f"moved the finish of the action to {_on(data['finish_on'])}"
    return "moved the days of the checks"


def _aim(verb: str) -> "Teller":
    return lambda data, _: f"{verb} what the action should change{', after its start' if data['late'] else ''}"


TOLD = {
    "promised": "told the person what is promised",
    "moved": "told the person that it will be later",
    "started": "told the person that it has begun",
    "completed": "told the person that it is done",
    "slipped": "told the person that it did not last and begins again",
}
Teller = Callable[[dict[str, Any], Names], str]
SENTENCES: dict[str, Teller] = {
    "promised": lambda d, n: f"promised an action by {_on(d['finish_on'])}, owned by {n.owner(d)}",
    "started": lambda d, _: f"started the action on {_on(d['started_on'])}",
    "dates_changed": _dates,
    "owner_changed": lambda d, n: f"gave the action to {n.owner(d)}",
    "kept_as_written": lambda _d, _: "looked at what was asked of the wording, and kept it",
    "cannot": lambda _d, _: "said that they cannot do it",
    "shown_done": lambda d, _: f"showed that it was done on {_on(d['done_on'])}",
    "sent_back": lambda d, _: f"sent it back, to be done by {_on(d['finish_on'])}",
    "completed": lambda d, _: f"completed the action, done on {_on(d['completed_on'])} with evidence",
    "slipped": lambda d, _: f"found that it did not last: it begins again, to be put right by {_on(d['finish_on'])}",
    "waits": lambda d, n: f"said that it waits for {n.step(d['waits_for'])}",
    "waits_no_more": lambda d, n: f"said that it no longer waits for {n.step(d['waits_for'])}",
    "may_go_on": lambda d, n: f"let this go on: {n.step(d['waits_for'])} is completed",
    "owner_asked": lambda d, n: f"sent {n.owner(d)} a link to answer through",
    "link_withdrawn": lambda d, n: f"withdrew the link of {n.owner(d)}",
    "check_recorded": _check,
    "aim_chosen": _aim("said"),
    "aim_changed": _aim("changed"),
    "person_told": lambda d, _: TOLD[d["of"]],
    "published": lambda _d, _: "published what changed",
    "publication_withdrawn": lambda _d, _: "took back what was published",
}


def of_events(events: Iterable[ActionEvent], seen: QuerySet[Action] | None = None) -> list[Entry]:
    """The sentences of some events in the order given, in the same few queries however many there are. `seen`: the actions
    whose steps may be told; of others it is only said that there is one."""
    rows = list(events)
    names = _names_for(rows, Action.objects.none() if seen is None else seen)
    return [_entry(event, names) for event in rows]


def _entry(event: ActionEvent, names: Names) -> Entry:
    words = names.reasons.get(event.data.get("reason_id"), "")
    if check := names.checks.get(event.data.get("check_id")):
        words = check.note
    return Entry(
        event.number, event.kind, event.at, _who(event, names), SENTENCES[event.kind](event.data, names), words
    )


def _who(event: ActionEvent, names: Names) -> str:
    if event.actor_kind == "staff":
        return names.person(int(event.actor_id))
    return names.outside.get(event.data["outside_id"], GONE) if event.data.get("outside_id") else "Heed"


def _names_for(events: list[ActionEvent], seen: QuerySet[Action]) -> Names:
    def ids(*keys: str) -> set[int]:
        return {event.data[key] for event in events for key in keys if event.data.get(key)}

    people = {int(event.actor_id) for event in events if event.actor_kind == "staff"} | ids("owner_id")
    outside, others = ids("outside_id", "outside_owner_id"), ids("waits_for")
    return Names(
        people=accounts.names(people),
        reasons=dict(ActionReason.objects.filter(pk__in=ids("reason_id")).values_list("pk", "text")),
        checks=Check.objects.in_bulk(ids("check_id")),
        outside=dict(OutsideOwner.objects.filter(pk__in=outside).values_list("pk", "name")) if outside else {},
        steps=dict(seen.filter(pk__in=others).values_list("pk", "step")) if others else {},
    )


def last_change(action: Action) -> tuple[str, str]:
    """Who last changed the action and what they did, for somebody whose page is out of date."""
    event = action.events.order_by("-number").first()
    if event is None:
        return "Somebody", "the action changed"
    last = of_events([event])[0]
    return last.who, f"{last.who} {last.what}"
