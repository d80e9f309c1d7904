"""Worked cases, each with the figures that a reference program gave for it: `cases/`, made with R 4.2.2.

NHSRplotthedots 0.2.2, qicharts2 0.8.1, FunnelPlotR 0.6.0, surveillance 1.20.3, spc 0.6.7, nlme, sandwich, stats.
"""

import json
import math
from pathlib import Path

import pytest

from heed.statistics.answering import KINDS, answer, plain

CASES = [
    case for path in sorted(Path(__file__).with_name("cases").glob("*.json")) for case in json.loads(path.read_text())
]
RELATIVE = {
    "xmr": 1e-6,
    "attribute_chart": 1e-6,
    "funnel": 1e-5,
    "farrington_flexible": 1e-5,
    "ears": 1e-6,
    "its": 1e-5,
    "its_continuous": 1e-4,
    "rate_ratio_exact": 1e-6,
    "cross_category": 1e-4,
}
RUN_LENGTH = 1e-6
WITHOUT_LIMITS = {"ratio", "zscore_unadjusted", "phi", "tau2"}  # where the reference draws wrong limits
UNKNOWN_TO_THE_REFERENCE = ("constant_series", "edge_all_zero")


def same(ours, theirs, relative):
    if theirs is None or isinstance(theirs, bool | str):
        return ours == theirs
    if isinstance(theirs, dict):
        return all(same(ours[name], value, relative) for name, value in theirs.items())
    if isinstance(theirs, list):
        return len(ours) == len(theirs) and all(same(a, b, relative) for a, b in zip(ours, theirs, strict=True))
    return ours is not None and math.isclose(ours, theirs, rel_tol=relative, abs_tol=1e-6)


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_the_reference_is_matched(case):
    ours = answer({**case, "expected": {} if "input" in case else case["expected"]})
    names = WITHOUT_LIMITS if case.get("reference_limits_defective") else case["expected"].keys()
    relative = RELATIVE.get(case["kind"], RUN_LENGTH)
    differing = [name for name in names if not same(ours[name], case["expected"][name], relative)]
    assert not differing
    assert json.dumps(ours, allow_nan=False)


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_our_own_figures_have_the_same_names_and_lengths(case):
    ours, reference = answer(case, "default"), answer(case)
    assert ours.keys() == reference.keys()
    for name, value in reference.items():
        assert not isinstance(value, list) or len(ours[name]) == len(value)


def test_most_patterns_of_simulated_services_are_told_as_they_were_made():
    told = [(answer(case)["pattern"], case["truth"]["pattern"]) for case in CASES if case["kind"] == "cross_category"]
    assert sum(ours == truth for ours, truth in told) >= 0.9 * len(told)


def test_the_cases_are_of_every_kind():
    missing = set(KINDS) - {case["kind"] for case in CASES}
    assert missing == {"arl_cusum_normal_two_sided"}


@pytest.mark.parametrize(
    ("case", "error"),
    [
        ({"kind": "tarot"}, "there is no kind 'tarot'"),
        ({}, "there is no kind None"),
        ({"kind": "xmr"}, "the case lacks 'y'"),
        ({"kind": "xmr", "input": {"y": ["many"]}}, "every figure must be a number"),
        ({"kind": "xmr", "input": {"y": []}}, "a chart without a point has no icon"),
        ({"kind": "xmr", "input": {"y": [1]}, "params": {"improvement_direction": "up"}}, "improvement is one of"),
        ({"kind": "ears", "input": {"y": [1, 2]}, "params": {"range_1based": [2]}}, "C1 needs 7 counts"),
        ({"kind": "rate_ratio_exact", "input": []}, "the case lacks 'before_count'"),
        ({"kind": "rate_ratio_exact", "input": [1]}, "are not of the kind that rate_ratio_exact needs"),
        ({"kind": "arl_ewma_normal_two_sided"}, "the case lacks 'arl_shift'"),
    ],
)
def test_a_case_that_cannot_be_answered_says_why(case, error):
    assert error in answer(case)["error"]


def test_what_is_not_finite_is_null():
    assert plain({"a": [math.inf, math.nan, -math.inf, 1.5, None, "Inf"]}) == {
        "a": [None, None, None, 1.5, None, "Inf"]
    }


@pytest.mark.parametrize("kind", ["its", "rate_ratio_exact", "cross_category"])
def test_figures_without_anything_counted_are_answered(kind):
    zeros = [0] * 12
    given = {
        "its": {"y": zeros},
        "rate_ratio_exact": {"before_count": 0, "before_exposure": 1, "after_count": 0, "after_exposure": 1},
        "cross_category": {"received": zeros, "upheld": zeros},
    }[kind]
    params = {"change_at_1based": 7, "current_periods": 3}
    told = answer({"kind": kind, "params": params, "input": given})
    assert "error" not in told
