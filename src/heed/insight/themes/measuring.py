"""How good suggestions are, held beside how people coded."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from heed.statistics.arrays import Flags, Floats, Integers

LEARNABLE = 8  # examples that a label was learned from, to count in the mean over labels
FIRST = 3
BINS = 10


@dataclass(frozen=True)
class Judged:
    """`truth` and `put` (texts, labels): what people said and what the model would put; `likely`, its probabilities;
    `trained`: examples that each label was learned from."""

    labels: tuple[str, ...]
    truth: Flags
    put: Flags
    likely: Floats
    trained: tuple[int, ...]

    def as_json(self) -> dict[str, Any]:
        """All measures by their names; None where there is nothing to measure."""
        hits, put, real = (self.truth & self.put).sum(axis=0), self.put.sum(axis=0), self.truth.sum(axis=0)
        f1 = [_ratio(2 * h, p + r) for h, p, r in zip(hits, put, real, strict=True)]
        learnable = [one or 0.0 for one, many in zip(f1, self.trained, strict=True) if many >= LEARNABLE]
        per_label = {
            label: {
                "precision": _ratio(hits[n], put[n]), "recall": _ratio(hits[n], real[n]), "f1": f1[n],
                "support": int(real[n]), "training": self.trained[n],
            }
            for n, label in enumerate(self.labels)
        }  # fmt: skip
        return {
            "accuracy": _mean((self.truth == self.put).all(axis=1)),
            "macro_f1": sum(learnable) / len(learnable) if learnable else None,
            "micro_f1": _ratio(2 * hits.sum(), put.sum() + real.sum()),
            "hit_at_3": hit_rate(self.likely, self.truth),
            "ece": calibration_error(*top(self.likely, self.truth)),
            "per_label": per_label,
        }


def top(likely: Floats, truth: Flags) -> tuple[Floats, Flags]:
    """The probability of the first suggestion for each text, and whether it was right."""
    first = likely.argmax(axis=1)
    rows = np.arange(len(likely))
    return likely[rows, first], truth[rows, first]


def hit_rate(likely: Floats, truth: Flags) -> float | None:
    """Of the texts that have a label, the share with one of theirs among the first three suggestions."""
    has = np.asarray(truth.any(axis=1))
    hit = np.asarray(np.take_along_axis(truth, ranked(likely), axis=1).any(axis=1))
    return _mean(hit[has])


def ranked(likely: Floats, most: int = FIRST) -> Integers:
    """The places of the most likely labels of each text, the likeliest first."""
    return np.argsort(-likely, axis=1, kind="stable")[:, :most]


def calibration_error(sure: Floats, right: Flags) -> float | None:
    """Expected calibration error: how far the probability of suggestions and the share that was right lie apart, on
    average over ten equal bins of probability, each weighed by how many suggestions fall in it."""
    if not len(sure):
        return None
    of = np.minimum((sure * BINS).astype(int), BINS - 1)
    apart = [abs(sure[of == one].sum() - right[of == one].sum()) for one in range(BINS)]
    return float(sum(apart) / len(sure))


def _mean(values: Any) -> float | None:
    return float(values.mean()) if len(values) else None


def _ratio(part: float, whole: float) -> float | None:
    return float(part / whole) if whole else None
