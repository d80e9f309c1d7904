"""Every kind of event of an analysis knows its sentence. Events hold codes and ids; the words come from rows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from heed.accounts import queries as accounts
from heed.cases.models import Case
from heed.learning import proportion
from heed.learning.models import Analysis, AnalysisEvent, AnalysisReason, Contribution
from heed.learning.sentences import GONE, Entry
from heed.organisations import code_lists


@dataclass
class Names:
    """The rows that sentences need, fetched at once. Whoever reads an analysis sees all its cases; one that was taken away is
    named by nothing."""

    people: dict[int, str] = field(default_factory=dict)
    cases: dict[int, str] = field(default_factory=dict)
    asked: dict[int, Contribution] = field(default_factory=dict)
    reasons: dict[int, str] = field(default_factory=dict)

    def person(self, person_id: Any) -> str:
        return self.people.get(person_id, GONE)

    def case(self, case_id: Any) -> str:
        return self.cases.get(case_id, "a case")

    def voice(self, contribution_id: Any) -> str:
        """Whom it was that was asked: their name where it stands, else what they are."""
        asked = self.asked.get(contribution_id)
        if asked is None:
            return "somebody"
        return asked.name or ("the person who complained" if asked.voice == "person" else "one of the staff")


def _factor(code: str) -> str:
    known = code_lists.load("factors")
    return known.label(code).lower() if code in known else code


CONTRIBUTED = {"yes": "it contributed", "no": "it did not contribute", "unknown": "not known whether it contributed"}
EXTENT = {"systemic": "part of how things are done", "one_off": "a one-off"}
Teller = Callable[[dict[str, Any], Names], str]
SENTENCES: dict[str, Teller] = {
    "begun": lambda _d, _n: "began the analysis",
    "case_added": lambda d, n: f"drew on {n.case(d['case_id'])}",
    "case_removed": lambda d, n: f"took {n.case(d['case_id'])} away again",
    "question_changed": lambda _d, _n: "said better what the analysis asks",
    "work_compared": lambda _d, _n: "compared the work as it should be done with the work as it is done",
    "factor_found": lambda d, _: f"looked at {_factor(d['factor'])}: {CONTRIBUTED[d['contributed']]}",
    "asked": lambda d, n: f"asked {n.voice(d['contribution_id'])} what made it likely",
    "contributed": lambda d, n: (
        f"wrote down what {n.voice(d['contribution_id'])} said" if d["way"] == "told" else "said what made it likely"
    ),
    "question_withdrawn": lambda d, n: f"no longer asks {n.voice(d['contribution_id'])}",
    "words_erased": lambda _d, _n: "erased somebody’s words, as they wished",
    "concluded": lambda d, _: f"concluded the analysis: {EXTENT[d['extent']]}",
    "reopened": lambda _d, _n: "took the analysis up again",
}


def of_events(events: Iterable[AnalysisEvent]) -> list[Entry]:
    """The sentences of some events in the order given, in the same few queries however many there are."""
    rows = list(events)
    names = _names_for(rows)
    return [_entry(event, names) for event in rows]


def _entry(event: AnalysisEvent, names: Names) -> Entry:
    who = names.person(int(event.actor_id)) if event.actor_kind == "staff" else _public(event, names)
    words = names.reasons.get(event.data.get("reason_id"), "")
    return Entry(event.number, event.kind, event.at, who, SENTENCES[event.kind](event.data, names), words)


def _public(event: AnalysisEvent, names: Names) -> str:
    voice = names.voice(event.data.get("contribution_id"))
    return voice[:1].upper() + voice[1:]


def _names_for(events: list[AnalysisEvent]) -> Names:
    def ids(key: str) -> set[int]:
        return {event.data[key] for event in events if event.data.get(key)}

    standing = set(events[0].analysis.drawn_on.values_list("case_id", flat=True)) if events else set()
    cases = Case.objects.filter(pk__in=ids("case_id") & standing).values_list("pk", "reference")
    return Names(
        people=accounts.names({int(event.actor_id) for event in events if event.actor_kind == "staff"}),
        cases=dict(cases),
        asked=Contribution.objects.in_bulk(ids("contribution_id")),
        reasons=dict(AnalysisReason.objects.filter(pk__in=ids("reason_id")).values_list("pk", "text")),
    )


def last_change(analysis: Analysis) -> tuple[str, str]:
    """Who last changed the analysis and what they did, for somebody whose page is out of date."""
    event = analysis.events.order_by("-number").first()
    if event is None:
        return "Somebody", "the analysis changed"
    last = of_events([event])[0]
    return last.who, f"{last.who} {last.what}"


def stands(analysis: Analysis) -> str:
    """Where it stands, in a word."""
    return proportion.STATES[analysis.state]
