"""How far chance may take a share, and a difference of two: against published examples."""

import pytest

from heed.statistics import shares


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((10, 10), (0, 20), 0.6791, 1.0000),
        ((10, 10), (0, 10), 0.6075, 1.0000),
    ],
)
def test_a_difference_is_as_newcombe_printed_it(
    one: tuple[int, int], other: tuple[int, int], low: float, high: float
) -> None:
    """Newcombe (1998), table II, method 10, contrasts a, b, g and h."""
    assert shares.difference(*one, *other) == pytest.approx((low, high), abs=5e-5)


def test_a_difference_turned_round_is_its_opposite() -> None:
    low, high = shares.difference(12, 40, 30, 50)
    assert shares.difference(30, 50, 12, 40) == pytest.approx((-high, -low))
