"""Small tables that somebody pastes or uploads, as text in rows and cells. They are read by the reader of brought-in files,
whatever kind of file it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from heed.feedback.importing import files
from heed.feedback.importing.shape import Cell, Unreadable, shown

MOST_ROWS, MOST_BYTES, MOST_UNPACKED = 20_000, 5 * 2**20, 30 * 2**20


@dataclass(frozen=True)
class Table:
    """`lines`: (number of the row, its cells, what is wrong with it already or "")."""

    header: list[str]
    lines: list[tuple[int, list[str], str]]

    @property
    def text(self) -> str:
        """The whole as it can be pasted: a tab between cells, each row at its number."""
        rows = {number: cells for number, cells, _ in self.lines}
        last = max(rows, default=1)
        first = min(rows, default=2) - 1
        written = [_row(self.header), *(_row(rows.get(number, [])) for number in range(first + 1, last + 1))]
        return "\n".join(written)


def _row(cells: Sequence[str]) -> str:
    return "\t".join(" ".join(cell.split()) for cell in cells)


def _plain(cell: Cell) -> str:
    """A day without the midnight that spreadsheets give it."""
    return shown(cell).removesuffix("T00:00:00")


def from_text(text: str) -> Table:
    """Pasted from a spreadsheet, or CSV. Raises Unreadable."""
    return _read(text.encode())


def from_upload(upload: Any) -> Table:
    """A CSV file or an XLSX spreadsheet of at most 5 MB. Raises Unreadable."""
    if upload.size > MOST_BYTES:
        raise Unreadable("The file is larger than 5 MB. Bring it in in parts.")
    return _read(upload.read())


def _read(content: bytes) -> Table:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "table"
        path.write_bytes(content)
        sheet = files.read(path, MOST_UNPACKED)
        lines = [
            (line.number, [_plain(cell) for cell in line.cells], line.fault)
            for line in islice(sheet.lines, MOST_ROWS + 1)
            if line.fault or any(_plain(cell).strip() for cell in line.cells)
        ]
    if len(lines) > MOST_ROWS:
        raise Unreadable(f"The table has more than {MOST_ROWS:,} rows. Bring it in in parts.")
    return Table([name.removesuffix("T00:00:00") for name in sheet.header], lines)
