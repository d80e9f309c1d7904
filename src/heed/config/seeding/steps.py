"""What happens in a case, a step a function: the rows and events that its action would write."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from heed.cases.models import (
    Acknowledgement,
    ComplainedAbout,
    Contact,
    Evidence,
    Extension,
    Finding,
    Issue,
    Plan,
    Remedy,
    RiskRating,
)
from heed.cases.projections import remedy_fact
from heed.cases.rules import outcome
from heed.config.seeding.making import Making
from heed.config.seeding.words import data, topics
from heed.correspondence.models import Message
from heed.facts.models import RemedyFact

SERIOUSNESS = (("low", "medium", "high"), (55, 36, 9))
LIKELIHOOD = (("rare", "unlikely", "possible", "likely", "almost_certain"), (15, 30, 35, 15, 5))
FOUND = (("upheld", "partly_upheld", "not_upheld"), (36, 30, 34))


def register(m: Making) -> None:
    """It is confirmed where it belongs, and somebody looks after it."""
    m.later(m.chance.choice((0, 0, 1, 1, 2)))
    case, service = m.case, m.case.service or m.chance.choice(m.body.services)
    m.place_in(service)
    case.feedback.service = service
    case.handler_id = m.chance.choice(m.body.handlers)
    m.event(
        "registered", case.handler_id, type=case.kind, service_id=service.pk, handler_id=case.handler_id, reason_id=None
    )
    if m.chance.random() < 0.08:
        against = m.row(ComplainedAbout, name=f"The team leader of {m.words('{service}')}")
        m.event("complained_about_recorded", case.handler_id, complained_about_id=against)


def acknowledge(m: Making) -> None:
    """In time, mostly; and the offer to discuss it."""
    case, chance = m.case, m.chance
    late = chance.random() < 0.09
    m.later(chance.randrange(4, 9) if late else chance.choice((0, 0, 0, 1)))
    channel = chance.choice(("email", "email", "phone", "letter"))
    offered = chance.random() < 0.85
    result = chance.choice(("accepted", "accepted", "declined", "waiting")) if offered else ""
    row = m.row(
        Acknowledgement, stage=case.stage, at=m.now, channel=channel, discussion_offered=offered,
        discussion_result=result,
    )  # fmt: skip
    case.acknowledged_at = m.now
    m.whole.acknowledged_stages.add(case.stage)
    m.event("acknowledged", case.handler_id, clock={}, channel=channel, acknowledgement_id=row)
    if offered:
        m.event("discussion_offered", case.handler_id, result=result)


def rate(m: Making) -> None:
    case = m.case
    case.seriousness = m.chance.choices(*SERIOUSNESS)[0]
    case.likelihood = m.chance.choices(*LIKELIHOOD)[0]
    case.risk = m.body.matrix[case.seriousness][case.likelihood]
    m.later()
    row = m.row(
        RiskRating, seriousness=case.seriousness, likelihood=case.likelihood, risk=case.risk, at=m.now,
        by_id=case.handler_id,
    )  # fmt: skip
    m.event("risk_rated", case.handler_id, rating_id=row, risk=case.risk, again=False)


def split(m: Making) -> None:
    """What it is about, an issue for each thing."""
    others = [topic for topic in topics(m.body.organisation.sector, m.case.service.code) if topic != m.topic]
    more = m.chance.choices((0, 1, 2), (68, 26, 6))[0]
    m.later()
    for topic in [m.topic, *m.chance.sample(others, min(more, len(others)))]:
        number = len(m.issues) + 1
        pk = m.row(Issue, number=number, summary=topic.summary, subject=topic.subject, service_id=m.case.service_id)
        m.issues.append(SimpleNamespace(pk=pk, topic=topic))
        m.whole.issues.append((pk, topic.subject, topic.summary))
        m.event("issue_added", m.case.handler_id, issue_id=pk, subject=topic.subject)


def choose(m: Making, approach: str) -> None:
    m.later()
    m.case.approach = approach
    m.event("approach_chosen", m.case.handler_id, approach=approach, reason_id=None)


def plan(m: Making, days: tuple[int, int]) -> None:
    """What will be done, and, where the procedure lets it be agreed, by when: some working days from now."""
    case, chance = m.case, m.chance
    m.later(chance.choice((0, 1, 1, 2)))
    agreed = chance.choices(("agreed", "declined", "waiting"), (80, 10, 10))[0]
    every = chance.choice((None, None, 10, 10, 15))
    told = m.procedure.period_is_agreed and case.stage == 1
    until = m.calendar.add_working_days(m.now.date(), chance.randint(*days)) if told else None
    row = m.row(
        Plan, version=1, will_do=m.words(chance.choice(data()["will_do"])),
        how_updated=chance.choice(data()["how_updated"]), update_every_days=every, respond_by=until, agreed=agreed,
        agreed_on=m.now.date() if agreed == "agreed" else None, made_at=m.now, made_by_id=case.handler_id,
    )  # fmt: skip
    m.whole.planned = True
    _promise_update(m, every)
    m.event("plan_agreed", case.handler_id, plan_id=row, version=1, agreed=agreed)
    if until:
        how = "agreement" if agreed == "agreed" else "body"
        m.event("period_agreed", case.handler_id, clock={"until": until.isoformat(), "by": how}, until=until, by=how)


def _promise_update(m: Making, every: int | None) -> None:
    m.update_every = every
    m.case.next_update_on = m.calendar.add_working_days(m.now.date(), every) if every else None


def assign(m: Making) -> None:
    """Somebody from outside the service, who has not answered this before."""
    may = [who for who in m.body.investigators if m.case.service_id not in m.body.works_in[who] - m.drafters]
    fresh = [who for who in may if who not in m.drafters] or may or list(m.body.investigators)
    m.later(m.chance.choice((0, 1, 1, 2)))
    m.case.investigator_id = m.chance.choice(fresh)
    m.event(
        "investigation_started", m.case.handler_id, investigator_id=m.case.investigator_id, own_service=False,
        reason_id=None,
    )  # fmt: skip


def contact(m: Making, *, with_person: bool, days: int = 0) -> None:
    """A conversation with the person, which keeps the promise of an update, or with somebody who knows."""
    m.later(days)
    case, chance = m.case, m.chance
    by = case.investigator_id or case.handler_id
    summary = m.words(chance.choice(data()["contact_person" if with_person else "contact_others"]))
    whom = (case.complainant_name or "the person") if with_person else "the service"
    channel = chance.choice(("phone", "phone", "in_person", "email"))
    row = m.row(
        Contact, at=m.now, channel=channel, direction="out", with_whom=whom, with_person=with_person,
        is_update=with_person, summary=summary, by_id=by,
    )  # fmt: skip
    m.whole.contacts.append(summary)
    m.whole.spoken_with_person |= with_person
    m.event("contact_logged", by, contact_id=row, channel=channel, direction="out", is_update=with_person)
    if with_person and case.responded_at is None:
        _promise_update(m, m.update_every)


def evidence(m: Making, days: int = 0) -> None:
    m.later(days)
    kind = m.chance.choice(list(data()["evidence_titles"]))
    title = m.chance.choice(data()["evidence_titles"][kind])
    by = m.case.investigator_id or m.case.handler_id
    row = m.row(
        Evidence, kind=kind, title=title, what_it_shows=m.chance.choice(data()["evidence_shows"]),
        obtained_on=m.now.date(), by_id=by, at=m.now,
    )  # fmt: skip
    m.whole.evidence.append(title)
    m.event("evidence_added", by, evidence_id=row, evidence_kind=kind)


def message(m: Making, direction: str) -> None:
    """Words on their page, theirs or ours."""
    thread = m.case.feedback.thread_id
    if thread is None:
        return
    m.later()
    theirs = direction == "in"
    by = None if theirs else m.case.handler_id
    row = m.rows.add(
        Message, thread_id=thread, direction=direction, channel="portal", state="received" if theirs else "delivered",
        body=m.chance.choice(data()["replies" if theirs else "messages"]), written_at=m.now,
        by_kind="public" if theirs else "staff", by_id=str(m.case.feedback_id if theirs else by),
    )  # fmt: skip
    m.event("message_received" if theirs else "message_sent", by, message_id=row)


def extend(m: Making, days: int, *, agreed: bool) -> None:
    """A later date is told. Whether it counts is for the clock."""
    old = m.promised()
    if old is None:
        return
    until = m.calendar.add_working_days(old, days)
    reason = m.chance.choice(data()["more_time"])
    m.event(
        "extended", m.case.handler_id, until=until, agreed=agreed, reason_id=m.reason(reason),
        clock={"until": until.isoformat(), "agreed": agreed, "reason": "given", "good_reason": False},
    )  # fmt: skip
    counted = m.promised() == until
    m.row(
        Extension, stage=m.case.stage, old_until=old, until=until, reason=reason, agreed=agreed, good_reason=False,
        counted=counted, at=m.now,
    )  # fmt: skip
    m.whole.extensions_counted += counted


def pause(m: Making) -> None:
    """The clock stands for some days, while something is awaited that only the person has."""
    m.later(1)
    m.event("paused", m.case.handler_id, clock={}, reason_id=m.reason(m.chance.choice(data()["pauses"])))
    m.later(m.chance.randrange(1, 5))
    m.event("resumed", m.case.handler_id, clock={})


def find(m: Making) -> None:
    """A finding for each issue that has none."""
    by = m.case.investigator_id
    m.later(1)
    for issue in m.issues:
        if issue.pk in m.whole.found:
            continue
        found = m.chance.choices(*FOUND)[0]
        row = m.rows.add(
            Finding, issue_id=issue.pk, outcome=found, what_happened=issue.topic.happened,
            what_should_have=issue.topic.should, reasoning=m.chance.choice(data()["reasoning"][found]),
            effect_on_person=m.chance.choice(data()["effects"]), at=m.now, by_id=by,
        )  # fmt: skip
        m.whole.found[issue.pk] = found
        m.event("finding_recorded", by, issue_id=issue.pk, finding_id=row, outcome=found, again=False)


def put_right(m: Making, *, always: bool = False) -> None:
    """Remedies, where something was at fault, each with its day."""
    if not always and outcome(list(m.whole.found.values())) not in ("upheld", "partly_upheld"):
        return
    kinds = data()["remedies"]
    for kind in m.chance.sample(list(kinds), m.chance.choice((1, 1, 2))):
        due_on = m.now.date() + timedelta(days=m.chance.randrange(14, 50))
        pence = (
            m.chance.choice((5_000, 10_000, 15_000, 25_000)) if kind in ("reimbursement", "symbolic_payment") else None
        )
        issue = m.issues[0].pk if m.issues else None
        row: Any = SimpleNamespace(
            kind=kind, due_on=due_on, delivered_on=None, description=kinds[kind], amount_pence=pence, issue_id=issue,
            agreed_at=m.now, delivery_note="",
        )  # fmt: skip
        row.pk = m.rows.next_key(Remedy)
        m.remedies.append(row)
        m.event("remedy_agreed", m.case.handler_id, remedy_id=row.pk, remedy=kind, due_on=due_on)


def deliver(m: Making) -> None:
    """Remedies are delivered, most by their day; after the case is closed, too."""
    for remedy in sorted(m.remedies, key=lambda remedy: remedy.due_on):
        is_forgotten, is_late = m.chance.random() < 0.03, m.chance.random() < 0.15
        if remedy.delivered_on or (is_forgotten and not m.is_tidy):
            continue
        days = m.chance.randrange(1, 30) if is_late and not m.is_tidy else m.chance.randrange(-12, 1)
        ahead = m.calendar.working_days_between(m.now.date(), remedy.due_on + timedelta(days=days))
        m.later(max(0, ahead))
        remedy.delivered_on, remedy.delivery_note = m.now.date(), m.chance.choice(data()["delivered"])
        m.event("remedy_delivered", m.case.handler_id, remedy_id=remedy.pk, delivered_on=remedy.delivered_on)


def keep_remedies(m: Making) -> None:
    """The rows of the remedies, as they stand in the end, and their facts."""
    for remedy in m.remedies:
        pk = m.row(Remedy, id=remedy.pk, **{name: value for name, value in vars(remedy).items() if name != "pk"})
        remedy.case, remedy.case_id = m.case, m.case.pk
        m.rows.add(RemedyFact, remedy_id=str(pk), **remedy_fact(remedy))
