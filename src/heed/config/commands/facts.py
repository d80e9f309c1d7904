"""Keeps the snapshot of the facts, from which figures are worked out where there are very many."""

import argparse
import time

from django.utils import timezone
from django.utils.timezone import localtime

from heed.config.cli import CannotDo
from heed.config.server import refuse_unmigrated
from heed.design import words
from heed.insight.snapshots import checking, manifest, refreshing

HELP = "bring the snapshot of the facts up to date, make it anew, or check it"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Figures of very many cases are worked out from a snapshot of the facts in HEED_DATA/facts, which the worker
    brings up to date every few minutes. See docs/how-to/figures-at-size.md.

    refresh takes what has changed since; rebuild writes all of it anew, which is never necessary but after files were
    lost; check compares it with the database, row by row, and prints a line for each difference (exit code 1)."""
    parser.add_argument("what", choices=["refresh", "rebuild", "check"])


def run(arguments: argparse.Namespace) -> int:
    """Exit code 1 with `check`: it differs; 2: another process is writing it."""
    refuse_unmigrated()
    try:
        return _check() if arguments.what == "check" else _refresh(whole=arguments.what == "rebuild")
    except refreshing.Busy:
        raise CannotDo("another process is writing the snapshot; try again when it is done") from None


def _refresh(*, whole: bool) -> int:
    began = time.monotonic()
    done = refreshing.refresh(at=timezone.now(), whole=whole)
    if done is None:
        raise refreshing.Busy
    print(
        f"{words.count(done.changes, 'change', 'changes')} taken, {words.count(done.files, 'file', 'files')} written"
        f"{', all anew' if done.whole else ''} in {time.monotonic() - began:.1f} s"
    )
    return 0


def _check() -> int:
    found = 0
    for line in checking.problems():
        print(line)
        found += 1
    stood = manifest.current(refreshing.folder())
    if stood:
        print(f"{words.count(stood.rows, 'fact', 'facts')} as of {localtime(stood.as_of):%d %B %Y, %H:%M}")
    print(words.count(found, "difference", "differences"))
    return 1 if found else 0
