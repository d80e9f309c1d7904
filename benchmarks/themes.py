"""How well subjects are suggested: `python benchmarks/themes.py FILE --text COLUMN --label COLUMN ... [--context COLUMN]
[--folds 5] [--seed 0] [--apart]`.

Every fifth of the texts is suggested for by a model that learned from the other four; all measures are of the same one
model a fold. `--apart` keeps equal texts in the same fold, so that no text is judged that was learned from. Prints the
measures over all texts, and the mean and the range over the folds."""

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from heed.config import labelled
from heed.insight.themes.evaluating import put
from heed.insight.themes.measuring import Judged
from heed.insight.themes.tokens import features, words
from heed.insight.themes.training import train

SHOWN = ("accuracy", "macro_f1", "micro_f1", "hit_at_3", "ece")


def dealt(texts: list[str], folds: int, seed: int, *, apart: bool) -> np.ndarray:
    """The fold of each text."""
    if not apart:
        return np.random.default_rng(seed).permutation(len(texts)) % folds
    keys = [" ".join(words(text)) for text in texts]
    places = {key: place for place, key in enumerate(dict.fromkeys(keys))}
    chosen = np.random.default_rng(seed).permutation(len(places)) % folds
    return np.array([chosen[places[key]] for key in keys])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("--text", required=True)
    parser.add_argument("--label", action="append", required=True)
    parser.add_argument("--context", action="append", default=[])
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--apart", action="store_true")
    asked = parser.parse_args()
    several = len(asked.label) > 1
    data = labelled.read(asked.file, asked.text, asked.label, asked.context)
    labels = asked.label if several else labelled.names_of(data)
    truth = labelled.several_labels(data, labels) if several else labelled.one_label(data, labels)
    texts = [features(text, question) for text, question in zip(data.texts, data.asked, strict=True)]
    fold_of = dealt(data.texts, asked.folds, asked.seed, apart=asked.apart)
    chosen, likely, found, least = np.zeros_like(truth), np.zeros(truth.shape), [], np.full(len(labels), 10**9)
    began = time.perf_counter()
    for fold in range(asked.folds):
        learned, held = np.flatnonzero(fold_of != fold), np.flatnonzero(fold_of == fold)
        model = train([texts[n] for n in learned], labels, truth[learned].astype(float), several=several)
        likely[held] = model.probabilities(model.vocabulary.matrix([texts[n] for n in held]))
        chosen[held] = put(model, likely[held])
        least = np.minimum(least, model.trained)
        found.append(Judged(tuple(labels), truth[held], chosen[held], likely[held], model.trained).as_json())
    whole = Judged(tuple(labels), truth, chosen, likely, tuple(least)).as_json()
    report: dict[str, Any] = {"texts": len(texts), "seconds_a_fold": (time.perf_counter() - began) / asked.folds}
    for name in SHOWN:
        each = [one[name] for one in found]
        report[name] = f"{whole[name]:.4f}  (mean of folds {np.mean(each):.4f}, {min(each):.4f} to {max(each):.4f})"
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
