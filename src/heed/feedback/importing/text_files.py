"""Rows out of a CSV file, whatever its encoding and however its quotation marks stand."""

import codecs
import csv
import gzip
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

from heed.feedback.importing.shape import MOST_EXPANDED, Record, Unreadable

LONGEST_CELL = 10 * 2**20  # characters
LONGEST_LINE = 4 * LONGEST_CELL
NOT_UTF_8 = "It is not all UTF-8; the rest is read as Windows-1252: look at accented letters and pound signs."
UNCLOSED = "a quotation mark in it is opened and not closed"
TOO_LONG = f"a cell of it is longer than {LONGEST_CELL:,} characters, or {UNCLOSED}"
Opener = Callable[..., IO[Any]]


def read(path: Path, packed: bool) -> tuple[Iterator[Record], str]:
    """The records to come, the header among them, and what to tell of the encoding. Raises Unreadable, also later."""
    opener: Opener = gzip.open if packed else open
    encoding, note = _encoding(opener, path)
    return _records(opener, path, encoding), note


def _encoding(opener: Opener, path: Path) -> tuple[str, str]:
    """UTF-16 where it shows; else UTF-8, with a note where it is not all of it."""
    try:
        with opener(path, "rb") as file:
            start = file.read(4)
            if encoding := _utf_16(start):
                return encoding, ""
            return "utf-8-sig", "" if _is_utf_8(start, file) else NOT_UTF_8
    except (OSError, EOFError) as error:
        raise _damaged(error) from None


def _damaged(error: Exception) -> Unreadable:
    return Unreadable(f"The file is damaged: {str(error).rstrip('.')}.")


def _utf_16(start: bytes) -> str:
    """Its name for the decoder, by the mark at the start or by the empty half of the first two characters."""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    empty = [place for place, byte in enumerate(start) if byte == 0]
    return "utf-16-le" if empty == [1, 3] else "utf-16-be" if empty == [0, 2] else ""


def _is_utf_8(start: bytes, file: IO[bytes]) -> bool:
    """Whether all of it is. Raises Unreadable where it unpacks to more than anybody's file."""
    decoder, block, seen, fine = codecs.getincrementaldecoder("utf-8")(), start, 0, True
    while block:
        seen += len(block)
        if seen > MOST_EXPANDED:
            raise Unreadable("The file is larger than 2 GB when unpacked. Split it into several.")
        try:
            fine = fine and decoder.decode(block) is not None
        except UnicodeDecodeError:
            fine = False
        block = file.read(1 << 20)
    return fine and not decoder.getstate()[0]


class _Lines:
    """The lines of a file. `taken` are those read since it was last cleared; some of them can be given back."""

    def __init__(self, file: IO[str]):
        self.file, self.waiting, self.taken = file, deque[str](), list[str]()

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self.waiting.popleft() if self.waiting else self.file.readline(LONGEST_LINE)
        if not line:
            raise StopIteration
        if len(line) == LONGEST_LINE:
            raise Unreadable(f"A line is longer than {LONGEST_LINE:,} characters, so this is no CSV file.")
        self.taken.append(line)
        return _mended(line)

    def give_back(self, lines: list[str]) -> None:
        self.waiting.extendleft(reversed(lines))


def _mended(line: str) -> str:
    """The line with its bytes that are not UTF-8 read as what they probably are."""
    try:
        line.encode()
    except UnicodeEncodeError:
        raw = line.encode("utf-8", "surrogateescape")
        try:
            return raw.decode("utf-8", "surrogatepass")
        except UnicodeDecodeError:
            return raw.decode("cp1252", "replace")
    return line


def _records(opener: Opener, path: Path, encoding: str) -> Iterator[Record]:
    csv.field_size_limit(LONGEST_CELL)
    errors = "surrogateescape" if encoding == "utf-8-sig" else "replace"
    try:
        with opener(path, "rt", encoding=encoding, errors=errors, newline="") as file:
            lines = _Lines(file)
            first = next((line for line in lines if line.strip()), "")
            lines.give_back(lines.taken)
            yield from _parsed(lines, _delimiter(first))
    except (OSError, EOFError) as error:
        raise _damaged(error) from None


def _delimiter(first: str) -> str:
    """Comma, semicolon or tab: the one that stands most often in the first line, outside quotation marks."""
    bare = "".join(first.split('"')[::2])
    return max(",;\t", key=bare.count)


def _parsed(lines: _Lines, delimiter: str) -> Iterator[Record]:
    """One record after the other. Where quotation marks do not match, only the row at fault is."""
    strict = csv.reader(lines, delimiter=delimiter, strict=True)
    width = 0
    while True:
        lines.taken.clear()
        try:
            cells = next(strict, None)
        except csv.Error as error:
            record = _recovered(lines, delimiter, width, at_end="unexpected end" in str(error))
        else:
            if cells is None:
                return
            record = Record(list(cells))
        width = width or len(record.cells)
        yield record


def _recovered(lines: _Lines, delimiter: str, width: int, at_end: bool) -> Record:
    """The record whose quotation marks do not match.

    One that would swallow rows which are whole in themselves is cut at the end of its first line, and refused; else its
    words are taken as they stand."""
    taken = list(lines.taken)
    first, rest = taken[0], taken[1:]
    if at_end or (width > 1 and rest and _is_row(rest[0], delimiter, width)):
        lines.give_back(rest)
        return Record(_cells([_mended(first)], delimiter), UNCLOSED)
    lines.give_back(taken)
    try:
        return Record(_cells(lines, delimiter))
    except csv.Error:
        lines.give_back(lines.taken[len(taken) + 1 :])
        return Record(_cells([_mended(first)], delimiter), TOO_LONG)


def _is_row(line: str, delimiter: str, width: int) -> bool:
    """Whether one line is a row of the table by itself."""
    try:
        return len(next(csv.reader([line], delimiter=delimiter, strict=True))) == width
    except csv.Error:
        return False


def _cells(lines: "_Lines | list[str]", delimiter: str) -> list[Any]:
    return list(next(csv.reader(lines, delimiter=delimiter)))
