"""What we tell the person of their case, in words for them: where it stands, what has happened, what comes next.

The log's other sentences are for staff. Every kind of event stands here once: with its sentence for the person, or among
those that are not for them (a test holds the two lists to the log's)."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from heed.cases import lifecycle
from heed.cases.queries.public import ForPerson, Happened
from heed.design import words

Teller = Callable[[dict[str, Any], Any], str]


def _day(iso: str) -> str:
    return words.day(date.fromisoformat(iso[:10]))


def _plan(data: dict[str, Any], names: Any) -> str:  # noqa: ARG001 (tellers are called alike)
    again = " again" if data["version"] > 1 else ""
    if data["agreed"] == "agreed":
        return f"We agreed{again} with you what we will do."
    return f"We wrote down{again} what we will do."


BODIES = {
    "commissioner": "We wrote down that you would like the commissioner to look into it.",
    "provider": "We wrote down that you would like us to look into it.",
}
SENTENCES: dict[str, Teller] = {
    "received": lambda d, n: "You told us what happened.",
    "registered": lambda d, n: f"{n.person(d['handler_id'])} is looking after it for you.",
    "acknowledged": lambda d, n: "We told you that we have it.",
    "body_chosen": lambda d, n: BODIES.get(d["body"], "We wrote down that you do not mind who looks into it."),
    "discussion_offered": lambda d, n: {
        "accepted": "We offered to talk about how we will handle it, and you accepted.",
        "declined": "We offered to talk about how we will handle it, and you did not want to.",
    }.get(d["result"], "We offered to talk about how we will handle it."),
    "issue_added": lambda d, n: "We listed what you told us, so that each part gets its own answer.",
    "approach_chosen": lambda d, n: (
        "We decided to try to settle it quickly." if d["approach"] == "early" else "We decided to look into it closely."
    ),
    "plan_agreed": _plan,
    "period_agreed": lambda d, n: (
        f"{'We agreed with you' if d['by'] == 'agreement' else 'We set'} {_day(d['until'])} as the "
        "day by which you will have our answer."
    ),
    "extended": lambda d, n: f"We told you that we need until {_day(d['until'])}.",
    "extension_removed": lambda d, n: "We took back the later date.",
    "paused": lambda d, n: "We are waiting for something, so the days are not counted for now.",
    "resumed": lambda d, n: "We went on, and the days are counted again.",
    "received_corrected": lambda d, n: f"We put right the day on which it reached us: {_day(d['clock']['to'])}.",
    "investigation_started": lambda d, n: f"We asked {n.person(d['investigator_id'])} to find out what happened.",
    "contact_logged": lambda d, n: f"We were in touch with you ({n.channel(d['channel'])}).",
    "response_sent": lambda d, n: "We sent you our answer.",
    "remedy_changed": lambda d, n: "We changed what we had promised, to put it right.",
    "remedy_delivered": lambda d, n: "We did what we had promised, to put it right.",
    "closed": lambda d, n: "We closed it with our answer. What we promised you goes on.",
    "withdrawn": lambda d, n: "You told us that you do not want to go on with it.",
    "settled_orally": lambda d, n: "We settled it together when we talked.",
    "reopened": lambda d, n: "We took it up again.",
    "escalated": lambda d, n: "You asked for the next stage, where somebody else looks at it again.",
    "outcome_view_recorded": lambda d, n: "We wrote down what you think of our answer.",
    "update_sent": lambda d, n: "We wrote to tell you how it is going.",
}
# The person sees messages where they stand, findings and remedies in our answer, and no working notes at all.
NOT_TOLD = frozenset(
    {
        "handler_assigned", "complained_about_recorded", "issue_changed", "issue_removed", "risk_rated",
        "evidence_added", "finding_recorded", "remedy_agreed", "response_drafted", "sign_off_requested",
        "sign_off_returned", "response_signed", "message_received", "message_sent", "person_described",
        "letter_sent_again", "letter_made_good",
    }
)  # fmt: skip
WITH_WORDS = ("extended", "paused", "remedy_changed")  # whoever writes these reasons is told that the person reads them


@dataclass(frozen=True)
class Told:
    """One line of what has happened."""

    sentence: str
    at: datetime
    words: str = ""


def history(seen: ForPerson) -> list[Told]:
    """What has happened, newest first."""
    told = [entry for happened in reversed(seen.happened) for entry in [_told(happened, seen)] if entry]
    # Listing several issues one after the other is one thing that happened.
    return [entry for place, entry in enumerate(told) if place == 0 or entry.sentence != told[place - 1].sentence]


def _told(happened: Happened, seen: ForPerson) -> Told | None:
    if happened.kind not in SENTENCES or not _was_with_them(happened, seen):
        return None
    text = SENTENCES[happened.kind](happened.data, seen.names)
    if happened.kind == "extended" and not _counts(happened, seen):
        text = f"We asked for more time, until {_day(happened.data['until'])}. The day that we told you before stands."
    return Told(text, happened.at, _words(happened, seen))


def _words(happened: Happened, seen: ForPerson) -> str:
    """What stands under a sentence: the reason that was given to them, or the remedy that was delivered."""
    if happened.kind == "remedy_delivered":
        return next((remedy.description for remedy in seen.remedies if remedy.pk == happened.data["remedy_id"]), "")
    return happened.words if happened.kind in WITH_WORDS else ""


def _counts(happened: Happened, seen: ForPerson) -> bool:
    """Whether the clock let the later date stand."""
    until, due = date.fromisoformat(happened.data["until"]), seen.due
    return due is not None and any(found.until == until and found.counts for found in due.extensions)


def _was_with_them(happened: Happened, seen: ForPerson) -> bool:
    """A contact with somebody else, such as a witness, is a working note; so is a remedy before it was told with an answer."""
    if happened.kind == "remedy_changed":
        return any(answer.sent_at and answer.sent_at <= happened.at for answer in seen.answers)
    if happened.kind != "contact_logged":
        return True
    contact = seen.names.contacts.get(happened.data["contact_id"])
    return contact is not None and contact.with_person


def standing(seen: ForPerson, today: date) -> str:
    """Where it stands, in a sentence."""
    case = seen.case
    if case is None:
        return f"We have your {seen.feedback.kind}. Thank you."
    handler = case.handler.name if case.handler else ""
    by = f" Our answer is promised by {words.day(due)}." if (due := _answer_by(seen)) and due >= today else ""
    if case.disposal == "withdrawn" and not seen.answers:
        return "You told us that you do not want to go on with it. We will write to you about how it ends."
    if case.status == "received":
        return "We have it, and we are finding the right person to look after it."
    if case.status == "registered":
        return f"{handler or 'Somebody'} is looking after it.{by}"
    if case.status == "investigating":
        who = case.investigator.name if case.investigator else handler or "Somebody"
        return f"{'We are writing our answer.' if case.disposal else f'{who} is finding out what happened.'}{by}"
    if case.status in ("sign_off", "signed"):
        return f"Our answer is written, and is being checked before it comes to you.{by}"
    return _ending(seen)


def _ending(seen: ForPerson) -> str:
    case: Any = seen.case
    if case.disposal == "oral":
        return "We settled this together when we talked."
    if not seen.answers:
        return "This is closed."
    sent = words.day(case.responded_at)
    stage = " at stage 2, our last stage," if case.stage == 2 else ""
    return f"We sent you our answer{stage} on {sent}. You can read it below."


def _answer_by(seen: ForPerson) -> date | None:
    if seen.case is None or seen.due is None:
        return None
    return seen.due.due["respond_by" if seen.case.stage == 1 else "stage_2_respond_by"]


@dataclass(frozen=True)
class Promise:
    """What comes next. `on` None: the day is not known yet, and `how` says why. `late`: the day has passed."""

    what: str
    on: date | None
    how: list[str]
    late: bool = False

    @property
    def how_title(self) -> str:
        return "How we worked out this date" if self.on else "Why we do not know it yet"


def promises(seen: ForPerson, today: date) -> list[Promise]:
    """What happens next and by when, each with how its date was worked out, the soonest first."""
    case, due = seen.case, seen.due
    if case is None or due is None or case.status in lifecycle.ANSWERED:
        return []
    prefix = "" if case.stage == 1 else "stage_2_"
    wanted = []
    if not any(event.kind == "acknowledged" for event in _of_this_stage(seen)):
        wanted.append(
            (f"{prefix}acknowledge_by", "One of us will read it and get in touch, and offer to talk with you")
        )
    if case.disposal != "withdrawn":
        wanted.append((f"{prefix}respond_by", "You will have our answer"))
    elif due.due[f"{prefix}respond_by"]:
        wanted.append((f"{prefix}respond_by", "You will have a letter about how it ends"))
    found = [_promise(what, due.due[name], due.derivation_of[name], today) for name, what in wanted]
    if case.next_update_on:
        found.append(_promise("We will tell you how it is going", case.next_update_on, [], today))
    return sorted(found, key=lambda promise: (promise.on is None, promise.on or date.max))


def _promise(what: str, on: date | None, how: list[str], today: date) -> Promise:
    return Promise(what, on, how, late=on is not None and on < today)


def _of_this_stage(seen: ForPerson) -> list[Happened]:
    """The events since the stage began."""
    begun = max((place for place, event in enumerate(seen.happened) if event.kind == "escalated"), default=0)
    return seen.happened[begun:]


@dataclass(frozen=True)
class Righted:
    """What we do to put it right, and when: done, or promised by `due_on`."""

    words: str
    due_on: date
    delivered_on: date | None


def remedies(seen: ForPerson) -> list[Righted]:
    """What we do to put it right, with its amount of money where the words do not say it."""
    return [
        Righted(_with_amount(remedy.description, remedy.amount_pence), remedy.due_on, remedy.delivered_on)
        for remedy in seen.remedies
    ]


def _with_amount(description: str, pence: int | None) -> str:
    if not pence:
        return description
    amount = words.money(pence)
    is_said = re.search(rf"{re.escape(amount)}(?![.,]?[0-9])", description)
    return description if is_said else f"{description} ({amount})"


def may_ask_for_next_stage(case: Any, stages: int) -> bool:
    """Whether the person may ask for the next stage now: there is one, and the one before was answered."""
    return bool(case and case.stage < stages and case.status in lifecycle.ANSWERED and case.responded_at is not None)
