"""XmR charts: the NHS rules, and what must not change them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from heed.statistics import xmr
from heed.statistics.arrays import Unanswerable

SERIES = st.lists(st.integers(0, 40), min_size=2, max_size=40)
MIRRORED = {
    "Common Cause": "Common Cause",
    "Above UCL": "Below LCL",
    "7 Point Trend (Increasing)": "7 Point Trend (Decreasing)",
    "2 in 3 Above CL": "2 in 3 Below CL",
    "7 Points Above CL": "7 Points Below CL",
}
MIRRORED |= {lower: upper for upper, lower in MIRRORED.items()}


def test_the_published_example():
    y = [1, 2, 1, 2, 10, *[1, 2] * 6, 1]
    screened, spreadsheet = xmr.chart(y), xmr.chart(y, screen=False)
    assert [round(float(line[0]), 2) for line in (screened.lower, screened.mean, screened.upper)] == [-0.72, 1.94, 4.6]
    assert [round(float(line[0]), 2) for line in (spreadsheet.lower, spreadsheet.upper)] == [-3.06, 6.95]


@given(SERIES, st.integers(-1000, 1000))
def test_what_is_added_to_all_moves_the_lines_and_no_more(y, added):
    before, after = xmr.chart(y), xmr.chart(np.array(y) + added)
    assert np.allclose(after.upper - before.upper, added)
    assert np.allclose(after.mean - before.mean, added)


@given(SERIES)
def test_a_doubled_chart_reads_alike(y):
    assert xmr.chart(y).causes.tolist() == xmr.chart(2 * np.array(y)).causes.tolist()


@given(SERIES)
def test_upside_down_the_causes_are_mirrored(y):
    upright, turned = xmr.chart(y), xmr.chart(-np.array(y))
    assert [MIRRORED[cause] for cause in upright.causes] == turned.causes.tolist()


@given(st.lists(st.tuples(*[st.integers(0, 9)] * 15), min_size=1, max_size=4), st.sampled_from([None, 8]))
def test_many_series_at_once_are_each_as_alone(rows, fix_after):
    group = np.array([0] * 6 + [1] * 9)
    together = xmr.chart(np.array(rows), group=group, fix_after=fix_after, improvement="decrease")
    for number, row in enumerate(rows):
        alone = xmr.chart(row, group=group, fix_after=fix_after, improvement="decrease")
        assert np.array_equal(alone.upper, together.upper[number], equal_nan=True)
        assert alone.causes.tolist() == together.causes[number].tolist()
        assert alone.variation_icon() == together.variation_icon()[number]
        assert alone.assurance_icon(5) == together.assurance_icon(5)[number]


def test_a_constant_series_has_no_special_cause():
    ours, reference = xmr.chart([7] * 15), xmr.chart([7] * 15, mode="reference")
    assert ours.upper.tolist() == ours.lower.tolist() == [7] * 15
    assert np.isnan(reference.upper).all()
    assert set(ours.causes) == set(reference.causes) == {"Common Cause"}
    assert not ours.varies


def test_a_new_value_after_a_constant_baseline_is_no_point_outside():
    chart = xmr.chart([7] * 12 + [9], fix_after=12)
    assert set(chart.causes) == {"Common Cause"}


def test_one_point_has_no_limits():
    chart = xmr.chart([3])
    assert np.isnan(chart.upper).all()
    assert chart.variation_icon() == "common_cause"
    assert chart.short.all()


def test_what_is_not_known_breaks_runs_and_counts_for_nothing():
    y = [10, 12] * 8
    whole = xmr.chart(y)
    gap = xmr.chart([*y[:4], None, *y[4:]])
    assert gap.mean[0] == whole.mean[0]
    assert gap.causes[4] == "Common Cause"
    risen = xmr.chart([1, 2, 3, 4, None, 5, 6, 7, 8])
    assert not any("Trend" in cause for cause in risen.causes)


def test_a_tie_between_two_rising_trends_is_read_as_rising_but_by_the_reference():
    y = [1, 2, 3, 4, 5, 6, 7, 7, 8, 9, 10, 11, 12, 13]
    assert xmr.chart(y).causes[6] == "7 Point Trend (Increasing)"
    assert xmr.chart(y, mode="reference").causes[6] == "7 Point Trend (Decreasing)"


@pytest.mark.parametrize(
    ("improvement", "target", "icon"),
    [
        ("increase", 1000, "fail"),
        ("increase", -1000, "pass"),
        ("decrease", 1000, "pass"),
        ("decrease", -1000, "fail"),
        ("increase", 11, "inconsistent"),
        ("neutral", 11, None),
        ("increase", None, None),
    ],
)
def test_assurance(improvement, target, icon):
    assert xmr.chart([10, 12] * 8, improvement=improvement).assurance_icon(target) == icon


@pytest.mark.parametrize(
    ("improvement", "risen", "fallen"),
    [
        ("increase", "improvement_high", "concern_low"),
        ("decrease", "concern_high", "improvement_low"),
        ("neutral", "neutral_high", "neutral_low"),
    ],
)
def test_the_icon_is_of_the_last_point(improvement, risen, fallen):
    y = np.array([10, 12] * 8 + [30])
    assert xmr.chart(y, improvement=improvement).variation_icon() == risen
    assert xmr.chart(-y, improvement=improvement).variation_icon() == fallen


def test_a_date_that_is_no_point_starts_no_group():
    assert xmr.groups(["a", "b", "c"], {"b", "x"}).tolist() == [0, 1, 1]


@pytest.mark.parametrize("wrong", [{"mode": "best"}, {"improvement": "up"}, {"group": np.array([0])}])
def test_what_cannot_be_drawn_says_why(wrong):
    with pytest.raises(Unanswerable):
        xmr.chart([1, 2, 3], **wrong)
