"""Which figures an action may aim at, why others may not be, and which say only how much was received."""

from dataclasses import replace

from heed.insight.measures import BY_KEY, MEASURES
from heed.insight.measures.declaration import Has, Is, Measure

SUPPORTED = ("count", "share", "rate", "mean", "median")
WITH_CASE = frozenset({"complaint", "concern"})  # feedback that opens a case
FELL_LATER = ("learned_from_fault",)  # what comes of a case is promised after it is closed


def why_not(measure: Measure) -> str:
    """Why a verdict about this measure cannot be had, "" where it can."""
    if measure.unfed:
        return measure.unfed
    if measure.shape not in SUPPORTED:
        return "Before and after can be compared for counts, shares, rates, averages and medians, not for percentiles."
    if measure.table == "action":
        return "It says whether actions were done, not what they changed."
    if measure.on == "closed_on" and measure.shape == "count" and not _finds(measure):
        return "It says how much was closed, which follows what was received and who was there to do it."
    if measure.key in FELL_LATER or any(isinstance(condition, Has) for condition in measure.among):
        return "The figure of a recent month can still rise, so the months after an action would always look low."
    return ""


def _finds(measure: Measure) -> bool:
    return any(isinstance(condition, Is) and condition.column == "outcome" for condition in measure.population)


def why_not_narrowed(measure: Measure, subject: str) -> str:
    """Why the measure cannot be taken of one theme alone."""
    if not subject or measure.table == "case":
        return ""
    if measure.table != "feedback":
        return "This figure does not know themes. Choose all themes, or another figure."
    if kinds_of(measure) and kinds_of(measure) <= WITH_CASE:
        return ""
    return (
        "Only complaints and concerns are given a theme by those who read them. Choose all themes, or another figure."
    )


def narrowed(measure: Measure, subject: str) -> Measure:
    """The measure as it is counted of one theme: by case, because feedback itself knows a theme only where people chose one."""
    return replace(measure, table="case") if subject and measure.table == "feedback" else measure


def is_received(measure: Measure) -> bool:
    """Whether it counts what was received: fewer of it is never a success by itself (R196)."""
    return measure.on == "received_on" and measure.shape in ("count", "rate")


def kinds_of(measure: Measure) -> frozenset[str]:
    """The kinds of feedback that it counts; empty where it counts every kind."""
    for condition in measure.population:
        if isinstance(condition, Is) and condition.column == "kind":
            return frozenset(str(value) for value in condition.values)
    return frozenset()


def offered() -> tuple[Measure, ...]:
    """All measures that an action may aim at, in the order of the figures' page."""
    return tuple(measure for measure in MEASURES if not why_not(measure))


def known(key: str) -> Measure | None:
    return BY_KEY.get(key)
