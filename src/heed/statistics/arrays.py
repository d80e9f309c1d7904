"""The arrays that the methods take and give, and how figures from outside become one."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]
MODES = ("default", "reference")


class Unanswerable(ValueError):
    """Why a method cannot answer for these figures: `str` is a sentence."""


def floats(values: ArrayLike) -> Floats:
    """An array of floats; None becomes NaN, which stands for "not known" everywhere here.

    Raises Unanswerable for what is no number."""
    try:
        return np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise Unanswerable("every figure must be a number, or null where it is not known") from None


def check_mode(mode: str) -> bool:
    """Whether the reference program is to be reproduced, defects and all. Raises Unanswerable for an unknown mode."""
    if mode not in MODES:
        raise Unanswerable(f"mode is one of {', '.join(MODES)}, not {mode!r}")
    return mode == "reference"


def same_length(**arrays: NDArray[Any] | Sequence[object] | None) -> int:
    """The one length that all the given arrays have along their last axis. Raises Unanswerable where they differ."""
    lengths = {
        name: values.shape[-1] if isinstance(values, np.ndarray) else len(values)
        for name, values in arrays.items()
        if values is not None
    }
    if len(set(lengths.values())) != 1:
        said = ", ".join(f"{name} has {length}" for name, length in lengths.items())
        raise Unanswerable(f"these must be of one length: {said}")
    return next(iter(lengths.values()))


def divided(top: Floats, bottom: Floats) -> Floats:
    """top / bottom, NaN where bottom is 0."""
    found: Floats = np.divide(top, bottom, out=np.full(np.shape(top), np.nan), where=bottom != 0)
    return found


def nan_mean(values: Floats) -> Floats:
    """The mean along the last axis of what is known; NaN, without a warning, where nothing is."""
    known = ~np.isnan(values)
    counted = known.sum(axis=-1)
    total = np.where(known, values, 0.0).sum(axis=-1)
    return divided(total, counted)


def screened_mean(moving_ranges: Floats, screen: bool) -> Floats:
    """The mean moving range along the last axis. `screen` leaves out, once, whatever is not strictly below 3.267 times
    the mean (Nelson 1982); NaN where nothing is left, as in a constant series."""
    mean = nan_mean(moving_ranges)
    if not screen:
        return mean
    kept = moving_ranges < 3.267 * mean[..., None]
    return nan_mean(np.where(kept, moving_ranges, np.nan))
