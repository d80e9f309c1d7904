"""Writes the generated pages of the documentation."""

import argparse

from heed.config.reference import ROOT, pages

HELP = "write the generated pages of the documentation"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Write docs/reference/ and the map in docs/architecture.md from the code. With --check nothing is written: the
    pages that are not what the code says now are named, and the exit code is 1 if there are any."""
    parser.add_argument("--check", action="store_true", help="only say which pages are out of date")


def run(arguments: argparse.Namespace) -> int:
    """Compare, and write what differs."""
    stale = [(path, text) for path, text in pages().items() if not path.exists() or path.read_text() != text]
    for path, text in stale:
        if not arguments.check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        print(f"{'out of date' if arguments.check else 'written'}: {path.relative_to(ROOT)}")
    return 1 if stale and arguments.check else 0
