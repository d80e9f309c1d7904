"""Charts as small SVGs of our own: a line by month and bars. Numbers in, drawing out; nothing is computed about them.

A drawing has no style attribute, so it stands under a strict content security policy, and it carries its colours as
attributes, so it also stands alone in a document. Two drawings are made of each chart, for a wide and a narrow page,
since one that shrinks makes its letters too small to read.
"""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil, floor, log10
from typing import Protocol

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from heed.design import limits as control
from heed.design import words
from heed.design.limits import Limits

INK, GRID, AXIS = "#1b2a33", "#cfd7d5", "#47565e"
BAND, LEFT_OUT = "#dde5e3", "Grey bands: months that are left out."
SMALLEST = 0.001  # a figure below this is drawn as nothing
LETTER = 7.4  # the width of a letter at 14 px, on the generous side


@dataclass(frozen=True)
class Month:
    """A month's figure. on: any day of it. value: None where there is none, which is drawn as a gap.

    of: how many things the figure rests on. part: the month is not over, so the figure is told in the table only.
    limits: what chance does about it, where that is known. left_out: why the month is left out of what is said, if it is.
    """

    on: datetime.date
    value: float | None
    of: int | None = None
    part: bool = False
    limits: Limits | None = None
    left_out: str = ""


@dataclass(frozen=True)
class Bar:
    """A bar's figure, with how many things it rests on. value: None where there is none, or it may not be shown."""

    label: str
    value: float | None
    of: int | None = None


@dataclass(frozen=True)
class Unit:
    """name: heads the axis and the table, such as "Complaints". write: a figure as the page shows it."""

    name: str
    write: Callable[[float], str]


def _plain(value: float) -> str:
    return f"{value:,.1f}".removesuffix(".0")


def counted(name: str) -> Unit:
    """Things counted: 1,204."""
    return Unit(name, _plain)


def percent(name: str) -> Unit:
    """Shares, given as 0 to 100: 45%."""
    return Unit(name, lambda value: f"{_plain(value)}%")


@dataclass(frozen=True)
class Chart:
    """finding: a sentence, the title. subtitle: what is measured, where, when, how many. key: unique on the page."""

    key: str
    finding: str
    subtitle: str
    unit: Unit
    months: Sequence[Month] = ()
    bars: Sequence[Bar] = ()

    @cached_property
    def drawings(self) -> list[tuple[str, SafeString]]:
        """(the class that shows it, SVG) for a wide and for a narrow page."""
        draw = _line if self.months else _bars
        return [("wide", draw(self, f"{self.key}-w", 760, 300)), ("narrow", draw(self, f"{self.key}-n", 360, 260))]

    @property
    def has_figures(self) -> bool:
        return any(m.value is not None for m in self.whole_months) or any(bar.value is not None for bar in self.bars)

    @property
    def whole_months(self) -> list[Month]:
        return [month for month in self.months if not month.part]

    @property
    def rests(self) -> bool:
        """Whether the table has a column for how many each figure rests on."""
        return any(month.of is not None for month in self.months) or any(bar.of is not None for bar in self.bars)

    @property
    def controlled(self) -> bool:
        """Whether limits of chance are drawn, or months are left out: the table has columns for both."""
        return any(month.limits or month.left_out for month in self.months)

    @property
    def explained(self) -> str:
        """What lines and shapes mean, in words."""
        said = control.explained([month.limits for month in self.months])
        return f"{said} {LEFT_OUT}".strip() if any(month.left_out for month in self.months) else said

    @property
    def rows(self) -> list[tuple[str, str, str, str, str]]:
        """The table: (month or label, figure, how many it rests on, limits of chance, what stands out), all as shown."""
        named = [
            (words.month(m.on) + (" so far" if m.part else ""), m.value, m.of, m.limits, m.left_out)
            for m in self.months
        ]
        named += [(bar.label, bar.value, bar.of, None, "") for bar in self.bars]
        return [
            (
                label, "None" if value is None else self.unit.write(value), "" if of is None else f"{of:,}",
                f"{self.unit.write(limits.lower)} to {self.unit.write(limits.upper)}" if limits else "",
                f"Left out: {left_out}" if left_out else limits.says if limits else "",
            )
            for label, value, of, limits, left_out in named
        ]  # fmt: skip

    @property
    def description(self) -> str:
        """What the drawing shows, in words, for those who do not see it."""
        named = [(words.month(m.on), m.value) for m in self.whole_months] or [(b.label, b.value) for b in self.bars]
        known = [(label, value) for label, value in named if value is not None]
        if not known:
            return f"{self.unit.name}: no figures."
        most, least = max(known, key=lambda pair: pair[1]), min(known, key=lambda pair: pair[1])
        gaps = len(named) - len(known)
        return (
            f"{self.unit.name} from {named[0][0]} to {named[-1][0]}. Highest: {self.unit.write(most[1])}, {most[0]}. "
            f"Lowest: {self.unit.write(least[1])}, {least[0]}. Last: {self.unit.write(known[-1][1])}, {known[-1][0]}."
            + (f" {words.count(gaps, 'gap')} without a figure." if gaps else "")
            + self._standing_out
        )

    @property
    def _standing_out(self) -> str:
        found = [m for m in self.whole_months if m.limits and m.limits.stands_out]
        if not any(month.limits for month in self.months):
            return ""
        if not found:
            return " No month stands out beyond chance."
        return f" {words.count(len(found), 'month')} beyond chance: {words.join([words.month(m.on) for m in found])}."


