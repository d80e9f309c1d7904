"""Pure decisions about actions: whether one is promised as it should be, and why a step may not be taken yet."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Protocol

from heed.learning import lifecycle

FURTHEST_YEARS = 10
FEWEST_WORDS = 3


@dataclass(frozen=True)
class Promised:
    """All that a promised action says (R153-R160). The order of the fields is that of the questions."""

    step: str
    owner_id: int | None
    start_on: date
    finish_on: date
    standard_met: str
    involvement: str
    progress_check: str
    progress_check_on: date
    completion_check: str
    completion_check_on: date
    maintenance_check: str
    maintenance_check_on: date
    impact_check: str
    impact_check_on: date
    outside_name: str = ""
    outside_email: str = ""
    team: str = ""
    resources: str = ""
    embedded: str = ""


class Owned(Protocol):
    """Who owns an action: the key of an account, or else a name and a work address."""

    @property
    def owner_id(self) -> int | None: ...
    @property
    def outside_name(self) -> str: ...
    @property
    def outside_email(self) -> str: ...


@dataclass(frozen=True)
class Named:
    """An owner by themselves."""

    owner_id: int | None
    outside_name: str = ""
    outside_email: str = ""


OUTSIDE = ("outside_name", "outside_email")
DATE_FIELDS = ("start_on", "finish_on", *(f"{kind}_check_on" for kind in lifecycle.CHECKS))
TEXT_FIELDS = tuple(field.name for field in fields(Promised) if field.name not in (*DATE_FIELDS, "owner_id"))
MISSING = {
    "step": "Say exactly what will be done.",
    "standard_met": "Say which standard, policy or guidance it meets, or that there is none.",
    "involvement": "Say how the person is involved, or why they are not.",
    "progress_check": "Say how you will see that it is on its way.",
    "completion_check": "Say how you will check that it was done and that it worked.",
    "maintenance_check": "Say how you will check that it is still being done.",
    "impact_check": "Say how you will find out whether it changed things for people.",
}
Refusal = tuple[str, str]


def why_not_promise(promised: Promised, received_on: date, today: date) -> Refusal | None:
    """(a sentence, the field that it concerns) when an action cannot be promised like this."""
    for name, sentence in MISSING.items():
        if not getattr(promised, name).strip():
            return sentence, name
    if len(promised.step.split()) < FEWEST_WORDS:
        return "Say it so that anybody could see whether it was done: who does what, and where.", "step"
    if promised.start_on < received_on:
        return "An action that comes of this complaint cannot have started before the complaint came in.", "start_on"
    if promised.finish_on < today:
        return "The finish is a promise, so it cannot be in the past.", "finish_on"
    return why_not_dates({name: getattr(promised, name) for name in DATE_FIELDS}, today)


def why_not_owner(owner: Owned) -> Refusal | None:
    """One owner, and one who can be reached."""
    if owner.owner_id is not None:
        both = owner.outside_name.strip() or owner.outside_email.strip()
        return ("Choose a person from the list, or name somebody else, not both.", "outside_name") if both else None
    if not owner.outside_name.strip() and not owner.outside_email.strip():
        return "Choose who owns it, or name somebody who has no account.", "owner_id"
    if not owner.outside_name.strip():
        return "Enter the name of the person who owns it.", "outside_name"
    if not owner.outside_email.strip():
        return "Enter their own work email address: the link to answer through goes there.", "outside_email"
    return None


def why_not_dates(dates: Mapping[str, date], today: date) -> Refusal | None:
    """The same for its dates alone, by name of the field."""
    last = today.replace(year=today.year + FURTHEST_YEARS, day=min(today.day, 28))
    for name in DATE_FIELDS:
        if dates[name] > last:
            return f"Choose a day within {FURTHEST_YEARS} years.", name
    start, finish, completion = dates["start_on"], dates["finish_on"], dates["completion_check_on"]
    orders = [
        (finish >= start, "The finish cannot be before the start.", "finish_on"),
        (
            start <= dates["progress_check_on"] <= finish,
            "Look at progress between the start and the finish.",
            "progress_check_on",
        ),
        (
            completion >= finish,
            "Whether it worked can be checked on the day of the finish or later.",
            "completion_check_on",
        ),
        (
            dates["maintenance_check_on"] > completion,
            "Whether it lasts can be checked only after the check that it was done.",
            "maintenance_check_on",
        ),
        (
            dates["impact_check_on"] > finish,
            "What it changed can be measured only after the finish.",
            "impact_check_on",
        ),
    ]
    return next(((sentence, name) for right, sentence, name in orders if not right), None)


def why_not_move(event: str, state: str) -> str | None:
    """A sentence when an action in this state cannot make the move."""
    if lifecycle.may(event, state):
        return None
    return f"This action is “{lifecycle.STATES[state].lower()}” already."


def why_not_shown_done(*, has_evidence: bool) -> Refusal | None:
    """Nothing is done because somebody says so (R158)."""
    if has_evidence:
        return None
    return "Show that it was done: write what anybody could go and see, or attach a file.", "evidence"


def why_not_complete(*, planned: Mapping[str, date], checked: Collection[str], today: date) -> Refusal | None:
    """An action is complete only with a review, planned or made, of whether it lasts or what it changed (R158-R160).
    `planned` holds the days of those checks; `checked` the kinds of check made."""
    if any(on >= today for on in planned.values()) or set(checked) & set(planned):
        return None
    return (
        f"Whether it lasts and what it changed was to be looked at by {day(max(planned.values()))}, which has passed, and "
        "nothing is recorded. Choose another day for one of them first, under “Change the days”.",
        "worked",
    )


def why_not_check_completion(*, by: int | None, done_by: int | None, owner: int | None) -> Refusal | None:
    """Somebody else than who did it says that it was done."""
    if by is None or by in (done_by, owner):
        return "Somebody other than who did it has to check this. Ask a colleague to look.", "kind"
    return None


def why_not_check(
    *,
    kind: str,
    state: str,
    done_on: date,
    worked: bool,
    again_on: date | None,
    promised_on: date,
    shown_on: date | None,
    today: date,
) -> Refusal | None:
    """Whether a check's result can be recorded. One that failed needs the day on which it is made again."""
    if kind not in lifecycle.CHECKS:
        return "Choose which of the four checks this is.", "kind"
    check = lifecycle.CHECKS[kind]
    if state not in check.states:
        return f"{check.name} is not checked now. When it is: {lower(check.until)}.", "kind"
    if done_on > today:
        return "The day of the check cannot be in the future.", "done_on"
    if done_on < promised_on:
        return "The check cannot have been made before the action was promised.", "done_on"
    if kind == "completion" and shown_on and done_on < shown_on:
        return f"It was shown to be done on {day(shown_on)}. Look at it on that day or later.", "done_on"
    if not worked and again_on is None:
        return AGAIN[kind], "again_on"
    if again_on is not None and again_on <= max(done_on, today if kind in REDONE and not worked else done_on):
        return "Choose a day after today.", "again_on"
    return None


