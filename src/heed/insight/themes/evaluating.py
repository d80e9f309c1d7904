"""Learns from some coded texts and judges the suggestions for others."""

from collections.abc import Sequence

import numpy as np

from heed.insight.themes.measuring import Judged
from heed.insight.themes.scoring import Model
from heed.insight.themes.tokens import Features
from heed.insight.themes.training import train
from heed.statistics.arrays import Flags, Floats


def evaluate(
    learned: Sequence[Features],
    learned_truth: Flags,
    judged: Sequence[Features],
    truth: Flags,
    labels: tuple[str, ...],
    *,
    several: bool,
    of: Sequence[str] | None = None,
) -> Judged:
    """Learn from `learned`, suggest for `judged`, and hold it beside the truth, both (texts, labels). `of`: the
    complaint that each text learned from belongs to."""
    model = train(learned, labels, learned_truth.astype(float), several=several, of=of)
    likely = model.probabilities(model.vocabulary.matrix(judged))
    return Judged(labels, truth, put(model, likely), likely, model.trained)


def put(model: Model, likely: Floats) -> Flags:
    """The labels that the model would put to each text: the likeliest, or of several all from their thresholds on."""
    if model.several:
        return np.asarray((likely >= model.thresholds) & (np.array(model.trained) > 0))
    chosen = np.zeros(likely.shape, dtype=bool)
    chosen[np.arange(len(likely)), likely.argmax(axis=1)] = True
    return chosen
