"""What a simulation found, as Markdown for people and as JSON for programs."""

from dataclasses import asdict, dataclass, field

import numpy as np

Cell = str | float | int | None


@dataclass
class Table:
    """name: stable, for programs. title: what was done and how often, a sentence. Shares are told in per cent, "e" columns are
    their standard errors. notes: what to know when reading."""

    name: str
    title: str
    rows: list[dict[str, Cell]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def markdown(self) -> str:
        columns = list(dict.fromkeys(name for row in self.rows for name in row))
        lines = [f"### {self.title}", "", _line(columns), _line(["---"] * len(columns))]
        lines += [_line([_told(row.get(name)) for name in columns]) for row in self.rows]
        return "\n".join([*lines, *([""] if self.notes else []), *self.notes, ""])

    def plain(self) -> dict[str, object]:
        return asdict(self)


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _told(cell: Cell) -> str:
    return "" if cell is None else str(cell)


def percent(share: float, digits: int = 2) -> float:
    return round(100 * float(share), digits)


def error(share: float, number: float, digits: int = 2) -> float:
    """The standard error, in points, of a share of `number` independent things."""
    return round(100 * float(np.sqrt(max(share * (1 - share), 0.0) / number)), digits) if number else float("nan")


def mean_error(values: np.ndarray, digits: int = 2) -> float:
    """The standard error, in points, of the mean of shares that are each of something independent, such as a series."""
    return round(100 * float(np.std(values, ddof=1) / np.sqrt(len(values))), digits)