def monthly(
    key: str, *, finding: str, measure: str, place: str, months: Sequence[Month], unit: Unit, how_many: str
) -> Chart:
    """A line by month, oldest first. how_many: what it rests on, in words, such as "1,204 complaints"."""
    whole = [month for month in months if not month.part]
    period = f"{words.month(whole[0].on)} to {words.month(whole[-1].on)}" if whole else "no whole month yet"
    return Chart(key, finding, f"{measure}, {place}, {period}. {how_many}.", unit, months=tuple(months))


def compared(
    key: str, *, finding: str, measure: str, place: str, period: str, bars: Sequence[Bar], unit: Unit, how_many: str
) -> Chart:
    """Bars side by side, in the order given."""
    return Chart(key, finding, f"{measure}, {place}, {period}. {how_many}.", unit, bars=tuple(bars))


def ticks(most: float, wanted: int = 4, least: float = 0) -> list[float]:
    """Round steps from 0 to at least `most`: 1, 2 or 5 times a power of ten, and whole unless all is below one. They begin
    higher where nothing lies below `least`, and that is more than half of `most`."""
    if most < SMALLEST:
        return [0, 1]
    bottom = least if least > most / 2 else 0
    rough = max(most - bottom, most / 20) / wanted
    power = 10 ** floor(log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * (1 - 1e-9))
    if most >= 1:
        step = max(1, round(step))
    start = floor(bottom / step + 1e-9)
    return [round(step * number, 6) for number in range(start, ceil(most / step - 1e-9) + 1)]


def _line(chart: Chart, uid: str, width: int, height: int) -> SafeString:
    months = chart.whole_months
    values = [month.value for month in months]
    scale = _scale(months)
    left = 16 + LETTER * max(len(chart.unit.write(step)) for step in scale)
    right, top, bottom = 14, 30, 46
    step_x = (width - left - right) / max(1, len(months) - 1)

    def x(index: int) -> float:
        return left + step_x * index if len(months) > 1 else (left + width - right) / 2

    def y(value: float) -> float:
        return top + (scale[-1] - value) * (height - top - bottom) / (scale[-1] - scale[0])

    parts_of = [month.limits.part if month.limits else 0 for month in months]
    points = [None if value is None else (x(index), y(value)) for index, value in enumerate(values)]
    standing = [month.limits.stands_out if month.limits else "" for month in months]
    parts = [
        *_shades(months, x, step_x, (top, height - bottom)),
        grid([(y(step), chart.unit.write(step)) for step in scale], left, width - right),
        lettering(
            0, 14, chart.unit.name + (f" (the scale begins at {chart.unit.write(scale[0])})" if scale[0] else "")
        ),
        *_month_labels(months, x, width - left - right, height - bottom),
        *control.lines(
            [(x(index), month.limits) for index, month in enumerate(months)], y, step_x, (left, width - right)
        ),
        *_segments(points, parts_of),
        *[control.mark(*at, 4 if step_x > 14 else 2.5, out) for at, out in zip(points, standing, strict=True) if at],
    ]
    return framed(chart, uid, width, height, parts)


def _shades(
    months: Sequence[Month], x: Callable[[int], float], width: float, between: tuple[float, float]
) -> list[SafeString]:
    """Behind each month that is left out."""
    shape = '<rect class="heed-chart__usual" x="{}" y="{}" width="{}" height="{}" fill="{}"/>'
    size, top = (f"{width:.1f}", f"{between[1] - between[0]:.1f}"), f"{between[0]:.1f}"
    return [
        format_html(shape, f"{x(at) - width / 2:.1f}", top, *size, BAND) for at, m in enumerate(months) if m.left_out
    ]


def _scale(months: Sequence[Month]) -> list[float]:
    drawn = [month.value for month in months if month.value is not None]
    limits = [month.limits for month in months if month.limits]
    most = max([*drawn, *(one.upper for one in limits)], default=0)
    least = min([*drawn, *(one.lower for one in limits)], default=0) if limits else 0
    return ticks(most, least=least)


