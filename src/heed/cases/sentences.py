"""Every kind of event knows its sentence. Events hold codes and ids; the sentence is composed from rows when shown, so
that erasing a person or their words leaves the log whole."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from heed.accounts import queries as accounts
from heed.cases import rules
from heed.cases.models import Case, CaseEvent, ComplainedAbout, Contact, Issue, Reason
from heed.organisations import code_lists
from heed.organisations.models import Service

GONE = "somebody whose name was erased"


@dataclass(frozen=True)
class Entry:
    """One line of the timeline. `who` and `what` make a sentence; `words` are those that go with it, if any.
    `changed`: a text before and after, where the event changed one."""

    number: int
    kind: str
    at: datetime
    recorded_at: datetime
    who: str
    what: str
    words: str = ""
    changed: tuple[str, str] | None = None

    @property
    def sentence(self) -> str:
        return f"{self.who} {self.what}."


@dataclass
class Names:
    """The rows that sentences need, fetched at once for a whole timeline."""

    people: dict[int, str] = field(default_factory=dict)
    reasons: dict[int, str] = field(default_factory=dict)
    issues: dict[int, Issue] = field(default_factory=dict)
    contacts: dict[int, Contact] = field(default_factory=dict)
    services: dict[int, str] = field(default_factory=dict)
    against: dict[int, str] = field(default_factory=dict)
    subject_list: str = ""

    def person(self, person_id: Any) -> str:
        return self.people.get(person_id, GONE)

    def issue(self, issue_id: Any) -> str:
        issue = self.issues.get(issue_id)
        return f"issue {issue.number}" if issue else "an issue"

    def label(self, code_list: str, code: str) -> str:
        try:
            return code_lists.load(code_list).label(code)
        except KeyError:
            return code.replace("_", " ")

    def channel(self, code: str) -> str:
        return self.label("channels", code).lower()


def day(iso: str) -> str:
    on = date.fromisoformat(iso[:10])
    return f"{on.day} {on:%B %Y}"


_BODIES = {
    "commissioner": "they would like the commissioner to look into it",
    "provider": "they would like us to look into it, not the commissioner",
}


def _moved(data: dict[str, Any]) -> str:
    """Whether the day moved too."""
    return (
        ""
        if data["was_due_on"] == data["due_on"]
        else f", and promised it by {day(data['due_on'])} instead of {day(data['was_due_on'])}"
    )


Teller = Callable[[dict[str, Any], Names], str]
# What follows "who": `d` is the event's data, `n` the names that it needs.
SENTENCES: dict[str, Teller] = {
    "received": lambda d, n: f"got in touch ({n.channel(d.get('channel', ''))}), and the clock started",
    "registered": lambda d, n: (
        f"registered this as a {d['type']} about {n.services.get(d['service_id'], 'a service')}, "
        f"and gave it to {n.person(d['handler_id'])}"
    ),
    "handler_assigned": lambda d, n: f"gave the case to {n.person(d['handler_id'])}",
    "person_described": lambda d, n: f"wrote down who the {d['part'].replace('_', ' ')} is",
    "body_chosen": lambda d, n: (
        f"recorded that {_BODIES.get(d['body'], 'they do not mind whether we or the commissioner look into it')}"
    ),
    "complained_about_recorded": lambda d, n: (
        f"recorded that {n.against.get(d['complained_about_id'], GONE)} is complained about"
    ),
    "acknowledged": lambda d, n: f"acknowledged it ({n.channel(d['channel'])})",
    "discussion_offered": lambda d, n: (
        "offered to discuss how it will be handled"
        + {"accepted": ", and they accepted", "declined": ", and they declined", "waiting": "; no answer yet"}.get(
            d["result"], ""
        )
    ),
    "issue_added": lambda d, n: (
        f"added {n.issue(d['issue_id'])}, about {n.label(n.subject_list, d['subject']).lower()}"
    ),
    "issue_changed": lambda d, n: f"reworded {n.issue(d['issue_id'])}",
    "issue_removed": lambda d, n: f"took {n.issue(d['issue_id'])} off the list",
    "risk_rated": lambda d, n: f"{'rated the risk again' if d['again'] else 'rated the risk'}: {d['risk']}",
    "approach_chosen": lambda d, n: f"chose {'early resolution' if d['approach'] == 'early' else 'a closer look'}",
    "plan_agreed": lambda d, n: (
        {
            "agreed": "agreed the plan with the person",
            "declined": "made the plan; the person did not want to discuss it",
        }.get(d["agreed"], "sent the plan to the person")
        + (f" (version {d['version']})" if d["version"] > 1 else "")
    ),
    "period_agreed": lambda d, n: (
        f"{'agreed' if d['by'] == 'agreement' else 'set'} {day(d['until'])} as the date of the response"
    ),
    "extended": lambda d, n: (
        f"told a later date, {day(d['until'])}" + ("" if d["agreed"] else ", which the person did not agree to")
    ),
    "extension_removed": lambda d, n: "took back the latest extension",
    "paused": lambda d, n: "stopped the clock",
    "resumed": lambda d, n: "started the clock again",
    "received_corrected": lambda d, n: f"corrected the date of receipt to {day(d['clock']['to'])}",
    "investigation_started": lambda d, n: (
        f"asked {n.person(d['investigator_id'])} to look into it"
        + (", who works in the service itself" if d["own_service"] else "")
    ),
    "contact_logged": lambda d, n: (
        f"noted {'an update given' if d['is_update'] else 'a contact'} ({n.channel(d['channel'])})"
        + (f" with {n.contacts[d['contact_id']].with_whom}" if d["contact_id"] in n.contacts else "")
    ),
    "evidence_added": lambda d, n: f"added evidence: {n.label('evidence', d['evidence_kind']).lower()}",
    "finding_recorded": lambda d, n: (
        f"{'changed the finding on' if d['again'] else 'decided'} {n.issue(d['issue_id'])}: "
        f"{d['outcome'].replace('_', ' ')}"
    ),
    "remedy_agreed": lambda d, n: (
        f"promised a remedy{' that the Ombudsman recommended' if d.get('recommended') else ''} by {day(d['due_on'])}: "
        f"{n.label('remedies', d['remedy']).lower()}"
    ),
    "remedy_changed": lambda d, n: f"changed a remedy{_moved(d)}",
    "remedy_delivered": lambda d, n: f"delivered a remedy on {day(d['delivered_on'])}",
    "response_drafted": lambda d, n: "started the response",
    "sign_off_requested": lambda d, n: "asked for the response to be signed",
    "sign_off_returned": lambda d, n: "took the response back for changes",
    "response_signed": lambda d, n: "signed the response",
    "response_sent": lambda d, n: f"sent the response ({n.channel(d['channel'])})",
    "closed": lambda d, n: "closed the case",
    "withdrawn": lambda d, n: "recorded that the person withdrew",
    "settled_orally": lambda d, n: "settled it in conversation, to the person's satisfaction",
    "reopened": lambda d, n: "took the case up again",
    "escalated": lambda d, n: "passed it to stage 2, as the person asked",
    "message_received": lambda d, n: "wrote to us",
    "message_sent": lambda d, n: "wrote to the person",
    "update_sent": lambda d, n: "sent the person an update",
    "outcome_view_recorded": lambda d, n: (
        "wrote down what the person says of the outcome: " + rules.SATISFIED.get(d["satisfied"], "").lower()
    ),
    "letter_sent_again": lambda d, n: "sent an email again that had not been delivered",
    "letter_made_good": lambda d, n: "dealt with an email that could not be delivered",
}
PUBLIC_KINDS = frozenset(SENTENCES) - {
    "risk_rated", "complained_about_recorded", "response_drafted", "sign_off_requested", "sign_off_returned",
    "handler_assigned", "issue_changed", "issue_removed", "contact_logged", "evidence_added", "received_corrected",
    "person_described", "letter_sent_again", "letter_made_good",
}  # fmt: skip
WORDS_FOR_STAFF_ONLY = frozenset({"outcome_view_recorded", "registered", "sign_off_returned", "issue_removed"})


def timeline(case: Case, events: Iterable[CaseEvent]) -> list[Entry]:
    """The sentences of some events of a case, in the order given. The same few queries however many there are."""
    rows = list(events)
    names = names_for(case, rows)
    return [entry(event, names, case) for event in rows]


def entry(event: CaseEvent, names: Names, case: Case) -> Entry:
    words = names.reasons.get(event.data.get("reason_id"), "")
    if event.kind == "contact_logged" and (contact := names.contacts.get(event.data["contact_id"])):
        words = contact.summary
    return Entry(
        number=event.number,
        kind=event.kind,
        at=event.at,
        recorded_at=event.recorded_at,
        who=_who(event, names, case),
        what=SENTENCES[event.kind](event.data, names),
        words=words,
        changed=_changed(event, names),
    )


def _changed(event: CaseEvent, names: Names) -> tuple[str, str] | None:
    """The text before and after; None when the event changed none, or when it was erased."""
    before, after = (names.reasons.get(event.data.get(key)) for key in ("before_id", "after_id"))
    return (before, after) if before is not None and after is not None else None


def _who(event: CaseEvent, names: Names, case: Case) -> str:
    if event.kind == "received" or event.actor_kind == "public":
        return case.complainant_name or "Somebody who gave no name"
    if event.actor_kind == "staff":
        return names.person(int(event.actor_id))
    return "Heed"


def names_for(case: Case, events: list[CaseEvent]) -> Names:
    """Fetch what the sentences of these events need."""

    def ids(key: str) -> set[int]:
        return {event.data[key] for event in events if event.data.get(key)}

    people = {int(event.actor_id) for event in events if event.actor_kind == "staff"}
    people |= ids("handler_id") | ids("investigator_id")
    against = ComplainedAbout.objects.filter(pk__in=ids("complained_about_id")).select_related("person")
    return Names(
        people=accounts.names(people),
        reasons=dict(
            Reason.objects.filter(pk__in=ids("reason_id") | ids("before_id") | ids("after_id")).values_list(
                "pk", "text"
            )
        ),
        issues=Issue.objects.in_bulk(ids("issue_id")),
        contacts=Contact.objects.in_bulk(ids("contact_id")),
        services=dict(Service.objects.filter(pk__in=ids("service_id")).values_list("pk", "name")),
        against={row.pk: row.person.name if row.person else row.name for row in against},
        subject_list=case.organisation.subject_list,
    )


def last_change(case: Case) -> tuple[str, str]:
    """Who last changed the case, and what they did, for somebody whose page is out of date."""
    event = CaseEvent.objects.filter(case=case).order_by("-number").first()
    if event is None:
        return "Somebody", "the case changed"
    last = timeline(case, [event])[0]
    return last.who, f"{last.who} {last.what}"
