"""Features as numbers: what is rare among the texts learned from weighs more; what stood in too few is not kept."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

import numpy as np

from heed.insight.themes.tokens import BLOCKS, Features
from heed.statistics.arrays import Floats, Integers

LEAST = 3  # texts that a feature stands in, so that no model learns anybody's name


@dataclass(frozen=True)
class Sparse:
    """Rows of numbers, only those that are not 0: row i is `columns[starts[i]:starts[i + 1]]` with its `values`."""

    starts: Integers
    columns: Integers
    values: Floats
    width: int


@dataclass(frozen=True)
class Vocabulary:
    """The features of a model: `places` by "block feature", and how much each weighs."""

    places: dict[str, int]
    weights: Floats

    def vector(self, found: Features) -> dict[int, float]:
        """The numbers of one text, by place."""
        row: dict[int, float] = {}
        for block, counted in found.items():
            row |= self._block(block, counted)
        return row

    def _block(self, block: str, counted: Counter[str]) -> dict[int, float]:
        known = [(self.places.get(f"{block} {name}"), often) for name, often in counted.items()]
        row = {place: (1 + np.log(often)) * self.weights[place] for place, often in known if place is not None}
        length = sum(value * value for value in row.values()) ** 0.5
        return {place: float(value) * BLOCKS[block] / float(length) for place, value in row.items()}

    def matrix(self, texts: Iterable[Features]) -> Sparse:
        """A row a text."""
        starts, columns, values = [0], list[int](), list[float]()
        for found in texts:
            row = self.vector(found)
            columns += row
            values += row.values()
            starts.append(len(columns))
        return Sparse(
            np.array(starts, dtype=np.int64), np.array(columns, dtype=np.int64), np.array(values), len(self.places)
        )


def vocabulary(texts: Sequence[Features], of: Sequence[str] | None = None, least: int = LEAST) -> Vocabulary:
    """The features that stand in `least` complaints or more, weighed by how few they stand in. `of`: which complaint each
    text belongs to, those of one together; without it each is one by itself."""
    seen: Counter[str] = Counter()
    belongs = of or range(len(texts))
    complaints = 0
    for _, together in groupby(zip(belongs, texts, strict=True), key=itemgetter(0)):
        complaints += 1
        seen.update(
            {f"{block} {name}" for _, found in together for block, counted in found.items() for name in counted}
        )
    kept = sorted(name for name, many in seen.items() if many >= least)
    weights = np.array([1 + np.log((1 + complaints) / (1 + seen[name])) for name in kept])
    return Vocabulary({name: place for place, name in enumerate(kept)}, weights)
