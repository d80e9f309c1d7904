"""Agreement between two people, against published examples, a variance worked out by hand, and scikit-learn."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from heed.statistics.agreement import ENOUGH, agreement, of_table, share
from heed.statistics.arrays import Unanswerable

# Agresti and Winner, Chance 1997: two critics, 160 films, against, mixed and for.
FILMS = np.array([[24, 8, 13], [8, 13, 11], [10, 9, 64.0]])
# Agresti, An Introduction to Categorical Data Analysis, 2nd ed., 8.5: two pathologists, 118 slides, four grades.
SLIDES = np.array([[22, 2, 2, 0], [5, 7, 14, 0], [0, 2, 36, 0], [0, 1, 17, 10.0]])
# Boyd's xeromammograms, in the Stata manual's entry on kappa: 85 pictures, four grades.
PICTURES = np.array([[21, 12, 0, 0], [4, 17, 1, 0], [3, 9, 15, 2], [0, 0, 0, 1.0]])
# Cohen 1968, table 1, of 200 people, with his own weights of disagreement.
DIAGNOSES = np.array([[0.44, 0.07, 0.09], [0.05, 0.20, 0.05], [0.01, 0.03, 0.06]]) * 200
DISAGREEMENT = np.array([[0, 1, 3], [1, 0, 6], [3, 6, 0]])


def test_unweighted_kappa_and_its_error_are_as_published() -> None:
    films = of_table(FILMS, "abc")
    assert films.texts == 160
    assert (round(films.kappa, 3), round(films.error, 4)) == (0.389, 0.0598)
    slides = of_table(SLIDES, "abcd")
    assert (round(slides.kappa, 3), round(slides.error, 3)) == (0.493, 0.057)
    assert (round(slides.low, 2), round(slides.high, 2)) == (0.38, 0.60)
    pictures = of_table(PICTURES, "abcd")
    assert [round(value, 4) for value in (pictures.observed, pictures.expected, pictures.kappa)] == [
        0.6353, 0.3082, 0.4728,
    ]  # fmt: skip


def test_weighted_kappa_is_as_published() -> None:
    pictures = of_table(PICTURES, "abcd", weights="linear")
    assert [round(value, 4) for value in (pictures.observed, pictures.expected, pictures.kappa)] == [
        0.8667, 0.6911, 0.5684,
    ]  # fmt: skip
    assert round(of_table(SLIDES, "abcd", weights="quadratic").kappa, 2) == 0.78
    assert round(of_table(DIAGNOSES, "abc").kappa, 3) == 0.492
    assert round(of_table(DIAGNOSES, "abc", weights=1 - DISAGREEMENT / 6).kappa, 3) == 0.348


def test_the_weighted_variance_is_that_worked_out_by_hand() -> None:
    """A fifth of the texts on each diagonal cell and a fifteenth on each other: by quadratic weights the observed agreement
    is 4/5, the expected 2/3, kappa 2/5, and the variance 117/125 over the texts."""
    found = of_table(np.full((3, 3), 2.0) + 4 * np.eye(3), "abc", weights="quadratic")
    assert (found.observed, found.expected, found.kappa) == pytest.approx((4 / 5, 2 / 3, 2 / 5))
    assert found.error**2 == pytest.approx(117 / 125 / 30)


def test_each_code_has_its_own_agreement() -> None:
    first, second = ["a"] * 20 + ["b"] * 20, ["a"] * 15 + ["b"] * 25
    found = agreement(first, second, codes=["a", "b", "c"])
    assert [(of.code, of.first, of.second, of.both) for of in found.codes] == [("a", 20, 15, 15), ("b", 20, 25, 20)]
    assert [of.agreement for of in found.codes] == pytest.approx([30 / 35, 40 / 45])
    assert (found.texts, found.same) == (40, 35)


def test_below_thirty_texts_it_says_too_few() -> None:
    few = agreement(["a", "b"] * 14 + ["a"], ["a", "b"] * 14 + ["b"])
    assert few.texts == ENOUGH - 1
    assert few.too_few
    assert not few.is_known
    assert all(math.isnan(value) for value in (few.kappa, few.error, few.low, few.high, few.observed))
    assert few.same == 28
    enough = agreement(["a", "b"] * 15, ["a", "b"] * 15)
    assert enough.is_known
    assert enough.kappa == 1
    assert (enough.low, enough.high) == (1, 1)


def test_where_both_give_one_code_only_chance_could_not_be_wrong() -> None:
    found = agreement(["a"] * 40, ["a"] * 40, codes=["a", "b"])
    assert (found.observed, found.expected) == (1, 1)
    assert not found.too_few
    assert not found.is_known


def test_what_cannot_be_compared_is_refused() -> None:
    for first, second, more in [
        (["a"], ["a", "b"], {}),
        (["a"], ["x"], {"codes": ["a"]}),
        (["a"], ["a"], {"weights": "cubic"}),
        (["a"], ["a"], {"confidence": 1.0}),
    ]:
        with pytest.raises(Unanswerable):
            agreement(first, second, **more)


codings = st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd")), min_size=ENOUGH, max_size=90)


@given(codings, st.sampled_from(["none", "linear", "quadratic"]))
def test_kappa_is_that_of_another_program(pairs: list[tuple[str, str]], weights: str) -> None:
    first, second = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    found = agreement(first, second, codes=list("abcd"), weights=weights)
    swapped = agreement(second, first, codes=list("abcd"), weights=weights)
    if not found.is_known:
        assert len({*first, *second}) == 1
        return
    other = cohen_kappa_score(first, second, labels=list("abcd"), weights=None if weights == "none" else weights)
    assert found.kappa == pytest.approx(other)
    assert (swapped.kappa, swapped.error) == pytest.approx((found.kappa, found.error))
    assert -1 <= found.low <= found.kappa <= found.high <= 1


def test_an_error_rate_has_exact_limits() -> None:
    """0 of 20: 1 - 0.025 ** (1/20); 4 of 20: 0.0573 to 0.4366, as every table of them says;
    81 of 263 is the first example of Newcombe, Stat Med 1998 (method 5): 0.2527 to 0.3676."""
    none = share(0, 20)
    assert (none.share, none.low) == (0, 0)
    assert none.high == pytest.approx(1 - 0.025 ** (1 / 20))
    found = share(81, 263)
    assert (round(found.low, 4), round(found.high, 4)) == (0.2527, 0.3676)
    found = share(4, 20)
    assert (round(found.low, 4), round(found.high, 4)) == (0.0573, 0.4366)
    assert share(7, 7).high == 1
    assert math.isnan(share(0, 0).share)
    with pytest.raises(Unanswerable):
        share(3, 2)
