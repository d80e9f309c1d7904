"""What a measure is, in words, for its page: made from its declaration."""

from heed.insight.measures import Measure
from heed.insight.measures.declaration import AtLeast, By, Condition, Direction, Has, Is, NotBy

DIRECTIONS: dict[Direction, str] = {
    "none": "None: more is neither better nor worse.",
    "higher": "Higher is better, read with the others. There is no target.",
    "lower": "Lower is better, read with the others. There is no target.",
}
SHAPES = {
    "count": "Count",
    "share": "Share",
    "mean": "Average",
    "median": "Median",
    "percentile": "Percentile",
    "rate": "Rate",
}


def definition(measure: Measure) -> list[tuple[str, str]]:
    """(term, text) pairs that define a measure."""
    pairs = [
        ("Why it matters", measure.why),
        ("Shape", SHAPES[measure.shape]),
        ("What is counted" if measure.shape in ("count", "share", "rate") else "What is measured", measure.numerator),
        ("Out of" if measure.shape == "share" else "Over", "" if measure.shape == "count" else measure.denominator),
        ("Month", f"By {in_words(measure.on)}." if measure.on else ""),
        ("Facts", facts_in_words(measure)),
        ("Direction", DIRECTIONS[measure.direction]),
        ("Note", measure.note),
        ("Not fed", measure.unfed),
        ("Source", f"{measure.source} ({measure.status})."),
        ("Reviewed", f"{measure.reviewed_on.day} {measure.reviewed_on:%B %Y}, version {measure.version}."),
        ("Key", measure.key),
    ]
    return [(term, text) for term, text in pairs if text]


def facts_in_words(measure: Measure) -> str:
    """The columns and conditions, for whoever wants to count it again."""
    if measure.unfed:
        return ""
    among = [*map(_condition, measure.among)] if measure.among else []
    text = f"{measure.table} facts"
    if measure.population:
        text += f" where {' and '.join(map(_condition, measure.population))}"
    if among:
        text += f"; counted where {' and '.join(among)}"
    if measure.shape == "rate":
        text += f"; for each 1,000 {measure.over} in activity facts of the same month"
    if measure.value:
        text += f"; the {SHAPES[measure.shape].lower()} of {measure.value}"
    return f"{text}."


def _condition(condition: Condition) -> str:
    match condition:
        case Is(column, values):
            return f"{column} is {' or '.join(str(value).lower() for value in values)}"
        case Has(column):
            return f"{column} is known"
        case By(column, limit):
            return f"{column} is not after {limit}"
        case NotBy(column, limit):
            return f"{column} is not known or after {limit}"
        case AtLeast(column, number):
            return f"{column} is at least {number}"


_DATES = {
    "received_on": "the day of receipt",
    "acknowledge_due_on": "the day by which it had to be acknowledged",
    "closed_on": "the day of closing",
    "first_closed_on": "the day of the first closing",
    "review_due_on": "the last day of the six months",
    "stage_1_responded_on": "the day of the first answer",
    "escalated_on": "the day of the request",
    "due_on": "the day first promised",
    "verify_due_on": "the day first planned for the check",
    "impact_due_on": "the day first planned for measuring",
    "sustain_due_on": "the day first planned for the audit",
}


def in_words(column: str) -> str:
    """A date column of the facts, in words."""
    return _DATES[column]
