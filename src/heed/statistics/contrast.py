"""What a verdict is held against: a series that nothing was done to, and a day on which nothing was done. R198."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from heed.statistics.arrays import Floats, floats
from heed.statistics.impact import ENOUGH_AFTER, ENOUGH_BEFORE, Verdict, did_it_work


@dataclass(frozen=True)
class Difference:
    """How one change compares with another, with its limits of 95%: a ratio of ratios, or a difference of differences."""

    middle: float
    low: float
    high: float


def ratio_of_ratios(moved: tuple[float, float, float], beside: tuple[float, float, float]) -> Difference | None:
    """(ratio, low, high) of what was acted on, over that of what was not. None where one of them has no finite ratio.

    The limits are recovered from those of both (MOVER, Zou and Donner 2008), as if they were independent: months that are
    good or bad for both make the true limits narrower, so this claims too little rather than too much."""
    if not all(0 < ratio < np.inf for ratio in (moved[0], beside[0])):
        return None
    with np.errstate(divide="ignore"):
        a, b = (np.log(np.array(three)) for three in (moved, beside))
    middle, low, high = _recovered(a, b)
    return Difference(float(np.exp(middle)), float(np.exp(low)), float(np.exp(high)))


def difference_of_differences(
    moved: tuple[float, float, float], beside: tuple[float, float, float]
) -> Difference | None:
    """The same of differences, such as days."""
    a, b = np.array(moved), np.array(beside)
    if not (np.isfinite(a).all() and np.isfinite(b).all()):
        return None
    middle, low, high = _recovered(a, b)
    return Difference(float(middle), float(low), float(high))


def _recovered(a: Floats, b: Floats) -> tuple[float, float, float]:
    """a less b, each (middle, low, high)."""
    middle = a[0] - b[0]
    low = middle - np.sqrt((a[0] - a[1]) ** 2 + (b[2] - b[0]) ** 2)
    high = middle + np.sqrt((a[2] - a[0]) ** 2 + (b[0] - b[1]) ** 2)
    return middle, low, high


def fake_change(known_before: Collection[int]) -> int | None:
    """The position at which to ask of the time before an action whether something changed although nothing was done: with
    as many points before it as a model needs, and the rest after. known_before: positions, oldest first. None where there
    are too few."""
    places = sorted(known_before)
    if len(places) < ENOUGH_BEFORE + ENOUGH_AFTER:
        return None
    return places[max(ENOUGH_BEFORE, len(places) // 2)]


def at_a_fake_date(
    y: ArrayLike, change: int, *, exposure: ArrayLike | None = None, leave_out: Collection[int] = ()
) -> tuple[int, Verdict] | None:
    """(position, verdict) of the same question asked of the time before the action alone, about a date at which nothing was
    done; None where that time is too short. Arguments as for `impact.did_it_work`."""
    counts = floats(y)[:change]
    places = [at for at in np.flatnonzero(~np.isnan(counts)).tolist() if at not in leave_out]
    fake = fake_change(places)
    if fake is None:
        return None
    size = None if exposure is None else floats(exposure)[:change]
    return fake, did_it_work(counts, fake, exposure=size, leave_out=[at for at in leave_out if at < change])
