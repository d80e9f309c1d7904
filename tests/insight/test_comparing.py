"""Funnels of places: who differs by more than chance, how many chance alone would flag, and what may be told to whom."""

import numpy as np
import pytest

from heed.insight import comparing
from heed.insight.comparing import Part, compared, sentence, why_not
from heed.statistics import funnel as funnels

SERVICES = ("service", "services")


def parts(*pairs: tuple[int, int]) -> list[Part]:
    return [Part(f"s{n}", f"Service {n:02}", counted, of) for n, (counted, of) in enumerate(pairs)]


def alike(number: int, one: tuple[int, int] = (100, 10_000)) -> list[tuple[int, int]]:
    """Places that differ as little as chance alone would make them."""
    chance = np.random.default_rng(5)
    return [(int(chance.poisson(one[0])), one[1]) for _ in range(number)]


def test_a_rate_is_set_beside_what_is_expected_of_its_activity() -> None:
    found = compared(parts(*alike(23), (260, 10_000)), "rate")
    assert [line.part.name for line in found.differing] == ["Service 23"]
    line = found.lines[-1]
    assert line.value == 26
    assert line.expected == pytest.approx(10_000 * found.middle / 1000)
    assert found.middle == pytest.approx(10, abs=0.5)  # one place far away does not pull the line
    assert line.low < found.middle < line.high < line.value
    assert found.by_chance == pytest.approx(0.048)
    assert sentence(found, SERVICES, "complaints received") == (
        "1 of 24 services differs from what is expected by more than chance in complaints received: Service 23 (higher). "
        "Chance alone would flag about 0.05 of 24."
    )


def test_nobody_stands_out_where_all_are_alike() -> None:
    found = compared(parts(*alike(12)), "rate")
    assert found.differing == []
    assert sentence(found, SERVICES, "this").startswith("None of the 12 services differs from what is expected")


def test_services_that_differ_from_each_other_widen_the_limits() -> None:
    spread = [(60 + 8 * n, 10_000) for n in range(12)]
    even = compared(parts(*[(104, 10_000)] * 12), "rate")
    uneven = compared(parts(*spread), "rate")
    assert even.variation == 0
    assert uneven.variation > 0
    assert uneven.lines[0].high - uneven.lines[0].low > 1.3 * (even.lines[0].high - even.lines[0].low)


def test_the_limits_drawn_are_the_limits_judged_by() -> None:
    for shape, given in (("rate", alike(9)), ("share", [(n + 3, 40 + n) for n in range(9)])):
        places = parts(*given)
        found = compared(places, shape)  # type: ignore[arg-type]
        for line in found.lines:
            size = line.part.of if shape == "share" else line.expected
            near = min(found.bands, key=lambda band: abs(band.size - size))
            assert near.low998 == pytest.approx(line.low, abs=0.12 * line.high)
            assert near.high998 == pytest.approx(line.high, rel=0.12)


def test_lines_at_any_size_are_those_of_the_funnel() -> None:
    counted, of = np.array([3.0, 30, 44, 90, 12]), np.array([9.0, 60, 99, 150, 40])
    found = funnels.funnel(counted, of)
    again = funnels.limits_at(of, data_type="PR", target=found.target, tau2=found.tau2, organisations=5)
    for ours, theirs in zip(again, found.adjusted, strict=True):
        assert ours == pytest.approx(theirs)
    with pytest.raises(funnels.Unanswerable):
        funnels.limits_at([0.0], data_type="PR", target=0.5, tau2=0)


def test_a_share_needs_no_activity() -> None:
    found = compared(parts((1, 40), (20, 40), (21, 40), (19, 40), (20, 41), (20, 39), (38, 40)), "share")
    assert {line.part.code: line.standing for line in found.lines if line.standing != "within"} == {
        "s0": "low",
        "s6": "edge_high",
    }
    assert min(band.low998 for band in found.bands) >= 0
    assert max(band.high998 for band in found.bands) <= 100


def test_the_order_is_that_of_names() -> None:
    given = [Part("b", "beta", 3, 9), Part("a", "Alpha", 9, 9), Part("c", "Gamma", 1, 9), Part("d", "delta", 2, 9),
             Part("e", "Eps", 1, 9)]  # fmt: skip
    assert [line.part.name for line in compared(given, "rate").lines] == ["Alpha", "beta", "delta", "Eps", "Gamma"]


@pytest.mark.parametrize(
    ("given", "shape", "says"),
    [([(1, 9)] * 4, "rate", "Only 4 can be compared; from 5 on"), ([], "rate", "nothing to compare"),
     ([(0, 9)] * 6, "rate", "All are alike"), ([(9, 9)] * 6, "share", "All are alike"), ([(1, 9)] * 5, "share", "")],
)  # fmt: skip
def test_too_few_or_all_alike_is_no_funnel(given: list[tuple[int, int]], shape: comparing.Shape, says: str) -> None:
    assert why_not(parts(*given), shape).startswith(says) if not says else says in why_not(parts(*given), shape)


def test_small_places_are_compared_without_a_hitch() -> None:
    found = compared(parts((1, 1), (0, 1), (1, 2), (0, 3), (2, 2)), "share")
    assert all(np.isfinite([band.low998, band.high998]).all() for band in found.bands)
    assert compared(parts((0, 1), (1, 1), (0, 2), (1, 9), (0, 1)), "rate").bands


def test_those_that_may_not_be_told_are_not_shown_but_count() -> None:
    places = parts(*alike(9), (2, 100))
    everything, some = compared(places, "rate"), compared(places, "rate", hidden={"s9"})
    assert some.hidden == ("Service 09",)
    assert some.lines == everything.lines[:-1]
    assert some.middle == everything.middle
    own = compared(places, "rate", own={"s3"})
    assert [line.part.code for line in own.lines] == ["s3"]
    assert sentence(own, SERVICES, "this").startswith("The 1 service does not differ")
    assert "too small to tell" in sentence(compared(places, "rate", own=set()), SERVICES, "this")


def test_small_numbers_take_another_with_them_on_every_line() -> None:
    assert comparing.small([{"a": 9, "b": 9, "c": 9, "d": 9}, {"a": 8, "b": 8, "c": 2, "d": 8}]) == {"c", "d"}
    assert comparing.small([{"a": 9, "b": 9}]) == frozenset()
