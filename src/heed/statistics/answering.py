"""Answers a list of worked cases, so that anyone can hold Heed's figures beside those of another program.

A case is {"id", "kind", "params", "input"}; the answer has the names that the reference gave, the same lengths, and None
where there is no number.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from heed.statistics import charts, cross, cusum, ears, farrington, funnel, its, ratios, xmr
from heed.statistics.arrays import Unanswerable
from heed.statistics.history import History

Case = Mapping[str, Any]
Answer = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """A case that is understood: settings, figures, what it may hold of the reference, and whose figures are wanted."""

    params: Case
    given: Case
    expected: Case
    mode: str

    def wanted(self, name: str) -> list[float]:
        """The shifts or means to answer for: of the figures, or else as they stand beside the expected run lengths."""
        for place in (self.given, self.params, self.expected):
            if place.get(name) is not None:
                return [float(value) for value in _list(place[name])]
        raise KeyError(name)


def answer(case: Case, mode: str = "reference") -> Answer:
    """The answer to one case, or {"error": a sentence}."""
    kind = case.get("kind")
    if kind not in KINDS:
        return {"error": f"there is no kind {kind!r}; there are {', '.join(KINDS)}"}
    try:
        asked = Asked(case.get("params") or {}, case.get("input") or {}, case.get("expected") or {}, mode)
        found = KINDS[str(kind)](asked)
    except Unanswerable as reason:
        return {"error": str(reason)}
    except KeyError as missing:
        return {"error": f"the case lacks {missing.args[0]!r}"}
    except (ArithmeticError, AttributeError, IndexError, TypeError, ValueError):
        return {"error": f"the figures or settings of this case are not of the kind that {kind} needs"}
    return {name: plain(value) for name, value in found.items()}


def plain(value: Any) -> Any:
    """As JSON has it: lists, numbers, None for what is not finite."""
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items()}
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def _xmr(asked: Asked) -> Answer:
    params, given = asked.params, asked.given
    dates = [str(day)[:10] for day in given.get("date") or range(len(given["y"]))]
    starts = {str(day)[:10] for day in params.get("rebase_dates") or ()}
    found = xmr.chart(
        given["y"], group=xmr.groups(dates, starts), improvement=params.get("improvement_direction") or "neutral",
        fix_after=params.get("fix_after_n_points"), screen=params.get("screen_outliers", True), mode=asked.mode,
    )  # fmt: skip
    return {
        "mean": found.mean,
        "lpl": found.lower,
        "upl": found.upper,
        "rebase_group": found.group,
        "short_group_warning": found.short,
        "special_cause_type": found.causes,
        "point_type": found.point_types,
        "variation_icon": found.variation_icon(),
        "assurance_icon": found.assurance_icon(params.get("target")),
    }


def _chart(asked: Asked) -> Answer:
    params, given = asked.params, asked.given
    found = charts.chart(
        params["chart"], given["y"], given.get("n"), freeze=params.get("freeze"), parts=_list(params.get("part")),
        exclude=_list(params.get("exclude")), multiply=params.get("multiply") or 1,
        screen=params.get("screened_mr", True),
    )  # fmt: skip
    runs = [found.runs[number - 1] for number in found.part]
    return {
        "y": found.y,
        "cl": found.centre,
        "lcl": found.lower,
        "ucl": found.upper,
        "lcl2s": found.lower_inner,
        "ucl2s": found.upper_inner,
        "sigma_signal": found.outside,
        "runs_signal": [run.signal for run in runs],
        "longest_run": [run.longest for run in runs],
        "longest_run_max": [run.longest_allowed for run in runs],
        "n_crossings": [run.crossings for run in runs],
        "n_crossings_min": [run.crossings_needed for run in runs],
        "part": found.part,
    }


def _list(value: Any) -> list[int]:
    """What may be missing, one number or several."""
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]


def _funnel(asked: Asked) -> Answer:
    params, given = asked.params, asked.given
    found = funnel.funnel(
        given["numerator"], given["denominator"], data_type=params.get("data_type", "PR"),
        sr_method=params.get("sr_method", "SHMI"), limit=params.get("limit", 99), adjust=params.get("draw_adjusted", True),
        trim=params.get("trim_by", 0.1), multiplier=params.get("multiplier", 1),
        rounding=params.get("shmi_rounding", True), mode=asked.mode,
    )  # fmt: skip
    names = ("lcl95", "ucl95", "lcl998", "ucl998")
    return {
        "phi": found.phi,
        "tau2": found.tau2,
        "adjusted_limits_used": found.adjusted_used,
        "ratio": found.ratio,
        "zscore_unadjusted": found.score,
        "zscore_trimmed": found.trimmed,
        **dict(zip(names, found.limits, strict=True)),
        **{f"od_{name}": line for name, line in zip(names, found.adjusted, strict=True)},
        "outlier": found.outside.astype(int),
    }


def _farrington(asked: Asked) -> Answer:
    params, given = asked.params, asked.given
    w = params.get("w", 3)
    settings = farrington.Settings(
        history=History(
            years=params.get("b", 5), half=w, periods=params.get("noPeriods", 1),
            guard=w if params.get("pastWeeksNotIncluded") is None else params["pastWeeksNotIncluded"],
            frequency=params.get("frequency", 52),
        ),
        bound=params.get("thresholdMethod", "delta"), alpha=params.get("alpha", 0.05),
        power=params.get("powertrans", "2/3"), reweight=params.get("reweight", True),
        threshold=params.get("weightsThreshold", 2.58), trend=params.get("trend", True),
        trend_p=params.get("pThresholdTrend", 0.05), least=tuple(params.get("limit54", (5, 4))),
    )  # fmt: skip
    dated = params.get("index_mode") == "date"
    found = farrington.watch(
        given["y"], _places(params), settings, mode=asked.mode,
        population=given.get("population") if params.get("populationOffset") else None,
        dates=np.asarray(given["dates"], dtype="datetime64[D]") if dated else None,
    )  # fmt: skip
    return {
        "upperbound": found.upper[0],
        "expected": found.expected[0],
        "phi": found.phi[0],
        "trend_used": [
            int(used) if known else None for used, known in zip(found.trend_used[0], found.phi[0] > 0, strict=True)
        ],
        "trend_coef": found.trend[0],
        "pvalue": found.p[0],
        "score": found.score[0],
        "alarm": [int(alarm) if known else None for alarm, known in zip(found.alarm[0], found.phi[0] > 0, strict=True)],
    }


def _places(params: Case) -> np.ndarray:
    return np.asarray(_list(params["range_1based"]), dtype=np.int64) - 1


def _ears(asked: Asked) -> Answer:
    params, given = asked.params, asked.given
    found = ears.ears(
        given["y"], _places(params), method=params.get("method", "C1"), baseline=params.get("baseline", 7),
        alpha=params.get("alpha", 0.001), least_sigma=params.get("minSigma", 0),
    )  # fmt: skip
    return {"upperbound": found.upper, "alarm": found.alarm.astype(int)}


def _ratio(asked: Asked) -> Answer:
    given = asked.given
    found = ratios.rate_ratio(
        given["before_count"], given["before_exposure"], given["after_count"], given["after_exposure"]
    )
    return {"rate_ratio": found.ratio, "ci95": [found.low, found.high], "p_two_sided": found.p}


def _segmented(asked: Asked) -> Answer:
    params, given = asked.params, asked.given
    found = its.segmented(
        given["y"], params["change_at_1based"] - 1, exposure=given.get("offset"), slope=params.get("slope_change", True),
        harmonics=params.get("seasonal_harmonics") or 0, season=params.get("month"), period=params.get("period") or 12,
        lag=params.get("newey_west_lag", 3),
    )  # fmt: skip
    ratio, low, high = found.rate_ratio
    return {
        "term": found.terms,
        "estimate": found.estimate,
        "se_quasipoisson": found.error,
        "t_p": found.p,
        "se_newey_west": found.error_newey_west,
        "dispersion": found.dispersion,
        "rate_ratio_level": ratio,
        "rate_ratio_level_ci95_normal": [low, high],
        "counterfactual_post_total": found.counterfactual_after,
        "observed_post_total": found.observed_after,
        "acf1_pearson": found.lag1,
        "durbin_watson": found.durbin_watson,
    }


def _continuous(asked: Asked) -> Answer:
    params, given = asked.params, asked.given
    found = its.continuous(given["y"], params["change_at_1based"] - 1)
    return {
        "term": found.terms,
        "reml_ar1_estimate": found.estimate,
        "reml_ar1_se": found.error,
        "phi_ar1": found.phi,
        "sigma": found.sigma,
        "ols_estimate": found.estimate_ols,
        "ols_se": found.error_ols,
        "nw_lag1_se": found.error_newey_west,
    }


def _cross(asked: Asked) -> Answer:
    params, given = asked.params, asked.given
    found = cross.read_together(
        given["received"], given["upheld"], current=params["current_periods"], baseline=params.get("baseline_periods"),
        contacts=given.get("contacts"), decided=given.get("decided"),
    )  # fmt: skip
    return {
        "received": _told(found.received),
        "upheld": _told(found.upheld),
        "uphold_logit": _told(found.share),
        "uphold_fisher_p": found.fisher_p,
        "pattern": found.pattern,
    }


def _told(change: cross.Change) -> Answer:
    return {"log_ratio": change.log_ratio, "se": change.error, "t_p": change.p, "dispersion": change.dispersion}


def _cusum_one(asked: Asked) -> Answer:
    params = asked.params
    shifts, start = asked.wanted("arl_shift"), params.get("start") or 0
    return {
        "arl_shift": shifts,
        "arl": [cusum.cusum_run_length(s, k=params["k"], h=params["h"], start=start) for s in shifts],
    }


def _cusum_two(asked: Asked) -> Answer:
    params = asked.params
    shifts = asked.wanted("arl_shift")
    return {
        "arl_shift": shifts,
        "arl": [cusum.cusum_run_length_two_sided(s, k=params["k"], h=params["h"]) for s in shifts],
    }


def _ewma(asked: Asked) -> Answer:
    params = asked.params
    shifts, start = asked.wanted("arl_shift"), params.get("start") or 0
    found = [cusum.ewma_run_length(s, weight=params["lambda"], limit=params["L"], start=start) for s in shifts]
    return {"arl_shift": shifts, "arl": found}


def _poisson(asked: Asked) -> Answer:
    params = asked.params
    means, start = asked.wanted("mu"), params.get("start") or 0
    found = [cusum.poisson_cusum_run_length(mean, k=params["k"], h=params["h"], start=start) for mean in means]
    return {"mu": means, "arl": found}


Method = Callable[[Asked], Answer]
KINDS: dict[str, Method] = {
    "xmr": _xmr,
    "attribute_chart": _chart,
    "funnel": _funnel,
    "farrington_flexible": _farrington,
    "ears": _ears,
    "its": _segmented,
    "its_continuous": _continuous,
    "rate_ratio_exact": _ratio,
    "cross_category": _cross,
    "arl_cusum_normal_one_sided": _cusum_one,
    "arl_cusum_normal_two_sided": _cusum_two,
    "arl_ewma_normal_two_sided": _ewma,
    "arl_cusum_poisson_upper": _poisson,
}
