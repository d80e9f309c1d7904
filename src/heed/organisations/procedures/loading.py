"""Loads the procedures of this folder."""

from datetime import date
from functools import cache
from pathlib import Path

from heed.organisations.code_lists import versions
from heed.organisations.procedures import ombudsmen
from heed.organisations.procedures.schema import Procedure

FOLDER = Path(__file__).parent


@cache
def _procedures() -> dict[str, tuple[Procedure, ...]]:
    return versions.read([path for path in FOLDER.glob("*.toml") if path != ombudsmen.FILE], Procedure)


def keys() -> list[str]:
    """The keys of all procedures."""
    return sorted(_procedures())


def load(key: str, on: date | None = None) -> Procedure:
    """The newest version of a procedure, or the one in force on a day. Raises Unknown, a KeyError, with a sentence."""
    return versions.choose(_procedures(), key, on, "procedure")


def load_all() -> list[Procedure]:
    """The newest version of every procedure."""
    return [load(key) for key in keys()]
