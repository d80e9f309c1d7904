"""XmR charts with the NHS rules and icons ("Making data count"), for one series or many of the same dates at once.

Rules as NHSRplotthedots 0.2.2 computes them: limits from the mean moving range with one screening, four rules within
each re-based group, icons from the last point. R173, R182.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike, NDArray

from heed.statistics.arrays import (
    Flags,
    Floats,
    Integers,
    Unanswerable,
    check_mode,
    floats,
    nan_mean,
    same_length,
    screened_mean,
)

LIMIT = 2.66  # mean moving ranges, either side
SHORT = 13  # a group of fewer points has trial limits
RUN = 7
NAMES = np.array(
    [
        "Common Cause", "Above UCL", "Below LCL", "7 Point Trend (Increasing)", "7 Point Trend (Decreasing)",
        "2 in 3 Above CL", "2 in 3 Below CL", "7 Points Above CL", "7 Points Below CL",
    ]
)  # fmt: skip
COMMON, OUTSIDE, TREND, TWO_IN_THREE, SHIFT = 0, 1, 3, 5, 7  # the code of the upper one; the lower one follows
SIDES = np.array([0, 1, -1, 1, -1, 1, -1, 1, -1])
DIRECTIONS = {"increase": 1, "decrease": -1, "neutral": 0}
ICONS = {  # by side of the last point, then by direction of improvement
    0: dict.fromkeys((1, -1, 0), "common_cause"),
    1: {1: "improvement_high", -1: "concern_high", 0: "neutral_high"},
    -1: {1: "concern_low", -1: "improvement_low", 0: "neutral_low"},
}


@dataclass(frozen=True)
class XmR:
    """A chart. Arrays have the shape of the series given, (points,) or (series, points); `group` and `short` (points,).

    cause: codes, whose names are `NAMES`. direction: 1 where higher is better, -1 where lower is, 0 where neither."""

    y: Floats
    mean: Floats
    lower: Floats
    upper: Floats
    group: Integers
    short: Flags
    cause: NDArray[np.int8]
    direction: int

    @property
    def causes(self) -> NDArray[np.str_]:
        """Why each point stands out, in the words of the NHS."""
        return np.asarray(NAMES[self.cause])

    @property
    def point_types(self) -> NDArray[np.str_]:
        """What each point means, given which way is better."""
        side = SIDES[self.cause] * (self.direction or 1)
        up, down = ("improvement", "concern") if self.direction else ("neutral_high", "neutral_low")
        names = np.array(["common_cause", f"special_cause_{up}", f"special_cause_{down}"])
        return np.asarray(names[side])

    @property
    def varies(self) -> Flags:
        return np.asarray((self.upper > self.lower).any(axis=-1))

    def variation_icon(self) -> str | list[str]:
        """The icon of the last point; a list where there are several series. Raises Unanswerable without a point."""
        if not self.y.shape[-1]:
            raise Unanswerable("a chart without a point has no icon")
        last = SIDES[self.cause[..., -1]]
        if last.ndim:
            return [ICONS[int(side)][self.direction] for side in last]
        return ICONS[int(last)][self.direction]

    def assurance_icon(self, target: float | None) -> str | list[str | None] | None:
        """Whether the last group's limits say that the target will be met; None without target or direction."""
        lower, upper = self.lower[..., -1], self.upper[..., -1]
        if self.y.ndim > 1:
            return [
                _assurance(target, float(low), float(up), self.direction) for low, up in zip(lower, upper, strict=True)
            ]
        return _assurance(target, float(lower), float(upper), self.direction)


def _assurance(target: float | None, lower: float, upper: float, direction: int) -> str | None:
    if target is None or not direction:
        return None
    if lower <= target <= upper or np.isnan(lower):
        return "inconsistent"
    return "pass" if (target < lower) == (direction > 0) else "fail"


def groups(dates: Sequence[object], starts: Collection[object]) -> Integers:
    """The number of each point's group, (points,): a new group begins AT each date of `starts` that is a point's."""
    return np.cumsum([date in starts for date in dates], dtype=np.int64)


