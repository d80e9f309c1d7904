"""Reads a folder of TOML files: one a version, checked against a schema, the right one chosen by date."""

import tomllib
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

from heed.organisations.code_lists.provenance import Dated

Kind = TypeVar("Kind", bound=Dated)


class Unknown(KeyError):
    """A key or code that the data does not have: `str` is a sentence that lists those it has."""

    def __str__(self) -> str:
        return str(self.args[0])


def read(paths: Sequence[Path], kind: type[Kind]) -> dict[str, tuple[Kind, ...]]:
    """Every version in the files by key, the oldest first. A file is named as its key, and `--version` after it where
    a key has several. Raises ValueError for a file that breaks its schema or whose versions overlap."""
    found: dict[str, list[Kind]] = {}
    for path in sorted(paths):
        version = kind.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
        if path.stem.split("--")[0] != version.key:
            raise ValueError(f"{path.name} has the key {version.key}: the file and its key have the same name.")
        found.setdefault(version.key, []).append(version)
    ordered = {key: sorted(versions, key=lambda version: version.effective_from) for key, versions in found.items()}
    for key, versions in ordered.items():
        for earlier, later in pairwise(versions):
            if earlier.effective_to is None or earlier.effective_to >= later.effective_from:
                raise ValueError(f"Version {earlier.version} of {key} must end before {later.version} begins.")
    return {key: tuple(versions) for key, versions in ordered.items()}


def choose(all_versions: dict[str, tuple[Kind, ...]], key: str, on: date | None, what: str) -> Kind:
    """The newest version of a key, or the one in force on a day. Raises Unknown."""
    if key not in all_versions:
        raise Unknown(f"There is no {what} {key!r}. There are: {', '.join(sorted(all_versions))}.")
    versions = all_versions[key]
    if on is None:
        return versions[-1]
    for version in versions:
        if version.in_force(on):
            return version
    raise Unknown(
        f"The {what} {key!r} has no version for {on.isoformat()}; its first begins on {versions[0].effective_from}."
    )
