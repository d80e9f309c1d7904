"""What a model learns, says and keeps."""

import subprocess
import sys

import numpy as np
import pytest
from tests.insight.themes.texts import ABOUT, invent

from heed.insight.themes.calibration import best_cut, sigmoids, thresholds
from heed.insight.themes.evaluating import evaluate, put
from heed.insight.themes.measuring import Judged, calibration_error, hit_rate
from heed.insight.themes.scoring import Model, from_bytes, to_bytes
from heed.insight.themes.tokens import features, words
from heed.insight.themes.training import train
from heed.insight.themes.vectors import vocabulary

LABELS = tuple(ABOUT)


def truth_of(texts: list[tuple[str, set[str]]]) -> np.ndarray:
    return np.array([[label in of for label in LABELS] for _, of in texts])


def learned(texts: list[tuple[str, set[str]]], several: bool = False) -> Model:
    found = [features(text) for text, _ in texts]
    return train(found, LABELS, truth_of(texts).astype(float), several=several)


@pytest.fixture(scope="module")
def model() -> Model:
    return learned(invent(300))


def test_words_are_alike_whatever_the_case_accent_or_apostrophe() -> None:
    assert words("The CAF\u00c9 didn\u2019t open; 2 hours!") == ["the", "cafe", "didn't", "open", "2", "hours"]


def test_the_question_asked_is_part_of_the_features() -> None:
    bare, asked = features("Nothing"), features("Nothing", "What was good?")
    assert "asked" not in bare
    assert asked["asked"] == {"what was good": 1}
    assert asked["answer"] == {"what was good: nothing": 1}
    assert asked["whole"] == {"what was good: nothing": 1}
    assert features("Nothing")["piece"] == {" no": 1, "not": 1, "oth": 1, "thi": 1, "hin": 1, "ing": 1, "ng ": 1} | {
        " not": 1, "noth": 1, "othi": 1, "thin": 1, "hing": 1, "ing ": 1,
        " noth": 1, "nothi": 1, "othin": 1, "thing": 1, "hing ": 1,
    }  # fmt: skip


def test_a_word_of_two_texts_is_not_learned_and_one_of_three_is() -> None:
    texts = [features(text) for text in ("Whittaker said no", "Whittaker said yes", "Nobody said anything")]
    known = vocabulary(texts).places
    assert "word said" in known
    assert not [name for name in known if "whit" in name]


def test_a_word_of_two_complaints_is_not_learned_however_many_texts_they_have() -> None:
    texts = [features("Whittaker was rude") for _ in range(5)] + [features("They were rude"), features("So rude")]
    known = vocabulary(texts, ["1", "1", "1", "2", "2", "3", "4"]).places
    assert "word rude" in known
    assert "word whittaker" not in known


def test_names_can_be_kept_from_a_model() -> None:
    assert features("Sarah said no", without={"sarah"})["word"] == {"said": 1, "no": 1, "said no": 1}


def test_it_tells_subjects_apart_and_knows_how_sure_it_is(model: Model) -> None:
    fresh = invent(200, seed=2)
    judged = evaluate([features(t) for t, _ in invent(300)], truth_of(invent(300)),
                      [features(t) for t, _ in fresh], truth_of(fresh), LABELS, several=False)  # fmt: skip
    told = judged.as_json()
    assert told["accuracy"] > 0.95
    assert told["ece"] < 0.1
    assert told["hit_at_3"] == 1
    likely = model.probabilities(model.vocabulary.matrix([features("the car park ticket machine")]))
    assert np.allclose(likely.sum(), 1)
    assert LABELS[int(likely.argmax())] == "parking"


def test_the_words_behind_a_suggestion_are_those_of_the_subject(model: Model) -> None:
    behind = model.behind(features("the barrier of the car park was on the day"), LABELS.index("parking"))
    assert behind
    assert all(set(name.split()) & set(ABOUT["parking"]) for name in behind)


def test_the_same_texts_make_the_same_model() -> None:
    assert to_bytes(learned(invent(80))) == to_bytes(learned(invent(80)))


def test_several_subjects_of_one_text_are_found() -> None:
    model = learned(invent(500, several=True), several=True)
    fresh = invent(200, seed=3, several=True)
    likely = model.probabilities(model.vocabulary.matrix([features(text) for text, _ in fresh]))
    chosen = put(model, likely)
    assert (chosen == truth_of(fresh)).all(axis=1).mean() > 0.8
    assert (chosen.sum(axis=1) > 1).any()


