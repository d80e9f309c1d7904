"""Makes probabilities of margins, and says from which probability a label is put to a text that may have several.

Learned from margins of texts that the machines had not seen, or they would be too sure of themselves."""

import numpy as np

from heed.statistics.arrays import Floats

CHOSEN = 0.5
ROUNDS = 50
RIDGE = 0.5  # keeps the slope of a label with few examples finite
SHRUNK = 60.0  # examples: a label with fewer keeps nearer to the threshold of all labels together


def sigmoids(margins: Floats, truth: Floats) -> tuple[Floats, Floats]:
    """A logistic curve for each label, by itself: (labels, labels), its slopes on the diagonal, and shifts."""
    found = [_sigmoid(margins[:, label], truth[:, label]) for label in range(truth.shape[1])]
    return np.diag([slope for slope, _ in found]), np.array([shift for _, shift in found])


def _sigmoid(margin: Floats, truth: Floats) -> tuple[float, float]:
    """Slope and shift by Newton's method; of a label without any example or without any other, its share alone."""
    share = (truth.sum() + 0.1) / (len(truth) + 1)
    at = np.array([0.0, np.log(share / (1 - share))])
    if not 0 < truth.sum() < len(truth):
        return 0.0, float(at[1])
    design = np.column_stack([margin, np.ones(len(margin))])
    ridge = np.array([RIDGE, 0.0])
    for _ in range(ROUNDS):
        likely = 1 / (1 + np.exp(-np.clip(design @ at, -30, 30)))
        slope = design.T @ (truth - likely) - ridge * at
        bend = (design * (likely * (1 - likely))[:, None]).T @ design + np.diag(ridge + 1e-9)
        step = np.clip(np.linalg.solve(bend, slope), -2, 2)
        at = at + step
        if np.abs(step).max() < 1e-8:
            break
    return float(at[0]), float(at[1])


def thresholds(likely: Floats, truth: Floats) -> Floats:
    """For each label the probability from which it is put to a text: what gives the best F1 on these texts, drawn to that
    of all labels together the fewer examples there are."""
    together = best_cut(likely.ravel(), truth.ravel())
    examples = truth.sum(axis=0)
    own = [best_cut(likely[:, label], truth[:, label]) for label in range(truth.shape[1])]
    return np.asarray((examples * np.array(own) + SHRUNK * together) / (examples + SHRUNK))


def best_cut(likely: Floats, truth: Floats) -> float:
    """The probability from which on F1 is best: midway between the last text taken and the first left out."""
    if not truth.any():
        return CHOSEN
    order = np.argsort(-likely, kind="stable")
    ranked = likely[order]
    hits = np.cumsum(truth[order])
    f1 = 2 * hits / (np.arange(1, len(ranked) + 1) + truth.sum())
    f1[np.append(ranked[1:] == ranked[:-1], False)] = 0  # equals are taken together
    last = int(f1.argmax())
    following = ranked[last + 1] if last + 1 < len(ranked) else 0.0
    return float((ranked[last] + following) / 2)
