"""The verdict, worked out from kept inputs alone: the same inputs give the same verdict."""

from datetime import date
from math import isfinite, isnan

import numpy as np

from heed.insight.control import SMALL
from heed.insight.proof.beside import FALLS, NOT_RISES, OTHER_KINDS, UPHELD, WANTED
from heed.insight.proof.evidence import CONTROL, DAYS, OUTCOME, Channel, Found, Inputs, Judged, Series
from heed.insight.proof.months import Plan
from heed.statistics.arrays import Floats, Unanswerable
from heed.statistics.contrast import at_a_fake_date, difference_of_differences, ratio_of_ratios
from heed.statistics.impact import EARLY, ENOUGH_BEFORE, FALL, RISE, UNCLEAR, did_it_work
from heed.statistics.means import did_it_move
from heed.statistics.ratios import rate_ratio

SURE = 0.99  # of one channel among several
AT_MOST, AT_LEAST = 1.25, 0.8  # a change by no more than this is taken for none, where the limits rule out more
AGREES, AGAINST, OPEN = "agrees", "against", "open"
WORKED, HOPED, FEWER, BUT, ELSEWHERE, ANYWAY = "worked", "hoped", "fewer", "but", "elsewhere", "anyway"
OTHER_WAY, NONE, TOO_EARLY, NEVER = "other_way", "none", "early", "never"
READINGS = {
    WORKED: "As hoped, and all that stands beside it agrees",
    HOPED: "As hoped, as far as can be told",
    FEWER: "Fewer, which alone is no success",
    BUT: "As hoped, but something beside it went the wrong way",
    ELSEWHERE: "As hoped, but not clearly more than where nothing was done",
    ANYWAY: "As hoped, but it looks like that before the action too",
    OTHER_WAY: "The other way",
    NONE: "No clear change",
    TOO_EARLY: "Too early",
    NEVER: "It cannot be shown by figures",
}


def judge(inputs: Inputs) -> Found:
    """The verdict about the outcome, and about all that stands beside it over the same months."""
    plan = inputs.plan
    outcome = judged(inputs.outcome, plan)
    held = inputs.of_role(CONTROL)
    control = judged(held, plan) if held else None
    difference = _difference(outcome, control, inputs.outcome.shape in DAYS) if control else None
    fake = _fake(inputs.outcome, plan)
    beside = tuple(
        _weighed(judged(one, plan)) for one in inputs.series if one.role not in (OUTCOME, CONTROL)
    )  # fmt: skip
    channels = _channels(inputs)
    early = outcome.verdict in (EARLY, "")
    reading = _reading(inputs, outcome, difference, fake, beside, channels) if not early else _unready(outcome)
    return Found(
        outcome, control, difference, fake, beside, channels, reading,
        again_on=inputs.enough_on if reading == TOO_EARLY else None,
    )  # fmt: skip


def judged(series: Series, plan: Plan) -> Judged:
    """One series before and after."""
    values, size = _arrays(series)
    values[list(plan.left_out)] = np.nan
    known = ~np.isnan(values)
    after = np.arange(len(values)) >= plan.change
    sides = [known & ~after, known & after]
    told = Judged(
        series.role, EARLY, before=int(sides[0].sum()), after=int(sides[1].sum()),
        counted=(_added(series, values, sides[0]), _added(series, values, sides[1])),
        over=None if series.of is None else (_over(series, sides[0]), _over(series, sides[1])),
    )  # fmt: skip
    if not (told.before and told.after):
        return told
    try:
        if series.shape in DAYS:
            return _of_days(told, series, values, plan.change, sides)
        return _of_counts(told, values, size, plan.change)
    except Unanswerable as why:
        return _with(told, verdict="", why_none=str(why))


def _arrays(series: Series) -> tuple[Floats, Floats | None]:
    values = np.array(series.y, dtype=np.float64)  # None becomes NaN
    if series.of is None or series.shape in DAYS:
        return values, None
    size = np.array([of or 0 for of in series.of], dtype=np.float64)
    values[size <= 0] = np.nan
    return values, np.where(size > 0, size, 1.0)


def _added(series: Series, values: Floats, side: np.ndarray) -> float:
    """The sum of counts, or the mean of the months' values."""
    if not side.any():
        return 0.0
    return round(float(values[side].mean()), 3) if series.shape in DAYS else float(values[side].sum())


def _over(series: Series, side: np.ndarray) -> int:
    return sum(of or 0 for of, counts in zip(series.of or (), side.tolist(), strict=True) if counts)


def _with(of: Judged, **more: object) -> Judged:
    return Judged(**{**of.__dict__, **more})


def _finite(value: float) -> float | None:
    return float(value) if isfinite(value) else None


def _of_counts(told: Judged, values: Floats, size: Floats | None, change: int) -> Judged:
    found = did_it_work(values, change, exposure=size)
    if isnan(found.ratio):
        return _with(told, verdict=found.verdict if found.verdict == EARLY else UNCLEAR, exact=True)
    return _with(
        told, verdict=found.verdict, middle=_finite(found.ratio), low=_finite(found.low), high=_finite(found.high),
        trend=found.trend, follows=_finite(found.lag1), power=_finite(found.power), avoided=found.avoided,
        exact=found.model is None,
    )  # fmt: skip


