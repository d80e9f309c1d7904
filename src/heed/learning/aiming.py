"""Pure decisions about the aim of an action: whether it says all that a verdict will need."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

DIRECTIONS = {"fall": "Fall", "rise": "Rise"}
CONTROLS = {
    "others": "All other services together",
    "service": "Another service",
    "themes": "Other themes of the same service",
    "none": "Nothing",
}
MOST_PHASE_IN = 12
MOST_PEAK = 12  # months
FEWEST_WORDS = 3
Refusal = tuple[str, str]


@dataclass(frozen=True)
class Aimed:
    """What an action should change. measure: a key. service, subject, control_service: codes, "" for all or none.
    peak_first, peak_last: first days of months, both or neither. phase_in: months after completion."""

    measure: str
    service: str
    subject: str
    direction: str
    control: str
    control_service: str = ""
    no_control_reason: str = ""
    phase_in: int = 0
    peak_first: date | None = None
    peak_last: date | None = None


def why_not_aim(aimed: Aimed, services: Collection[str], subjects: Collection[str], today: date) -> Refusal | None:
    """(a sentence, the field that it concerns) when the aim cannot stand like this. services, subjects: codes of the
    organisation."""
    return (
        _why_not_outcome(aimed, services, subjects)
        or _why_not_control(aimed, services)
        or _why_not_months(aimed, today)
    )


def _why_not_outcome(aimed: Aimed, services: Collection[str], subjects: Collection[str]) -> Refusal | None:
    checks = (
        (bool(aimed.measure), "Choose the figure that should move.", "measure"),
        (aimed.direction in DIRECTIONS, "Say which way it should move.", "direction"),
        (not aimed.service or aimed.service in services, "Choose one of the organisation’s services.", "service"),
        (not aimed.subject or aimed.subject in subjects, "Choose one of the organisation’s themes.", "subject"),
    )
    return next(((sentence, field) for right, sentence, field in checks if not right), None)


def _why_not_control(aimed: Aimed, services: Collection[str]) -> Refusal | None:
    checks = (
        (aimed.control in CONTROLS, "Say what it is held beside, or that there is nothing.", "control"),
        (
            aimed.control != "none" or len(aimed.no_control_reason.split()) >= FEWEST_WORDS,
            "Say why there is nothing to hold it beside. Without it, nobody can tell whether it would have moved anyway.",
            "no_control_reason",
        ),
        (
            aimed.control not in ("others", "service") or bool(aimed.service),
            "The outcome is of all services, so no other service is left. Choose a service for it, or another control.",
            "control",
        ),
        (
            aimed.control != "service"
            or (aimed.control_service in services and aimed.control_service != aimed.service),
            "Choose another service of the organisation, one that the action does not reach.",
            "control",
        ),
        (
            aimed.control != "themes" or bool(aimed.subject),
            "The outcome is of all themes, so no other theme is left. Choose a theme for it, or another control.",
            "control",
        ),
    )
    return next(((sentence, field) for right, sentence, field in checks if not right), None)


def _why_not_months(aimed: Aimed, today: date) -> Refusal | None:
    if not 0 <= aimed.phase_in <= MOST_PHASE_IN:
        return f"Leave out {MOST_PHASE_IN} months at most.", "phase_in"
    first, last = aimed.peak_first, aimed.peak_last
    if first is None and last is None:
        return None
    if first is None or last is None:
        return (
            "Choose both the first and the last month of the peak, or neither.",
            "peak_last" if first else "peak_first",
        )
    if first.day != 1 or last.day != 1 or last > today:
        return "Choose months that have begun.", "peak_last"
    if last < first:
        return "The last month of the peak cannot come before its first.", "peak_last"
    if (last.year - first.year) * 12 + last.month - first.month >= MOST_PEAK:
        return f"A peak of more than {MOST_PEAK} months is no peak but a level.", "peak_last"
    return None


def why_not_now(*, is_started: bool, reason: str) -> Refusal | None:
    """After the start, an aim is chosen or changed only with a reason that others can follow: who has seen the figures
    already may choose what looks best."""
    if is_started and len(reason.split()) < FEWEST_WORDS:
        return "The action has started, so say why it is chosen now. Whoever reads the verdict reads this.", "reason"
    return None
