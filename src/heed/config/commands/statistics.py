"""The methods of `heed.statistics` for anyone to check: worked cases in, figures out."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from heed.config.cli import CannotDo
from heed.statistics.answering import answer
from heed.statistics.arrays import MODES

HELP = "compute control charts, funnels, early warning and more for worked cases"
NEEDS_DJANGO = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Reads a JSON list of {"id", "kind", "params", "input"} and prints one JSON object: the answer to each by its id, or
    {"error": a sentence}. Numbers that do not exist are null."""
    parser.add_argument("file", metavar="FILE", help="the cases, or - for what is piped in")
    parser.add_argument(
        "--mode",
        choices=MODES,
        default="reference",
        help="the figures of the reference programs, or Heed's own; default: %(default)s",
    )


def run(arguments: argparse.Namespace) -> int:
    """Print the answers."""
    answers = {case["id"]: answer(case, arguments.mode) for case in read_cases(arguments.file)}
    print(json.dumps(answers, allow_nan=False))
    return 0


def read_cases(file: str) -> list[dict[str, Any]]:
    """The cases of a file, each with an id. Raises CannotDo."""
    name = "what was piped in" if file == "-" else file
    try:
        content = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        cases = json.loads(content.decode("utf-8-sig"))
    except OSError as reason:
        raise CannotDo(f"{name} cannot be read: {reason.strerror or reason}") from None
    except (ValueError, RecursionError) as reason:
        raise CannotDo(f"{name} is not JSON: {reason}") from None
    if not isinstance(cases, list) or not all(
        isinstance(case, dict) and isinstance(case.get("id"), str) for case in cases
    ):
        raise CannotDo(f"{name} must hold a list of cases, each with an id")
    return cases
