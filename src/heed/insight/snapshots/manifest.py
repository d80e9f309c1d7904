"""What a snapshot consists of. A file is never changed once it has its name; the list of the files that are valid
together is put in place at once, so that whoever has read it sees one state of the facts, and a kill leaves the old one."""

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from heed.insight import compiling
from heed.insight.compiling import Family
from heed.insight.measures import MEASURES
from heed.insight.snapshots.columns import SHAPES

NAME = "snapshot.json"
FAMILIES = compiling.families(MEASURES)
# What each family is told apart by: few codes each, so that the cells stay few however many facts there are.
APART = {
    "feedback": ("service", "kind", "channel", "subject"),
    "case": ("service", "channel", "subject"),
    "remedy": ("service", "kind"),
    "action": ("service",),
}
# A snapshot of other columns or measures is no snapshot: all is written anew.
SIGNATURE = hashlib.sha256(repr((1, SHAPES, FAMILIES, APART)).encode()).hexdigest()


def apart(family: Family) -> tuple[str, ...]:
    """The columns that the cells of a family are told apart by. Those with values are many, so by service only."""
    table, _, value = family
    return ("service",) if value else APART[table]


def family_name(family: Family) -> str:
    return "-".join(part for part in family if part)


@dataclass(frozen=True)
class File:
    """`name`: below the folder. `size` in bytes, by which one that a power cut has shortened is told."""

    name: str
    size: int
    rows: int


@dataclass
class Place:
    """The files of one organisation: by table and month ("2026-04"), and its cells by the name of the family."""

    parts: dict[str, dict[str, list[File]]] = field(default_factory=dict)
    cells: dict[str, File] = field(default_factory=dict)

    def of(self, table: str) -> list[File]:
        return [file for files in self.parts.get(table, {}).values() for file in files]

    @property
    def rows(self) -> int:
        return sum(file.rows for table in self.parts for file in self.of(table))

    @property
    def files(self) -> Iterator[File]:
        for table in self.parts:
            yield from self.of(table)
        yield from self.cells.values()


@dataclass
class Manifest:
    """`name`: its own, which the database knows too. `as_of`: all that was written before is in it. `daily_from`: cells
    are by day from here on. `places`: by the code of the organisation. `retired`: files that may still be read, and since
    when they are no longer listed."""

    name: str
    as_of: datetime
    daily_from: date
    places: dict[str, Place] = field(default_factory=dict)
    retired: dict[str, datetime] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        return sum(place.rows for place in self.places.values())

    @property
    def files(self) -> set[str]:
        return {file.name for place in self.places.values() for file in place.files}


def folder_of(organisation: str) -> str:
    """A name that is safe in a path, whatever the code."""
    return f"o-{quote(organisation, safe='')}"


def current(folder: Path) -> Manifest | None:
    """The snapshot in the folder; None without one of today's columns and measures."""
    try:
        found = (folder / NAME).stat()
    except FileNotFoundError:
        return None
    return _read(folder / NAME, found.st_ino, found.st_mtime_ns)


@lru_cache(maxsize=4)
def _read(path: Path, _inode: int, _changed: int) -> Manifest | None:
    data = json.loads(path.read_text())
    if data["signature"] != SIGNATURE:
        return None
    return Manifest(
        data["name"], datetime.fromisoformat(data["as_of"]), date.fromisoformat(data["daily_from"]),
        {code: _place(place) for code, place in data["places"].items()},
        {name: datetime.fromisoformat(at) for name, at in data["retired"].items()},
    )  # fmt: skip


def _place(data: dict[str, Any]) -> Place:
    parts = {
        table: {month: [File(*file) for file in files] for month, files in months.items()}
        for table, months in data["parts"].items()
    }
    return Place(parts, {family: File(*file) for family, file in data["cells"].items()})


def save(folder: Path, manifest: Manifest) -> None:
    """Put it in place of the one before, whole or not at all."""
    places = {
        code: {
            "parts": {
                table: {month: [_file(file) for file in files] for month, files in months.items()}
                for table, months in place.parts.items()
            },
            "cells": {family: _file(file) for family, file in place.cells.items()},
        }
        for code, place in manifest.places.items()
    }
    data = {
        "signature": SIGNATURE, "name": manifest.name, "as_of": manifest.as_of.isoformat(),
        "daily_from": manifest.daily_from.isoformat(), "places": places,
        "retired": {name: at.isoformat() for name, at in manifest.retired.items()},
    }  # fmt: skip
    own = folder / f"{NAME}.{manifest.name}"
    with own.open("w") as file:
        json.dump(data, file)
        file.flush()
        os.fsync(file.fileno())
    own.replace(folder / NAME)


def _file(file: File) -> list[Any]:
    return [file.name, file.size, file.rows]