def _segments(points: Sequence[tuple[float, float] | None], parts: Sequence[int]) -> list[SafeString]:
    """The line, broken where a month has no figure, and where a new part begins."""
    runs: list[list[tuple[float, float]]] = [[]]
    for index, point in enumerate(points):
        if point is None or (index and parts[index] != parts[index - 1]):
            runs.append([])
        if point is not None:
            runs[-1].append(point)
    shape = '<polyline class="heed-chart__line" fill="none" stroke="{}" stroke-width="2.5" points="{}"/>'
    return [format_html(shape, INK, " ".join(f"{x:.1f},{y:.1f}" for x, y in run)) for run in runs if len(run) > 1]


def _month_labels(months: Sequence[Month], x: Callable[[int], float], room: float, y: float) -> list[SafeString]:
    """Names under as many months as there is room for, the year under the first and under each new one."""
    every = next((n for n in (1, 2, 3, 6, 12) if len(months) / n * 40 <= room), 24)
    labels, year = [], None
    for index in range(0, len(months), every):
        on = months[index].on
        labels.append(lettering(x(index), y + 20, f"{on:%b}", "middle"))
        if on.year != year:
            labels.append(lettering(x(index), y + 38, str(on.year), "middle"))
            year = on.year
    return labels


def _bars(chart: Chart, uid: str, width: int, _height: int) -> SafeString:
    narrow = width < 500
    row = 48 if narrow else 34
    top, height = 30, 30 + row * len(chart.bars) + 8
    left = 0 if narrow else min(width * 0.4, 12 + LETTER * max((len(bar.label) for bar in chart.bars), default=0))
    room = width - left - LETTER * 8
    most = max((bar.value for bar in chart.bars if bar.value is not None), default=0) or 1
    parts = [lettering(0, 14, chart.unit.name)]
    for index, bar in enumerate(chart.bars):
        y = top + row * index
        middle = y + 32 if narrow else y + 13
        parts.append(lettering(0, y + 14 if narrow else y + 18, _fitting(bar.label, width if narrow else left)))
        length = room * (bar.value or 0) / most
        if bar.value is not None:
            parts.append(_bar(left, middle - 9, max(length, 1)))
        parts.append(
            lettering(left + length + 8, middle + 5, "None" if bar.value is None else chart.unit.write(bar.value))
        )
    return framed(chart, uid, width, height, parts)


def _bar(x: float, y: float, length: float) -> SafeString:
    shape = '<rect class="heed-chart__bar" x="{}" y="{}" width="{}" height="18" fill="{}"/>'
    return format_html(shape, f"{x:.1f}", f"{y:.1f}", f"{length:.1f}", INK)


def _fitting(label: str, room: float) -> str:
    """The label, cut with an ellipsis where it would run into the bars; the table has it whole."""
    most = int((room - 12) / LETTER)
    return label if len(label) <= most + 1 else f"{label[: most - 1].rstrip()}…"


def grid(steps: Sequence[tuple[float, str]], left: float, right: float) -> SafeString:
    """Level lines, each at its height with what is written there; the first is the axis."""
    shape = (
        '<line class="{}" x1="{}" x2="{}" y1="{}" y2="{}" stroke="{}"/>'
        '<text x="{}" y="{}" text-anchor="end" font-size="14" fill="{}">{}</text>'
    )
    rows = []
    for index, (y, label) in enumerate(steps):
        kind, colour = ("heed-chart__grid", GRID) if index else ("heed-chart__axis", AXIS)
        at = (f"{left:.1f}", f"{right:.1f}", f"{y:.1f}", f"{y:.1f}")
        rows.append((kind, *at, colour, f"{left - 8:.1f}", f"{y + 5:.1f}", INK, label))
    return format_html_join("", shape, rows)


def lettering(x: float, y: float, text: str, anchor: str = "start") -> SafeString:
    """Words in the drawing."""
    shape = '<text x="{}" y="{}" text-anchor="{}" font-size="14" fill="{}">{}</text>'
    return format_html(shape, f"{x:.1f}", f"{y:.1f}", anchor, INK, text)


class Pictured(Protocol):
    """What has a title, and says in words what its drawing shows."""

    @property
    def finding(self) -> str: ...

    @property
    def description(self) -> str: ...


def framed(chart: Pictured, uid: str, width: int, height: int, parts: Sequence[SafeString]) -> SafeString:
    """The whole drawing, named and described."""
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="heed-chart__drawing" viewBox="0 0 {width} {height}" role="img" '
        'aria-labelledby="{uid}-title {uid}-desc"><title id="{uid}-title">{title}</title>'
        '<desc id="{uid}-desc">{desc}</desc>{parts}</svg>',
        width=width,
        height=height,
        uid=uid,
        title=chart.finding,
        desc=chart.description,
        parts=mark_safe("".join(parts)),  # noqa: S308 (each part was escaped when it was made)
    )