def test_a_model_is_kept_as_arrays_and_json_and_says_the_same_afterwards(model: Model) -> None:
    again = from_bytes(to_bytes(model))
    rows = model.vocabulary.matrix([features(text) for text, _ in invent(20, seed=4)])
    assert again.labels == model.labels
    assert np.allclose(again.probabilities(rows), model.probabilities(rows), atol=1e-4)


def test_scoring_loads_no_scikit_learn() -> None:
    loaded = (
        "import sys, heed.insight.themes.scoring; sys.exit('sklearn' in sys.modules or 'scipy.sparse' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", loaded], check=False, env={"PYTHONPATH": "src"}).returncode == 0


def test_little_to_learn_from_is_no_crash() -> None:
    few = [("cold dinner", {"food"}), ("car park", {"parking"})]
    model = learned(few)
    likely = model.probabilities(model.vocabulary.matrix([features("dinner")]))
    assert np.isfinite(likely).all()
    assert likely[0, LABELS.index("waiting")] < 0.01  # never seen, never suggested


def test_a_curve_follows_the_share_that_was_right() -> None:
    chance = np.random.default_rng(5)
    margin = chance.normal(size=(20_000, 1))
    truth = (chance.random((20_000, 1)) < 1 / (1 + np.exp(-(1.7 * margin - 0.6)))).astype(float)
    slope, shift = sigmoids(margin, truth)
    assert slope[0, 0] == pytest.approx(1.7, abs=0.1)
    assert shift[0] == pytest.approx(-0.6, abs=0.1)


def test_the_threshold_is_where_f1_is_best() -> None:
    likely, truth = np.array([0.9, 0.6, 0.4, 0.1]), np.array([1.0, 1.0, 0.0, 1.0])
    assert best_cut(likely, truth) == pytest.approx(0.05)  # all four: 6/7, against 4/5 for the first two
    assert best_cut(likely, np.zeros(4)) == 0.5
    assert thresholds(likely[:, None], truth[:, None])[0] == pytest.approx(0.05)


def test_the_threshold_of_a_rare_label_keeps_near_to_that_of_all() -> None:
    likely = np.array([[0.9, 0.2], [0.8, 0.1], [0.6, 0.1], [0.5, 0.1]])
    truth = np.array([[1.0, 1.0], [1.0, 0.0], [1.0, 0.0], [0.0, 0.0]])
    together, own = best_cut(likely.ravel(), truth.ravel()), best_cut(likely[:, 1], truth[:, 1])
    assert own == pytest.approx(0.15)
    assert thresholds(likely, truth)[1] == pytest.approx((own + 60 * together) / 61)


def test_measures_by_hand() -> None:
    truth = np.array([[1, 0, 0], [0, 1, 0], [0, 1, 1], [0, 0, 0]], dtype=bool)
    chosen = np.array([[1, 0, 0], [1, 0, 0], [0, 1, 1], [0, 0, 0]], dtype=bool)
    likely = np.array([[0.95, 0.03, 0.02], [0.65, 0.3, 0.05], [0.1, 0.75, 0.15], [0.35, 0.3, 0.3]])
    told = Judged(("a", "b", "c"), truth, chosen, likely, (9, 8, 7)).as_json()
    assert told["accuracy"] == 0.75
    assert told["micro_f1"] == pytest.approx(2 * 3 / (4 + 4))
    assert told["macro_f1"] == pytest.approx((2 / 3 + 2 / 3) / 2)  # c had seven examples to learn from
    assert told["per_label"]["b"] == {
        "precision": 1,
        "recall": 0.5,
        "f1": pytest.approx(2 / 3),
        "support": 2,
        "training": 8,
    }
    assert told["ece"] == pytest.approx((0.05 + 0.65 + 0.25 + 0.35) / 4)
    assert told["hit_at_3"] == 1


def test_no_text_with_a_label_is_no_figure() -> None:
    nothing = np.zeros((0, 2))
    assert hit_rate(nothing, nothing.astype(bool)) is None
    assert calibration_error(np.zeros(0), np.zeros(0, dtype=bool)) is None
