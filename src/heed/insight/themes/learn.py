"""Learns a model in a process of its own, so that neither its library nor its memory stays: JSON in, a model out.

In: {"labels": [...], "texts": [{"text", "asked", "without": [words], "labels": [...], "of": complaint}]}, oldest first, those of
one complaint together. Out: a line of JSON with what the model gets right of the latest fifth when it learns from the rest,
and then the model learned from all."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np

from heed.insight.themes.evaluating import evaluate
from heed.insight.themes.scoring import to_bytes
from heed.insight.themes.tokens import Features, features
from heed.insight.themes.training import train

LATEST = 0.2
MOST_SECONDS = 1800


class CouldNotLearn(Exception):
    """What the process said before it failed."""


def learn_apart(given: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Run this module as a process: the measures, and the model as bytes. Raises CouldNotLearn."""
    place = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3]), "OMP_NUM_THREADS": "1"}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "heed.insight.themes.learn"], input=json.dumps(given).encode(), capture_output=True,
            check=False, timeout=MOST_SECONDS, env=place,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise CouldNotLearn("it took too long") from None
    if done.returncode:
        raise CouldNotLearn(done.stderr.decode(errors="replace").strip().rpartition("\n")[2][:200])
    measured, _, content = done.stdout.partition(b"\n")
    return json.loads(measured), content


def learn(given: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """What the process does."""
    labels, texts = given["labels"], given["texts"]
    found = [features(one["text"], one["asked"], frozenset(one["without"])) for one in texts]
    truth = np.array([[label in one["labels"] for label in labels] for one in texts])
    of = [one["of"] for one in texts]
    model = train(found, labels, truth.astype(float), several=True, of=of)
    return _measured(found, truth, of, labels), to_bytes(model)


def _measured(found: list[Features], truth: Any, of: list[str], labels: list[str]) -> dict[str, Any]:
    """Split by time: what comes later is what a model is asked about."""
    cut = int(len(found) * (1 - LATEST))
    while 0 < cut < len(found) and of[cut] == of[cut - 1]:
        cut += 1
    judged = evaluate(found[:cut], truth[:cut], found[cut:], truth[cut:], tuple(labels), several=True, of=of[:cut])
    return {"n_train": cut, "n_test": len(found) - cut, **judged.as_json()}


if __name__ == "__main__":
    told, content = learn(json.load(sys.stdin))
    sys.stdout.buffer.write(json.dumps(told, allow_nan=False).encode() + b"\n" + content)