def _of_days(told: Judged, series: Series, values: Floats, change: int, sides: list[np.ndarray]) -> Judged:
    few = [side for side in sides if side.any() and _over(series, side) < SMALL * int(side.sum())]
    if few:
        why = f"It rests on fewer than {SMALL} cases a month on average, which chance moves too much."
        return _with(told, verdict="", why_none=why)
    found = did_it_move(values, change)
    return _with(
        told, verdict=found.verdict, middle=_finite(found.difference), low=_finite(found.low), high=_finite(found.high),
        trend=found.trend, follows=_finite(found.phi), power=_finite(found.power),
    )  # fmt: skip


def _three(of: Judged, days: bool) -> tuple[float, float, float]:
    """The middle with its limits; where there is none, as far as it can be."""
    least, most = (-np.inf, np.inf) if days else (0.0, np.inf)
    middle = np.nan if of.middle is None else of.middle
    return middle, least if of.low is None else of.low, most if of.high is None else of.high


def _difference(outcome: Judged, control: Judged, days: bool) -> tuple[float, float, float] | None:
    if EARLY in (outcome.verdict, control.verdict) or not (outcome.verdict and control.verdict):
        return None
    contrast = difference_of_differences if days else ratio_of_ratios
    found = contrast(_three(outcome, days), _three(control, days))
    if found is None or not all(map(isfinite, (found.middle, found.low, found.high))):
        return None
    return found.middle, found.low, found.high


def _fake(series: Series, plan: Plan) -> tuple[date, str] | None:
    """The same question about a date at which nothing was done."""
    if series.shape in DAYS:
        return None
    values, size = _arrays(series)
    try:
        found = at_a_fake_date(values, plan.change, exposure=size, leave_out=list(plan.left_out))
    except Unanswerable:
        return None
    return (plan.months[found[0]], found[1].verdict) if found else None


def _weighed(of: Judged) -> Judged:
    """Whether it agrees with success. No clear change agrees only where its limits rule out more than a quarter."""
    wanted = WANTED[of.role]
    if of.verdict in (EARLY, ""):
        return _with(of, says=OPEN)
    if wanted == FALLS:
        return _with(of, says={FALL: AGREES, RISE: AGAINST}.get(of.verdict, OPEN))
    if wanted == NOT_RISES:
        small = of.high is not None and of.high <= AT_MOST
        return _with(of, says=AGAINST if of.verdict == RISE else AGREES if small else OPEN)
    small = of.low is not None and of.low >= AT_LEAST
    return _with(of, says=AGAINST if of.verdict == FALL else AGREES if small else OPEN)


def _channels(inputs: Inputs) -> tuple[Channel, ...]:
    """Each channel beside all others: one that fell away may have been closed to people."""
    plan = inputs.plan
    sides = [[at for at in range(len(plan.months)) if at not in plan.left_out and (at >= plan.change) == after]
             for after in (False, True)]  # fmt: skip
    sums = {code: [sum(counts[at] for at in side) for side in sides] for code, counts in inputs.channels.items()}
    total = [sum(pair[side] for pair in sums.values()) for side in (0, 1)]
    return tuple(
        Channel(code, before, after, _fell_away(before, after, total[0] - before, total[1] - after))
        for code, (before, after) in sorted(sums.items())
    )


def _fell_away(before: int, after: int, others_before: int, others_after: int) -> bool:
    if not (others_before and others_after):
        return False
    return rate_ratio(before, others_before, after, others_after, confidence=SURE).real_fall


def _unready(outcome: Judged) -> str:
    return NEVER if outcome.verdict == "" or outcome.before < ENOUGH_BEFORE else TOO_EARLY


def _reading(
    inputs: Inputs, outcome: Judged, difference: tuple[float, float, float] | None, fake: tuple[date, str] | None,
    beside: tuple[Judged, ...], channels: tuple[Channel, ...],
) -> str:  # fmt: skip
    """What all of it says together."""
    hoped = FALL if inputs.direction == "fall" else RISE
    if outcome.verdict != hoped:
        return NONE if outcome.verdict == UNCLEAR else OTHER_WAY
    if fake and fake[1] == hoped:
        return ANYWAY
    if inputs.of_role(CONTROL) and not _beyond(difference, hoped, inputs.outcome.shape in DAYS):
        return ELSEWHERE
    return _beside_success(beside, channels) if inputs.received and hoped == FALL else WORKED


def _beyond(difference: tuple[float, float, float] | None, hoped: str, days: bool) -> bool:
    same = 0.0 if days else 1.0
    return difference is not None and (difference[2] < same if hoped == FALL else difference[1] > same)


def _beside_success(beside: tuple[Judged, ...], channels: tuple[Channel, ...]) -> str:
    """Fewer complaints are a success only where less goes wrong too, and all that stands beside it agrees."""
    if any(one.says == AGAINST for one in beside) or any(channel.fell_away for channel in channels):
        return BUT
    says = {one.role: one.says for one in beside}
    # Where the outcome is all that people tell us, nothing is left that shows that they still do.
    if says.get(UPHELD) != AGREES or OTHER_KINDS not in says:
        return FEWER
    return WORKED if all(said == AGREES for said in says.values()) else HOPED
