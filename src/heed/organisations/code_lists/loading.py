"""Loads the code lists of this folder."""

from datetime import date
from functools import cache
from pathlib import Path

from heed.organisations.code_lists import versions
from heed.organisations.code_lists.schema import CodeList, RiskMatrix

FOLDER = Path(__file__).parent
MATRIX = "risk-matrix"


@cache
def _lists() -> dict[str, tuple[CodeList, ...]]:
    paths = [path for path in FOLDER.glob("*.toml") if not path.stem.startswith(MATRIX)]
    return versions.read(paths, CodeList)


@cache
def _matrices() -> dict[str, tuple[RiskMatrix, ...]]:
    return versions.read(list(FOLDER.glob(f"{MATRIX}*.toml")), RiskMatrix)


def keys() -> list[str]:
    """The keys of all code lists."""
    return sorted(_lists())


def load(key: str, on: date | None = None) -> CodeList:
    """The newest version of a code list, or the one in force on a day. Raises Unknown, a KeyError, with a sentence."""
    return versions.choose(_lists(), key, on, "code list")


def load_all() -> list[CodeList]:
    """The newest version of every code list."""
    return [load(key) for key in keys()]


def risk_matrix(on: date | None = None) -> RiskMatrix:
    """The default risk matrix with its provenance; the newest version, or the one in force on a day."""
    return versions.choose(_matrices(), MATRIX, on, "risk matrix")


def default_risk_matrix() -> dict[str, dict[str, str]]:
    """Seriousness to likelihood to risk, all codes of the lists of those names, as an organisation may change it."""
    return {seriousness: dict(row) for seriousness, row in risk_matrix().cells.items()}
