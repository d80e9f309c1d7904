"""The methods of `heed.statistics` for anyone to check: worked cases in, figures out."""

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

from heed.config.cli import CannotDo
from heed.config.watching import METHODS, watch_file
from heed.design import words
from heed.statistics.answering import answer
from heed.statistics.arrays import MODES

HELP = "compute control charts, funnels, early warning and more for worked cases"
NEEDS_DJANGO = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Reads a JSON list of {"id", "kind", "params", "input"} and prints one JSON object: the answer to each by its id, or
    {"error": a sentence}. Numbers that do not exist are null.

    `heed statistics detect` watches many series week by week instead: --series, --from, --to and --out are needed. Files
    are CSV, or CSV.GZ, a series a line, oldest week first. It writes series, week, y, mu, phi, upper, p and alarm."""
    parser.add_argument("file", metavar="FILE", help="the cases, - for what is piped in, or the word detect")
    parser.add_argument(
        "--mode",
        choices=MODES,
        default="reference",
        help="the figures of the reference programs, or Heed's own; default: %(default)s",
    )
    parser.add_argument("--series", metavar="FILE", help="detect: the counts")
    parser.add_argument("--add", metavar="FILE", help="detect: counts to add to them, such as invented outbreaks")
    parser.add_argument(
        "--from", dest="first", type=int, metavar="WEEK", help="detect: the first week to watch, from 1"
    )
    parser.add_argument("--to", dest="last", type=int, metavar="WEEK", help="detect: the last week to watch")
    parser.add_argument(
        "--method", choices=sorted(METHODS), default="default", help="detect: the early warning; default: %(default)s"
    )
    parser.add_argument(
        "--exposure", metavar="FILE", help="detect: what counts are proportional to; one line does for all"
    )
    parser.add_argument("--out", metavar="FILE", help="detect: where to write what was found")


def run(arguments: argparse.Namespace) -> int:
    """Print the answers, or write what was detected."""
    if arguments.file == "detect":
        return _detect(arguments)
    answers = {case["id"]: answer(case, arguments.mode) for case in read_cases(arguments.file)}
    print(json.dumps(answers, allow_nan=False))
    return 0


def _detect(arguments: argparse.Namespace) -> int:
    needed = {"series": arguments.series, "from": arguments.first, "to": arguments.last, "out": arguments.out}
    missing = [f"--{name}" for name, value in needed.items() if value is None]
    if missing:
        raise CannotDo(f"detect also needs {', '.join(missing)}")
    began = time.monotonic()
    alarms = watch_file(
        arguments.series, arguments.out, first=arguments.first, last=arguments.last, method=arguments.method,
        add=arguments.add, exposure=arguments.exposure,
    )  # fmt: skip
    print(f"{words.count(alarms, 'alarm')} in {time.monotonic() - began:.1f} s, written to {arguments.out}")
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
