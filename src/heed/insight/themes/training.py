"""Learns a model from coded texts: linear machines on the features, calibrated on texts that they had not seen.

The one module that needs scikit-learn, inside its functions only: pages never load it."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from heed.insight.themes.calibration import CHOSEN, sigmoids, thresholds
from heed.insight.themes.scoring import Model, probable
from heed.insight.themes.tokens import Features
from heed.insight.themes.vectors import Sparse, vocabulary
from heed.statistics.arrays import Floats, Integers

SEED = 20260401
FOLDS = 5
BALANCE = 0.5  # rare labels count for more: by the square root of how rare they are
STRENGTH = {False: 0.1, True: 0.3}  # of one label a text, and of several
MIXING_BALANCE, MIXING_STRENGTH = 0.25, 3.0
NEVER = -1.0  # the margin of a label that there was nothing to learn of


def train(
    texts: Sequence[Features], labels: Sequence[str], truth: Floats, *, several: bool, of: Sequence[str] | None = None
) -> Model:
    """Learn from `texts` with their `truth` (texts, labels), 1 where the label is the text's. With the same input, the
    same model. `several` false: each text has exactly one label. `of`: the complaint that each text belongs to."""
    known = vocabulary(texts, of)
    rows = _sparse(known.matrix(texts))
    unseen = np.full(truth.shape, NEVER)
    for learned, held in _folds(truth, of):
        weights, bias = _machines(rows[learned], truth[learned], several)
        unseen[held] = rows[held] @ weights + bias
    weights, bias = _machines(rows, truth, several)
    mixing, shift = sigmoids(unseen, truth) if several else _mixing(unseen, truth)
    cuts = thresholds(probable(unseen @ mixing + shift, True), truth) if several else np.full(len(labels), CHOSEN)
    examples = tuple(int(count) for count in truth.sum(axis=0))
    return Model(tuple(labels), known, weights, bias, mixing, shift, cuts, examples, several)


def _sparse(rows: Sparse) -> Any:
    import scipy.sparse

    shape = (len(rows.starts) - 1, rows.width)
    return scipy.sparse.csr_matrix((rows.values, rows.columns, rows.starts), shape=shape)


def _folds(truth: Floats, of: Sequence[str] | None) -> Iterator[tuple[Integers, Integers]]:
    """Places of the texts to learn from and to hold back: each label spread evenly, by its rarest label of a text,
    and the texts of a complaint together."""
    order = np.random.default_rng(SEED).permutation(len(truth))
    rarest = np.where(truth > 0, truth.sum(axis=0), np.inf).argmin(axis=1)
    dealt = np.empty(len(truth), dtype=np.int64)
    in_turn = order[np.argsort(rarest[order], kind="stable")]
    dealt[in_turn] = np.arange(len(truth)) % FOLDS
    if of:
        _, first, belongs = np.unique(np.array(of), return_index=True, return_inverse=True)
        dealt = dealt[first][belongs]
    for fold in range(FOLDS):
        yield np.flatnonzero(dealt != fold), np.flatnonzero(dealt == fold)


def _machines(rows: Any, truth: Floats, several: bool) -> tuple[Floats, Floats]:
    """A linear support vector machine for each label against the rest: weights (features, labels) and biases."""
    import sklearn.svm

    weights = np.zeros((rows.shape[1], truth.shape[1]))
    bias = np.full(truth.shape[1], NEVER)
    for label, column in enumerate(truth.T):
        if not (rows.shape[1] and 0 < column.sum() < len(column)):
            continue
        machine = sklearn.svm.LinearSVC(C=STRENGTH[several], random_state=SEED)
        machine.fit(rows, column, sample_weight=_weigh(column, truth, several))
        weights[:, label], bias[label] = machine.coef_[0], machine.intercept_[0]
    return weights, bias


def _weigh(column: Floats, truth: Floats, several: bool) -> Floats:
    """What each text counts for: with one label a text by that label, else by whether it has the label learned."""
    if several:
        of = np.where(column > 0, column.sum(), len(column) - column.sum())
        return np.asarray((len(column) / (2 * of)) ** BALANCE)
    return _by_rarity(truth, BALANCE)


def _by_rarity(truth: Floats, power: float) -> Floats:
    counts = np.maximum(truth.sum(axis=0), 1)
    return np.asarray(((len(truth) / (truth.shape[1] * counts)) ** power)[truth.argmax(axis=1)])


def _mixing(unseen: Floats, truth: Floats) -> tuple[Floats, Floats]:
    """What turns margins into log odds of one label among all, learned from texts that the machines had not seen."""
    import sklearn.linear_model

    size = truth.shape[1]
    machine = sklearn.linear_model.LogisticRegression(C=MIXING_STRENGTH, max_iter=2000, tol=1e-3)
    machine.fit(unseen, truth.argmax(axis=1), sample_weight=_by_rarity(truth, MIXING_BALANCE))
    mixing, shift = np.zeros((size, size)), np.full(size, -20.0)
    if len(machine.classes_) == 2:  # one column for both
        mixing[:, machine.classes_[1]], shift[machine.classes_] = machine.coef_[0], [0.0, machine.intercept_[0]]
    else:
        mixing[:, machine.classes_], shift[machine.classes_] = machine.coef_.T, machine.intercept_
    return mixing, shift
