"""The list of the rows that were not taken in, as a CSV file that no spreadsheet runs anything of."""

import csv
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

from heed.feedback.importing.rows import Rejected
from heed.feedback.importing.shape import shown

GUARDED = ("=", "+", "-", "@", "\t", "\r")


class Report:
    """Row, reason and the original columns, written as they come. Only when it is closed it takes its name, so that
    nobody takes half of one for the whole. Raises OSError when it cannot be written."""

    def __init__(self, path: Path):
        self.path, self.partial = path, path.with_name(path.name + ".partial")
        self.file = self.partial.open("w", newline="", encoding="utf-8")
        self.writer = csv.writer(self.file)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.file.close()
        if kind is None:
            self.partial.replace(self.path)

    def begin(self, header: Iterable[str]) -> None:
        self.writer.writerow(["row", "reason", *map(guarded, header)])

    def add(self, rejected: Iterable[Rejected]) -> None:
        for one in rejected:
            cells = [guarded(shown(cell)) for cell in one.line.cells]
            self.writer.writerow([one.line.number, one.reason, *cells])


def guarded(text: str) -> str:
    """A cell that no spreadsheet takes for a formula, and that every CSV reader takes."""
    clean = text.replace("\x00", "\ufffd").encode("utf-8", "replace").decode()
    return f"'{clean}" if clean.startswith(GUARDED) else clean
