"""A chart of counts beside what was expected of each: a line of counts over a band of what is usual, with the bound above
which one stands out. Numbers in, drawing out, as in `charts`."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.html import format_html
from django.utils.safestring import SafeString

from heed.design import words
from heed.design.charts import LETTER, framed, grid, lettering, ticks
from heed.design.limits import INK, QUIET, mark

BAND = "#dde5e3"
KEY = (
    "Grey band: what is usual, 8 times in 10. Grey line: what is expected. Dashed line: the bound of one period. "
    "Purple diamond: it stands out."
)


@dataclass(frozen=True)
class Point:
    """One period. label: as the table names it. low, high: what is usual. bound: what stands out is above it."""

    on: datetime.date
    label: str
    count: int
    expected: float
    low: int
    high: int
    bound: int
    stands_out: bool = False


@dataclass(frozen=True)
class Expected:
    """finding: a sentence, the title. subtitle: what is counted, where, when. key: unique on the page. noun: heads the
    axis and the table, such as "Complaints"."""

    key: str
    finding: str
    subtitle: str
    noun: str
    points: Sequence[Point]

    explained = KEY

    @cached_property
    def drawings(self) -> list[tuple[str, SafeString]]:
        """(the class that shows it, SVG) for a wide and for a narrow page."""
        half = self.points[-26:]
        return [
            ("wide", _draw(self, self.points, f"{self.key}-w", 760, 300)),
            ("narrow", _draw(self, half, f"{self.key}-n", 360, 260)),
        ]

    @property
    def description(self) -> str:
        """What the drawing shows, in words, for those who do not see it."""
        out = [point.label for point in self.points if point.stands_out]
        first, last = self.points[0], self.points[-1]
        said = f"Standing out: {words.join(out)}." if out else "Nothing stands out."
        return (
            f"{self.noun} from {first.label} to {last.label}. Last: {last.count}, expected {last.expected:.1f}. {said}"
        )


def _draw(chart: Expected, points: Sequence[Point], uid: str, width: int, height: int) -> SafeString:
    scale = ticks(max(max(point.count, point.bound, point.high) for point in points))
    left, right, top, bottom = 16 + LETTER * max(len(f"{step:g}") for step in scale), width - 14, 30, 46
    step = (right - left) / max(1, len(points) - 1)

    def x(place: int) -> float:
        return left + step * place

    def y(value: float) -> float:
        return top + (scale[-1] - value) * (height - top - bottom) / scale[-1]

    band = [(x(place), y(point.high)) for place, point in enumerate(points)]
    band += [(x(place), y(point.low)) for place, point in reversed(list(enumerate(points)))]
    shape = '<polygon class="heed-chart__usual" points="{}" fill="{}"/>'
    parts = [
        format_html(shape, _places(band), BAND),
        grid([(y(at), f"{at:g}") for at in scale], left, right),
        lettering(0, 14, chart.noun),
        *_labels(points, x, height - bottom),
        _path("heed-chart__mean", [(x(at), y(point.expected)) for at, point in enumerate(points)], QUIET, "none", 1.5),
        _path("heed-chart__limit", [(x(at), y(point.bound)) for at, point in enumerate(points)], QUIET, "6 4", 1.5),
        _path("heed-chart__line", [(x(at), y(point.count)) for at, point in enumerate(points)], INK, "none", 2.5),
        *[
            mark(x(at), y(point.count), 4 if point.stands_out else 2, "other" if point.stands_out else "")
            for at, point in enumerate(points)
        ],
    ]
    return framed(chart, uid, width, height, parts)


def _places(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def _path(kind: str, points: Sequence[tuple[float, float]], colour: str, dashes: str, width: float) -> SafeString:
    shape = '<polyline class="{}" fill="none" stroke="{}" stroke-width="{}" stroke-dasharray="{}" points="{}"/>'
    return format_html(shape, kind, colour, width, dashes, _places(points))


def _labels(points: Sequence[Point], x: Callable[[int], float], y: float) -> list[SafeString]:
    """The month under its first period, every second or third where there is little room, and the year under a new one."""
    firsts = [at for at, point in enumerate(points) if not at or point.on.month != points[at - 1].on.month]
    room = (x(len(points) - 1) - x(0)) / max(1, len(firsts))
    every = 1 if room > 40 else 2 if room > 20 else 3
    labels, year = [], None
    for at in firsts[1::every] if len(points) > len(firsts) else firsts[::every]:
        on = points[at].on
        labels.append(lettering(x(at), y + 20, f"{on:%b}", "middle"))
        if on.year != year:
            labels.append(lettering(x(at), y + 38, str(on.year), "middle"))
            year = on.year
    return labels
