"""Coded texts in a CSV file, for `heed themes`."""

import csv
import gzip
import io
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from heed.config.cli import CannotDo
from heed.statistics.arrays import Flags

GZIP = b"\x1f\x8b"
YES, NO = ("1", "1.0"), ("0", "0.0", "")


@dataclass(frozen=True)
class Labelled:
    """The texts of a file that are not empty, with what was asked and their labels, as they stand in the columns.
    `skipped`: how many were empty."""

    texts: list[str]
    asked: list[str]
    cells: list[list[str]]
    lines: list[int]
    name: str
    skipped: int


def read(file: str, text: str, labels: list[str], asked: list[str]) -> Labelled:
    """Read the columns. Raises CannotDo where the file cannot be read or has not all of them."""
    lines = _rows(file)
    header = [name.strip() for name in next(lines, [])]
    places = {name: place for place, name in reversed(list(enumerate(header)))}
    if missing := [name for name in (text, *labels, *asked) if name not in places]:
        raise CannotDo(f"{file} has no column {', '.join(missing)}. It has: {', '.join(header) or 'none'}.")
    found = Labelled([], [], [], [], file, 0)
    skipped = 0
    for number, row in enumerate(lines, start=2):
        cells = row + [""] * (len(header) - len(row))
        if not cells[places[text]].strip():
            skipped += any(cell.strip() for cell in cells)  # an empty line is no text at all
            continue
        found.texts.append(cells[places[text]])
        found.asked.append(" ".join(cells[places[name]] for name in asked))
        found.cells.append([cells[places[name]].strip() for name in labels])
        found.lines.append(number)
    if not found.texts:
        raise CannotDo(f"{file} holds no text in the column {text}")
    return Labelled(found.texts, found.asked, found.cells, found.lines, file, skipped)


def _rows(file: str) -> Iterator[list[str]]:
    """The rows of the file, the header first: commas, semicolons or tabs, whichever the first line has most of."""
    csv.field_size_limit(sys.maxsize)
    words = _decoded(file, _content(file)).replace("\0", "")
    first = words.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        yield from csv.reader(io.StringIO(words, newline=""), delimiter=delimiter)
    except csv.Error as reason:
        raise CannotDo(f"{file} is not CSV: {reason}") from None


def _content(file: str) -> bytes:
    try:
        content = Path(file).read_bytes()
        return gzip.decompress(content) if content.startswith(GZIP) else content
    except (EOFError, zlib.error, gzip.BadGzipFile) as reason:
        raise CannotDo(f"{file} is not a whole gzip file: {reason}") from None
    except OSError as reason:
        raise CannotDo(f"{file} cannot be read: {reason.strerror or reason}") from None


def _decoded(file: str, content: bytes) -> str:
    """UTF-16 and UTF-8 by their marks, UTF-8 where it is valid, else what Windows writes in western Europe."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError as reason:
            raise CannotDo(f"{file} is not UTF-16 although it begins like it: {reason}") from None
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def one_label(of: Labelled, names: list[str]) -> Flags:
    """(texts, labels): which of the names each text carries; none of them where it carries another."""
    return np.array([[name == row[0] for name in names] for row in of.cells], dtype=bool)


def names_of(*files: Labelled) -> list[str]:
    """The labels that the files' one column holds. Raises CannotDo where a text has none."""
    for file in files:
        for row, line in zip(file.cells, file.lines, strict=True):
            if not row[0]:
                raise CannotDo(f"{file.name}, line {line}: the text has no label")
    return sorted({row[0] for file in files for row in file.cells})


def several_labels(of: Labelled, names: list[str]) -> Flags:
    """(texts, labels): which columns hold 1. Raises CannotDo for anything but 0, 1 and nothing."""
    for row, line in zip(of.cells, of.lines, strict=True):
        for name, cell in zip(names, row, strict=True):
            if cell not in (*YES, *NO):
                raise CannotDo(f"{of.name}, line {line}: {name} must be 0 or 1, and is {cell[:40]!r}")
    return np.array([[cell in YES for cell in row] for row in of.cells], dtype=bool)
