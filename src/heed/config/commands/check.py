"""Compares what is kept with what it was made from."""

import argparse
import sys
from collections.abc import Iterator

from django.apps import apps
from django.db import connection
from tqdm import tqdm

from heed.audit import triggers
from heed.cases import checks as cases
from heed.design import words
from heed.documents import queries as documents
from heed.facts import queries as facts
from heed.feedback import checks as feedback
from heed.feedback import survey_checks as answers
from heed.learning import analysis_checks as lessons
from heed.learning import checks as learning
from heed.learning import piece_checks as told
from heed.search import queries as search

HELP = "compare status, dates, facts and search entries with what they follow from"

# By their names alone: Django's own way reads and parses how each table was made, which takes a second.
INDEXES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'index'",
    "postgresql": "SELECT indexname FROM pg_indexes WHERE schemaname = current_schema()",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Compare the events of every case with its status; facts, search entries and due dates with what is worked out
    again; files with their hashes; and look for the triggers and indexes that should be there.

    A line for each difference; exit code 1 on any."""
    parser.add_argument("--sample", type=int, metavar="N", help="only N of each kind, chosen at random")


def run(arguments: argparse.Namespace) -> int:
    """Print a line a difference."""
    found = 0
    for line in _lines(arguments.sample):
        tqdm.write(line, file=sys.stdout)
        found += 1
    if invented := facts.invented_count():
        print(
            f"{words.count(invented, 'case fact', 'case facts')} of `heed seed --facts-only`, with no case behind them"
        )
    print(f"{found} differences" if found != 1 else "1 difference")
    return 1 if found else 0


def _lines(sample: int | None) -> Iterator[str]:
    yield from (f"the trigger {name} is missing: run `heed manage migrate`" for name in triggers.missing(connection))
    yield from _missing_indexes()
    for name, checks in (
        ("feedback", feedback),
        ("answers", answers),
        ("cases", cases),
        ("actions", learning),
        ("what was learned", lessons),
        ("what is told", told),
    ):
        many = checks.count() if sample is None else min(sample, checks.count())
        with tqdm(total=many, desc=f"Checking {name}", unit=" rows", leave=False) as bar:
            for compared, lines in checks.problems(sample):
                bar.update(compared)
                yield from lines
    yield from (gap.sentence for gap in search.differences(sample))
    yield from documents.problems(sample=sample)


def _missing_indexes() -> Iterator[str]:
    """Indexes that the tables of this version should have."""
    with connection.cursor() as cursor:
        cursor.execute(INDEXES[connection.vendor])
        names = {name.lower() for (name,) in cursor.fetchall()}
    for model in apps.get_models():
        if model.__module__.startswith("heed."):
            for index in model._meta.indexes:
                if index.name.lower() not in names:
                    yield f"the index {index.name} of {model._meta.db_table} is missing"
