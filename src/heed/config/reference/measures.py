"""What is measured, how, and why."""

from heed.config.reference import page as make_page
from heed.config.reference import table
from heed.insight.measures import GROUPING, GROUPS, ROWS, Measure, Row

DIRECTIONS = {"none": "neither way", "higher": "higher", "lower": "lower"}


def page() -> str:
    parts: list[str] = []
    for key, name in GROUPS.items():
        parts.append(f"## {name}")
        parts += [row_text(row) for row in ROWS if row.group == key]
    return make_page(
        "Measures",
        "insight/measures/",
        "Every measure is one of six shapes (count, share, mean, median, percentile, rate) over rows of facts, which hold no "
        "personal data. There are no targets.",
        GROUPING,
        *parts,
    )


def row_text(row: Row) -> str:
    return f"### {row.name}\n\n{row.formula}\n\n" + "\n\n".join(measure_text(measure) for measure in row.measures)


def measure_text(measure: Measure) -> str:
    rows = [
        ("why", measure.why),
        ("shape", f"{measure.shape}, in {measure.unit}" if measure.shape != "count" else "count"),
        ("counted", measure.numerator),
        ("out of", measure.denominator),
        ("better", DIRECTIONS[measure.direction]),
        ("source", f"{measure.source} ({measure.status.value.lower()})"),
        ("reviewed on", f"{measure.reviewed_on.isoformat()}, version {measure.version}"),
        ("note", measure.note),
        ("not yet", measure.unfed),
    ]
    return f"**{measure.name}** (`{measure.key}`)\n\n" + table(["", ""], [row for row in rows if row[1]])