# After these, what failed is done again, and the day is a promise.
REDONE = ("completion", "maintenance")
LOOK_AGAIN = "Say on what day you will look again. Until then, say in the note what you do about it."
AGAIN = {
    "progress": LOOK_AGAIN,
    "completion": "Say by what day it will be done as promised.",
    "maintenance": "Say by what day it will be put right. The action begins again until then.",
    "impact": LOOK_AGAIN,
}


def replanned(dates: Mapping[str, date], finish_on: date, today: date) -> dict[str, date]:
    """The days of an action that is done again until `finish_on`: the checks after it keep their distance from the finish,
    and progress is looked at halfway. By name of the field; the start stays."""
    later = finish_on - dates["finish_on"]
    moved = {f"{kind}_check_on": dates[f"{kind}_check_on"] + later for kind in ("completion", "maintenance", "impact")}
    return {**moved, "progress_check_on": today + (finish_on - today) / 2, "finish_on": finish_on}


def suggested(start_on: date, finish_on: date) -> dict[str, date]:
    """Days for the four checks where nobody named any: halfway, two weeks, three months and six months after the finish."""
    return {
        "progress_check_on": start_on + (finish_on - start_on) / 2,
        "completion_check_on": finish_on + timedelta(days=14),
        "maintenance_check_on": finish_on + timedelta(days=90),
        "impact_check_on": finish_on + timedelta(days=180),
    }


def lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def day(on: date) -> str:
    """5 May 2026."""
    return f"{on.day} {on:%B %Y}"
