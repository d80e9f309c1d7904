"""What a control chart adds to a line by month: the average, the limits, and marks that tell by shape what stands out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.html import format_html
from django.utils.safestring import SafeString

INK, QUIET, PAPER = "#1b2a33", "#47565e", "#ffffff"
# The colours of the NHS's charts, darkened to 3:1 on white; each has a shape of its own too.
COLOURS = {"better": "#1d70b8", "worse": "#c2570c", "other": "#6b4ba3"}
SHAPES = {"better": "a square", "worse": "a triangle", "other": "a diamond"}
KEY = {
    "better": "Blue square: more than chance, the better way.",
    "worse": "Orange triangle: more than chance, the worse way.",
    "other": "Purple diamond: more than chance; neither way is better.",
}


@dataclass(frozen=True)
class Limits:
    """What chance does about a month. part: limits of another part are drawn apart. stands_out: a key of `KEY`, "" where
    the month does not; says: that in words."""

    mean: float
    lower: float
    upper: float
    part: int = 0
    stands_out: str = ""
    says: str = ""


Placed = tuple[float, Limits]  # x and the limits there


def lines(
    placed: Sequence[tuple[float, Limits | None]], y: Callable[[float], float], step: float, within: tuple[float, float]
) -> list[SafeString]:
    """The average and both limits, each part apart, with a gap between two parts, not beyond `within`."""
    found = []
    for _, group in groupby(placed, key=lambda pair: pair[1].part if pair[1] else None):
        known = [(x, limits) for x, limits in group if limits]
        if not known:
            continue
        first, last = max(known[0][0] - step * 0.35, within[0]), min(known[-1][0] + step * 0.35, within[1])
        limits = known[-1][1]
        found.append(_level("heed-chart__mean", first, last, y(limits.mean), QUIET, "none"))
        for value in (limits.upper, limits.lower):
            found.append(_level("heed-chart__limit", first, last, y(value), QUIET, "6 4"))
    return found


def _level(kind: str, first: float, last: float, y: float, colour: str, dashes: str) -> SafeString:
    shape = '<line class="{}" x1="{}" x2="{}" y1="{}" y2="{}" stroke="{}" stroke-width="1.5" stroke-dasharray="{}"/>'
    return format_html(shape, kind, f"{first:.1f}", f"{last:.1f}", f"{y:.1f}", f"{y:.1f}", colour, dashes)


def mark(x: float, y: float, radius: float, stands_out: str) -> SafeString:
    """The mark of one month: an open circle, or a filled shape where it stands out."""
    if not stands_out:
        shape = '<circle class="heed-chart__mark" cx="{}" cy="{}" r="{}" fill="{}" stroke="{}" stroke-width="2.5"/>'
        return format_html(shape, f"{x:.1f}", f"{y:.1f}", radius, PAPER, INK)
    r = radius + 2.5
    corners = {
        "better": ((-r, -r), (r, -r), (r, r), (-r, r)),
        "worse": ((0, -r - 1), (r + 1, r), (-r - 1, r)),
        "other": ((0, -r - 2), (r + 2, 0), (0, r + 2), (-r - 2, 0)),
    }[stands_out]
    points = " ".join(f"{x + dx:.1f},{y + dy:.1f}" for dx, dy in corners)
    shape = '<polygon class="heed-chart__signal heed-chart__signal--{}" points="{}" fill="{}" stroke="{}" stroke-width="1"/>'
    return format_html(shape, stands_out, points, COLOURS[stands_out], INK)


def explained(months: Sequence[Limits | None]) -> str:
    """What the lines and the shapes mean, in words, for under the chart; "" where there are no limits."""
    known = [limits for limits in months if limits]
    if not known:
        return ""
    shapes = [KEY[kind] for kind in KEY if any(limits.stands_out == kind for limits in known)]
    between = "Grey line: the average. Dashed lines: the limits within which chance alone moves a month."
    return " ".join([between, *shapes])
