"""How a case ends: the response, the close, and the ways back."""

from types import SimpleNamespace

from heed.cases.models import Contact, Response, ResponsePart
from heed.cases.parts import needed_parts
from heed.cases.rules import outcome
from heed.config.seeding.making import Making
from heed.config.seeding.words import data


def answer(m: Making, days: int = 0) -> None:
    """Draft, sign-off, signature and sending; the last so many working days from now."""
    case = m.case
    response = _draft(m, days)
    try:
        m.later()
        _move(m, response, "sign_off_requested", case.handler_id, state="sign_off", requested_at=m.now)
        m.later(m.chance.choice((0, 1)))
        _move(
            m, response, "response_signed", m.body.signer, state="signed", signed_by_id=m.body.signer, signed_at=m.now,
            signed_as=m.body.signed_as,
        )  # fmt: skip
        m.later()
        channel = m.chance.choice(("email", "email", "letter"))
        response.state, response.sent_at, response.sent_by_channel = "sent", m.now, channel
        case.responded_at, case.next_update_on = m.now, None
        case.disposal = case.disposal or ("findings" if m.whole.found else "early")
        case.outcome = _outcome(m)
        m.event("response_sent", case.handler_id, response_id=response.id, channel=channel, stage=case.stage)
    finally:
        _keep(m, response)


def _draft(m: Making, days: int) -> SimpleNamespace:
    by = m.case.investigator_id or m.case.handler_id
    m.later(max(0, days - 1))
    m.responses += 1
    m.drafters.add(by)
    response = SimpleNamespace(
        id=m.rows.next_key(Response), stage=m.case.stage, number=m.responses, version=2, state="draft",
        drafted_by_id=by,
    )  # fmt: skip
    m.event("response_drafted", by, response_id=response.id)
    return response


def _move(m: Making, response: SimpleNamespace, kind: str, by: int, **values: object) -> None:
    vars(response).update(values)
    m.event(kind, by, response_id=response.id)


def _outcome(m: Making) -> str:
    if m.case.disposal == "withdrawn":
        return "withdrawn"
    return outcome(list(m.whole.found.values())) or "settled"


def _keep(m: Making, response: SimpleNamespace) -> None:
    """The row of the response and its parts, however far it came."""
    m.row(Response, **vars(response))
    short = m.case.disposal or ("" if m.whole.found else "early")
    found = next(iter(m.whole.found.values()), "partly_upheld")
    fields = {
        "summary": m.topic.summary,
        "should": m.topic.should,
        "happened": m.topic.happened,
        "conclusion": data()["reasoning"][found][0],
    }
    for part in needed_parts(short):
        text = data()["parts"][part.code].format(**fields)
        m.rows.add(ResponsePart, response_id=response.id, part=part.code, text=text)


def close(m: Making) -> None:
    m.later(m.chance.choice((0, 1, 2)))
    m.case.closed_at = m.now
    m.event("closed", m.case.handler_id, outcome=m.case.outcome)


def settle_orally(m: Making) -> None:
    """Put right in conversation, the same day or the next working day: no written answer is owed."""
    m.later(m.chance.choice((0, 1)))
    case, by = m.case, m.chance.choice(m.body.handlers)
    summary = m.chance.choice(data()["settled"])
    row = m.row(
        Contact, at=m.now, channel=case.feedback.channel, direction="out", with_person=True,
        with_whom=case.complainant_name or "the person", summary=summary, by_id=by,
    )  # fmt: skip
    m.whole.contacts.append(summary)
    m.whole.spoken_with_person = True
    case.disposal, case.outcome, case.statutory, case.closed_at = "oral", "settled", False, m.now
    m.event("settled_orally", by, at=m.now, contact_id=row)


def withdraw(m: Making) -> None:
    m.later(m.chance.randrange(2, 12))
    m.case.disposal = "withdrawn"
    m.event("withdrawn", m.case.handler_id, reason_id=m.reason(m.chance.choice(data()["withdrew"])))


def reopen(m: Making) -> None:
    m.later(m.chance.randrange(5, 30))
    case = m.case
    case.disposal, case.outcome, case.closed_at, case.statutory = "", "", None, True
    m.event("reopened", case.handler_id, reason_id=m.reason(m.chance.choice(data()["reopened"])))


def escalate(m: Making) -> None:
    """The person asks for the next stage."""
    m.later(m.chance.randrange(2, 18))
    case = m.case
    case.stage, case.disposal, case.outcome, case.closed_at = 2, "", "", None
    case.investigator_id, case.approach = None, "closer"
    reason = m.reason(m.chance.choice(data()["escalated"]))
    m.event("escalated", case.handler_id, clock={}, reason_id=reason)