def chart(
    y: ArrayLike, *, group: Integers | None = None, improvement: str = "neutral", fix_after: int | None = None,
    screen: bool = True, mode: str = "default",
) -> XmR:  # fmt: skip
    """An XmR chart of y, (points,) or (series, points), oldest first, NaN where not known.

    group: of each point, (points,), never falling (see `groups`). improvement: increase, decrease or neutral.
    fix_after: limits from the first so many points of each group. screen: leave out moving ranges that are too large
    for chance, once; without it the limits are those of NHS England's spreadsheet. A constant series has limits at its
    mean and no special cause by limits; `mode="reference"` leaves them unknown, and reads a tie between two trends as
    falling, as the reference does. Raises Unanswerable."""
    values, reference = floats(y), check_mode(mode)
    if improvement not in DIRECTIONS:
        raise Unanswerable(f"improvement is one of {', '.join(DIRECTIONS)}, not {improvement!r}")
    number = np.zeros(values.shape[-1], dtype=np.int64) if group is None else np.asarray(group, dtype=np.int64)
    same_length(y=values, group=number)
    result = XmR(
        y=values, mean=np.empty_like(values), lower=np.empty_like(values), upper=np.empty_like(values), group=number,
        short=np.zeros(number.shape, dtype=bool), cause=np.zeros(values.shape, dtype=np.int8),
        direction=DIRECTIONS[improvement],
    )  # fmt: skip
    edges = [0, *(np.flatnonzero(np.diff(number)) + 1).tolist(), len(number)]
    for first, end in pairwise(edges):
        if first < end:
            _fill(result, slice(first, end), fix_after, screen, reference)
    return result


def _fill(result: XmR, part: slice, fix_after: int | None, screen: bool, reference: bool) -> None:
    """Compute one group of points."""
    y = result.y[..., part]
    base = y[..., :fix_after]
    mean = nan_mean(base)[..., None]
    half = LIMIT * screened_mean(np.abs(np.diff(base)), screen)[..., None]
    constant = np.isnan(half)
    if not reference and y.shape[-1] > 1:
        half = np.where(constant & ~np.isnan(mean), 0.0, half)
    result.mean[..., part] = mean
    result.lower[..., part] = mean - half
    result.upper[..., part] = mean + half
    result.short[part] = y.shape[-1] < SHORT
    limits = np.where(constant, np.nan, half)
    result.cause[..., part] = _causes(y, mean, limits, reference)


def _causes(y: Floats, mean: Floats, half: Floats, reference: bool) -> NDArray[np.int8]:
    """The first rule that applies to each point: outside, trend, two in three, shift."""
    above = y > mean
    side = np.sign(y - mean)
    outside = (y > mean + half) | (y < mean - half)
    near = ~outside & ((y > mean + half * 2 / 3) | (y < mean - half * 2 / 3))
    lower = (~above).astype(np.int8)
    cause = np.zeros(y.shape, dtype=np.int8)
    shift = _in_window(side, RUN)
    cause[shift] = SHIFT + lower[shift]
    pair = near & _two_in_three(near, side)
    cause[pair] = TWO_IN_THREE + lower[pair]
    in_trend, rising = _trend(y, reference)
    cause[in_trend] = TREND + (~rising[in_trend]).astype(np.int8)
    cause[outside] = OUTSIDE + lower[outside]
    return cause


def _in_window(side: Floats, length: int) -> Flags:
    """Whether a point is in a window of `length` successive points that are all on one side."""
    if side.shape[-1] < length:
        return np.zeros(side.shape, dtype=bool)
    whole = np.abs(sliding_window_view(side, length, axis=-1).sum(axis=-1)) == length
    return _spread(whole, length)


def _spread(whole: Flags, length: int) -> Flags:
    """From windows to the points that are in any of them."""
    padded = np.zeros((*whole.shape[:-1], whole.shape[-1] + 2 * (length - 1)), dtype=bool)
    padded[..., length - 1 : length - 1 + whole.shape[-1]] = whole
    return np.asarray(sliding_window_view(padded, length, axis=-1).any(axis=-1))


def _two_in_three(near: Flags, side: Floats) -> Flags:
    if side.shape[-1] < 3:
        return np.zeros(side.shape, dtype=bool)
    one_side = np.abs(sliding_window_view(side, 3, axis=-1).sum(axis=-1)) == 3
    two_near = sliding_window_view(near, 3, axis=-1).sum(axis=-1) >= 2
    return _spread(one_side & two_near, 3)


def _trend(y: Floats, reference: bool) -> tuple[Flags, Flags]:
    """(whether a point is in a trend, whether that rises). A point of two trends belongs to the later."""
    if y.shape[-1] < RUN:
        nothing = np.zeros(y.shape, dtype=bool)
        return nothing, nothing
    step = np.sign(np.diff(y))
    whole = np.abs(sliding_window_view(step, RUN - 1, axis=-1).sum(axis=-1)) == RUN - 1
    member = _spread(whole, RUN)
    ends = np.zeros((*y.shape[:-1], 1))
    out_of, into = np.concatenate([step, ends], axis=-1), np.concatenate([ends, step], axis=-1)
    next_too = np.concatenate([member[..., 1:], ends.astype(bool)], axis=-1)
    leaving = next_too if reference else next_too & (out_of != 0)
    return member, np.where(leaving, out_of, into) > 0
