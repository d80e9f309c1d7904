"""A funnel plot as a small SVG of our own: places as marks, and around what is expected the limits of what chance does,
wide for small places and narrow for large ones. Numbers in, drawing out. See `charts` for why there are two sizes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from heed.design import words
from heed.design.charts import AXIS, INK, LETTER, Unit, framed, grid, lettering, ticks
from heed.design.limits import QUIET, mark

SIZES = {"wide": (520, 380), "narrow": (360, 330)}
RADIUS = 4.5
KEY = (
    "Line: where most are. Dashed lines: 99.8% of what chance does lies between them; dotted: 95%. Circle: within chance. "
    "Filled circle: between the dotted and the dashed line, as 1 in 20 are by chance. Purple diamond, with its name: more "
    "than chance; neither way is better."
)
Step = tuple[float, float, float, float, float]  # size, and there the low and high limits: 99.8%, 95%, 95%, 99.8%


@dataclass(frozen=True)
class Dot:
    """A place. across: its size; up: its figure. stands_out: "" within chance, "edge" between the limits, "other" beyond."""

    label: str
    across: float
    up: float
    stands_out: str = ""


@dataclass(frozen=True)
class Plot:
    """finding: a sentence, the title. subtitle: what is measured, where, when. across: heads the axis of sizes. key: unique
    on the page. middle: the figure around which most are. most: the highest figure that there can be, None where there is no
    such."""

    key: str
    finding: str
    subtitle: str
    unit: Unit
    across: str
    dots: Sequence[Dot]
    steps: Sequence[Step]
    middle: float
    most: float | None = None

    @cached_property
    def drawings(self) -> list[tuple[str, SafeString]]:
        """(the class that shows it, SVG) for a wide and for a narrow page."""
        return [(name, _drawn(self, f"{self.key}-{name[0]}", *size)) for name, size in SIZES.items()]

    @property
    def description(self) -> str:
        """What the drawing shows, in words, for those who do not see it."""
        beyond = [dot.label for dot in self.dots if dot.stands_out == "other"]
        said = f"Beyond the limits: {words.join(beyond)}." if beyond else "None lies beyond the limits."
        return (
            f"{words.count(len(self.dots), 'place')} by size and {self.unit.name.lower()}. Most are "
            f"around {self.unit.write(self.middle)}. {said} The table has every figure."
        )

    @property
    def explained(self) -> str:
        return KEY


def _drawn(plot: Plot, uid: str, width: int, height: int) -> SafeString:
    top_value = _top(plot)
    up, across = ticks(top_value), ticks(plot.steps[-1][0])
    left = 16 + LETTER * max(len(plot.unit.write(step)) for step in up)
    right, top, bottom = width - 14, 30, height - 46
    reach = max(across[-1], plot.steps[-1][0])

    def x(size: float) -> float:
        return left + size * (right - left) / reach

    def y(value: float) -> float:
        return top + (up[-1] - min(max(value, 0), up[-1])) * (bottom - top) / up[-1]

    parts = [
        lettering(0, 14, plot.unit.name),
        grid([(y(step), plot.unit.write(step)) for step in up], left, right),
        _sizes(across, x, bottom),
        lettering(right, height - 6, plot.across, "end"),
        _level(plot.middle, y, left, right),
        *_limits(plot.steps, x, y, up[-1]),
        *(_dot(dot, x, y) for dot in plot.dots),
        *_names(plot, x, y, right),
    ]
    return framed(plot, uid, width, height, parts)


def _top(plot: Plot) -> float:
    """The highest figure drawn: every mark is whole within, and the limits of the smallest places may be cut off."""
    dots, middle = [dot.up for dot in plot.dots], plot.middle
    smallest = min((dot.across for dot in plot.dots), default=plot.steps[0][0])
    beside = [high for size, _, _, _, high in plot.steps if size >= smallest]
    highest = max([*dots, middle, min(max(beside, default=middle), 3 * max([*dots, middle]))]) * 1.05
    return highest if plot.most is None else min(highest, plot.most)


def _sizes(across: Sequence[float], x: Callable[[float], float], bottom: float) -> SafeString:
    return format_html_join(
        "",
        "{}",
        ((lettering(x(step), bottom + 20, f"{step:,.0f}", "middle"),) for step in across if step == round(step)),
    )


def _level(value: float, y: Callable[[float], float], left: float, right: float) -> SafeString:
    shape = '<line class="heed-chart__mean" x1="{}" x2="{}" y1="{}" y2="{}" stroke="{}" stroke-width="1.5"/>'
    return format_html(shape, f"{left:.1f}", f"{right:.1f}", f"{y(value):.1f}", f"{y(value):.1f}", QUIET)


def _limits(
    steps: Sequence[Step], x: Callable[[float], float], y: Callable[[float], float], most: float
) -> list[SafeString]:
    """Four lines, each only where it lies within the drawing."""
    shape = '<polyline class="heed-chart__limit{}" fill="none" stroke="{}" stroke-width="1.5" stroke-dasharray="{}" points="{}"/>'
    found = []
    for place in (1, 2, 3, 4):
        kind, dashes = (" heed-chart__limit--near", "1 4") if place in (2, 3) else ("", "6 4")
        points = " ".join(f"{x(step[0]):.1f},{y(step[place]):.1f}" for step in steps if step[place] <= most)
        if points.count(",") > 1:
            found.append(format_html(shape, kind, AXIS, dashes, points))
    return found


def _dot(dot: Dot, x: Callable[[float], float], y: Callable[[float], float]) -> SafeString:
    if dot.stands_out != "edge":
        return mark(x(dot.across), y(dot.up), RADIUS, dot.stands_out)
    shape = '<circle class="heed-chart__edge" cx="{}" cy="{}" r="{}" fill="{}"/>'
    return format_html(shape, f"{x(dot.across):.1f}", f"{y(dot.up):.1f}", RADIUS + 1, INK)


def _names(plot: Plot, x: Callable[[float], float], y: Callable[[float], float], right: float) -> list[SafeString]:
    """The names of those beyond the limits, on the side where there is room; one that would cover another is left to the
    table."""
    found, taken = [], list[tuple[float, float, float]]()
    for dot in sorted(plot.dots, key=lambda dot: -dot.up):
        if dot.stands_out != "other":
            continue
        room = LETTER * len(dot.label)
        before = x(dot.across) + room + 12 > right
        start = x(dot.across) - room - 12 if before else x(dot.across) + 12
        height = y(dot.up) + 5
        if start < 0 or any(
            abs(height - other) < 16 and start < end and begin < start + room for begin, end, other in taken
        ):
            continue
        taken.append((start, start + room, height))
        found.append(
            lettering(x(dot.across) + (-12 if before else 12), height, dot.label, "end" if before else "start")
        )
    return found
