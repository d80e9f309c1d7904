"""Pure decisions about actions: whether one is promised as it should be, and why a step may not be taken yet."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import date

from heed.learning import lifecycle

FURTHEST_YEARS = 10
FEWEST_WORDS = 3


@dataclass(frozen=True)
class Promised:
    """All that a promised action says (R153-R160). The order of the fields is that of the questions."""

    step: str
    owner_id: int
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


def why_not_complete(
    *, has_evidence: bool, planned: Mapping[str, date], checked: Collection[str], today: date
) -> Refusal | None:
    """An action is complete only with evidence, and with a check that it worked which is planned or was made (R158,
    R160). `planned` holds the days of the checks of completion and impact; `checked` the kinds of check made."""
    if not has_evidence:
        return "Show that it was done: write what anybody could go and see, or attach a file.", "evidence"
    still_open = any(on >= today for on in planned.values())
    if not still_open and not set(checked) & set(planned):
        latest = max(planned.values())
        return (
            f"The check that it worked was planned for {day(latest)}, which has passed, and no result is recorded. "
            "Record its result, or choose another day for it, then complete the action.",
            "evidence",
        )
    return None


def why_not_check(
    *, kind: str, state: str, done_on: date, worked: bool, again_on: date | None, promised_on: date, today: date
) -> Refusal | None:
    """Whether a check's result can be recorded. One that failed needs the day on which it is made again."""
    if kind not in lifecycle.CHECKS:
        return "Choose which of the four checks this is.", "kind"
    if lifecycle.CHECKS[kind].after_completion and state != "completed":
        return f"{lifecycle.CHECKS[kind].name} can be checked once the action is completed.", "kind"
    if done_on > today:
        return "The day of the check cannot be in the future.", "done_on"
    if done_on < promised_on:
        return "The check cannot have been made before the action was promised.", "done_on"
    if not worked and (again_on is None or again_on <= done_on):
        return "Say on what day you will look again. Until then, say in the note what you do about it.", "again_on"
    return None


def day(on: date) -> str:
    """5 May 2026."""
    return f"{on.day} {on:%B %Y}"
