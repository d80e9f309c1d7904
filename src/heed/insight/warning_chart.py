"""The series of a warning as a chart and a table."""

from heed.design.expected import Expected, Point
from heed.insight.queries.warnings import Line, course


def of(line: Line) -> Expected | None:
    """The periods around a warning beside what was expected; None where its series had no expectation before."""
    rows = course(line.alarm)
    if not rows:
        return None
    points = [Point(*row) for row in rows]
    every = "week" if line.alarm.every == "week" else "month"
    period = f"{points[0].label} to {points[-1].label[0].lower() + points[-1].label[1:]}"
    total = sum(point.count for point in points)
    return Expected(
        "course", line.sentence, f"Complaints and concerns by {every}, {line.name}. {period}. {total:,} in all.",
        "Complaints and concerns", points,
    )  # fmt: skip
