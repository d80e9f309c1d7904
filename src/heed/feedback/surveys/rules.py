"""Pure: whom to ask now, about what, and by which way. A question that comes at the wrong moment hurts; one that never
comes costs little. So whatever is doubtful is left to a person, and whatever is owed comes first."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from heed.feedback.surveys.schema import DOES_NOT_APPLY, SCALE, Occasion, Questionnaire, Timing

Way = Literal["email", "post", "phone", "page", ""]
LONGEST = 5_000  # characters in their own words
BEFORE_THE_ANSWER = ("acknowledged", "middle")
HALF_YEARS = (4, 10)  # months in which those who handle complaints are asked


@dataclass(frozen=True)
class Standing:
    """What counts of one person and one case. Dates are null until the thing happened.

    `since`: nobody is asked about what happened before. `promised_on`: the day of the answer as it stands. `owed`:
    something promised is not done yet. `refused`: they do not want to be asked. `way`: how they can be reached, "" for not
    at all. `asked`: what this person was asked before about this case, an occasion each; `asked_on`: every day on which
    they were asked anything."""

    since: date | None = None
    acknowledged_on: date | None = None
    promised_on: date | None = None
    answered_on: date | None = None
    closed_on: date | None = None
    owed: bool = False
    refused: bool = False
    do_not: bool = False
    flags: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    way: Way = ""
    asked: frozenset[str] = frozenset()
    asked_on: tuple[date, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """`what`: "ask" now, "wait" for another day, let a "person" decide, or "never". `why`: a sentence for staff."""

    what: Literal["ask", "wait", "person", "never"]
    why: str = ""


ASK, TOO_EARLY = Verdict("ask"), Verdict("wait", "It is too early.")


@dataclass(frozen=True)
class Reach:
    """How somebody may be written to, as far as it is known of them."""

    preferred: str = ""
    email: str = ""
    post: bool = False
    post_is_safe: bool | None = None
    phone: bool = False
    no_calls: bool = False
    follows: bool = field(default=False)


def way_for(reach: Reach) -> Way:
    """The way that they chose, and where they chose none or it is not possible, the least intrusive one. Nobody is rung
    who did not choose the phone; a letter goes only where letters are safe, or were asked for."""
    by: dict[str, bool] = {
        "email": bool(reach.email),
        "post": reach.post and reach.post_is_safe is not False,
        "phone": reach.phone and not reach.no_calls,
        "portal": reach.follows,
    }
    if by.get(reach.preferred):
        return _WAYS[reach.preferred]
    if reach.preferred == "representative":
        return ""
    if by["email"]:
        return "email"
    if by["post"] and reach.post_is_safe:
        return "post"
    return "page" if reach.follows else ""


_WAYS: dict[str, Way] = {"email": "email", "post": "post", "phone": "phone", "portal": "page"}


def verdict(occasion: Occasion, standing: Standing, today: date, timing: Timing) -> Verdict:
    """Whether to ask somebody about their case on an occasion today."""
    refusal = _why_never(occasion, standing)
    if refusal:
        return Verdict("never", refusal)
    first = first_day(occasion, standing)
    if first is None or today < first:
        return TOO_EARLY
    if standing.since and first < standing.since:
        return Verdict("never", "It was before people were asked.")
    if today > first + timedelta(days=occasion.within_days):
        return Verdict("never", "The time for it has passed.")
    if standing.owed:
        return Verdict("wait", "Something that was promised to them is not done yet.")
    if _asked_lately(standing.asked_on, today, timing.gap_days.value):
        return Verdict("wait", f"They were asked something in the last {timing.gap_days.value} days.")
    doubt = why_careful(standing, timing)
    return Verdict("person", doubt) if doubt else ASK


def _why_never(occasion: Occasion, standing: Standing) -> str:
    if standing.refused:
        return "They do not want to be asked."
    if occasion.key in standing.asked:
        return "They were asked this already."
    return "" if standing.way else "There is no way to ask them."


def first_day(occasion: Occasion, standing: Standing) -> date | None:
    """The first day of an occasion; None while what it follows has not happened, or will not happen any more. With the
    answer, the time of what comes before it is over: what is asked next is about the answer, and not with it."""
    if occasion.after in BEFORE_THE_ANSWER and standing.answered_on is not None:
        return None
    if occasion.after == "middle":
        if standing.acknowledged_on is None or standing.promised_on is None:
            return None
        return standing.acknowledged_on + (standing.promised_on - standing.acknowledged_on) / 2
    after = {
        "acknowledged": standing.acknowledged_on,
        "answered": standing.answered_on,
        "closed": standing.closed_on,
    }.get(occasion.after)
    return after + timedelta(days=occasion.days) if after else None


def _asked_lately(asked_on: Iterable[date], today: date, gap: int) -> bool:
    return any(abs((today - on).days) < gap for on in asked_on)


def why_careful(standing: Standing, timing: Timing) -> str:
    """Why a person should decide whether to ask; "" where the calendar may."""
    if standing.do_not:
        return "There is a note of what we must not do. Read it before you ask."
    if standing.flags & set(timing.cautious_flags.value):
        return "The case is marked as one to be careful with."
    if standing.needs & set(timing.cautious_needs.value):
        return "What they need calls for another way of asking, or for another time."
    return ""


def chosen(occasions: Iterable[Occasion], standing: Standing, today: date, timing: Timing) -> Occasion | None:
    """The one occasion to ask about today, if any: the latest that it is time for."""
    due = [one for one in occasions if verdict(one, standing, today, timing).what == "ask"]
    return due[-1] if due else None


def to_decide(occasions: Iterable[Occasion], standing: Standing, today: date, timing: Timing) -> Occasion | None:
    """The latest occasion about which a person has to decide today, if any."""
    waiting = [one for one in occasions if verdict(one, standing, today, timing).what == "person"]
    return waiting[-1] if waiting else None


def half_year(on: date) -> date | None:
    """The first day of the half year in whose first weeks those who handle complaints are asked; None between them."""
    return on.replace(day=1) if on.month in HALF_YEARS else None


def may_remind(asked_on: date, reminded: bool, today: date, timing: Timing) -> bool:
    """Whether it is time for the one reminder."""
    return not reminded and asked_on + timedelta(days=timing.remind_days.value) <= today


def closes_on(asked_on: date, timing: Timing) -> date:
    """The last day on which the question can be answered."""
    return asked_on + timedelta(days=timing.open_days.value)


def why_not_answer(asked: Questionnaire, answers: dict[str, str], text: str) -> str | None:
    """A sentence when the answers cannot be kept, else None."""
    known: Collection[str] = {question.key for question in asked.questions()}
    if any(key not in known or answer not in (*SCALE, DOES_NOT_APPLY) for key, answer in answers.items()):
        return "This is not asked any more. Open the page again."
    if len(text) > LONGEST:
        return f"Use at most {LONGEST:,} characters."
    if not answers and not text.strip():
        return "Nothing is answered yet. Answer at least one question, or leave the page."
    return None
