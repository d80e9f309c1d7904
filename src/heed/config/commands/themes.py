"""How well subjects are suggested, for anyone to check on coded texts of their own."""

import argparse
import json
from typing import Any

from heed.config import labelled
from heed.config.cli import CannotDo
from heed.insight.themes.evaluating import evaluate
from heed.insight.themes.tokens import features

HELP = "measure how well subjects are suggested for texts"
NEEDS_DJANGO = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Learns from one file of coded texts, suggests for another, and prints what came of it as JSON.

    With one --label, its column holds the name of each text's label. With several, each is a column of its own with 1 in
    it where the label is the text's, and 0 or nothing where not. Thresholds and probabilities are worked out within the
    file learned from. The same files give the same figures.

    Files are CSV, gzipped or not, with a header. Texts that are empty are skipped and counted."""
    parser.add_argument("what", choices=["evaluate"], help="what to do")
    parser.add_argument("--train", required=True, metavar="FILE", help="the texts to learn from")
    parser.add_argument("--test", required=True, metavar="FILE", help="the texts to suggest for")
    parser.add_argument("--text", required=True, metavar="COLUMN", help="where the text stands")
    parser.add_argument("--label", required=True, action="append", metavar="COLUMN", help="where a label stands")
    parser.add_argument(
        "--context", action="append", default=[], metavar="COLUMN", help="where the question stands that was asked"
    )


def run(arguments: argparse.Namespace) -> int:
    """Print the measures."""
    labels = list(dict.fromkeys(arguments.label))
    train, test = (
        labelled.read(file, arguments.text, labels, arguments.context) for file in (arguments.train, arguments.test)
    )
    several = len(labels) > 1
    if several:
        truths = [labelled.several_labels(of, labels) for of in (train, test)]
    else:
        labels = labelled.names_of(train, test)
        truths = [labelled.one_label(of, labels) for of in (train, test)]
    if (truths[0].sum(axis=0) > 0).sum() < 2:
        raise CannotDo(f"{arguments.train} holds fewer than two labels, so there is nothing to tell apart")
    judged = evaluate(_features(train), truths[0], _features(test), truths[1], tuple(labels), several=several)
    counts: dict[str, Any] = {
        "n_train": len(train.texts), "n_test": len(test.texts), "skipped": train.skipped + test.skipped
    }  # fmt: skip
    print(json.dumps({**counts, **judged.as_json()}, allow_nan=False, ensure_ascii=False, indent=1))
    return 0


def _features(of: labelled.Labelled) -> list[Any]:
    return [features(text, asked) for text, asked in zip(of.texts, of.asked, strict=True)]
