"""Pure: places beside each other in a funnel, each with what size alone and the usual differences between places would do.

No ranking: whoever differs by more than chance is named, everybody else is within chance, and the order is alphabetical.
statistics.md 2: indirect standardisation, robust Paule-Mandel; R189, R191, R193."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from heed.design import words
from heed.insight.suppression import shown as unsuppressed
from heed.statistics import funnel as funnels
from heed.statistics.arrays import Floats

FEWEST = 5  # places: of fewer, nobody can say what is usual (Heed's own choice)
LEAST_MONTHS = 12
BY_CHANCE = 0.002  # beyond the 99.8% limits
STEPS = 60
Shape = Literal["rate", "share"]
SCALE: dict[Shape, int] = {"rate": 1000, "share": 100}
Standing = Literal["within", "edge_low", "edge_high", "low", "high"]
STANDINGS: dict[Standing, str] = {
    "within": "Within what chance does",
    "edge_low": "Low, though 1 in 20 are so by chance",
    "edge_high": "High, though 1 in 20 are so by chance",
    "low": "Lower than chance explains",
    "high": "Higher than chance explains",
}


@dataclass(frozen=True)
class Part:
    """One place: so many `counted`, over `of` (activity, or cases decided). `of` is above 0."""

    code: str
    name: str
    counted: int
    of: int


@dataclass(frozen=True)
class Line:
    """One place in the funnel. `expected`: how many, were it where most places are. `value` and the
    limits, 99.8% of what chance does, are for each 1,000 of activity, or per cent."""

    part: Part
    expected: float
    value: float
    low: float
    high: float
    standing: Standing

    @property
    def differs(self) -> bool:
        return self.standing in ("low", "high")


@dataclass(frozen=True)
class Band:
    """The limits at one size (expected number, or cases decided): of 99.8% and of 95%."""

    size: float
    low998: float
    low95: float
    high95: float
    high998: float


@dataclass(frozen=True)
class Compared:
    """A funnel. `lines`: those that the reader may see, by name; `hidden`: names of those whose numbers are too small to
    tell. `middle`: where most places are, hidden ones counted too. `variation`: tau2, between places, on the transformed
    scale."""

    shape: Shape
    lines: tuple[Line, ...]
    hidden: tuple[str, ...]
    middle: float
    variation: float
    bands: tuple[Band, ...]

    @property
    def differing(self) -> list[Line]:
        return [line for line in self.lines if line.differs]

    @property
    def by_chance(self) -> float:
        """How many of the places that are shown lie outside the limits by chance alone."""
        return BY_CHANCE * len(self.lines)


def why_not(parts: Sequence[Part], shape: Shape) -> str:
    """Why there is no funnel of these, "" if there is."""
    if len(parts) < FEWEST:
        return f"Only {len(parts)} can be compared; from {FEWEST} on, it can be said what is usual." if parts else (
            "There is nothing to compare yet."
        )  # fmt: skip
    counted, of = sum(part.counted for part in parts), sum(part.of for part in parts)
    if counted == 0 or (shape == "share" and counted == of):
        return "All are alike: there is nothing to tell apart."
    return ""


def compared(
    parts: Sequence[Part], shape: Shape, *, hidden: Collection[str] = (), own: Collection[str] | None = None
) -> Compared:
    """The funnel of places (at least FEWEST, see `why_not`). hidden: codes whose numbers may not be told. own: codes of
    the only ones that the reader may see, None for all."""
    ordered = sorted(parts, key=lambda part: part.name.casefold())
    counted = np.array([part.counted for part in ordered], dtype=np.float64)
    of = np.array([part.of for part in ordered], dtype=np.float64)
    found = funnels.funnel(counted, of, data_type="PR" if shape == "share" else "RC")
    scale = SCALE[shape]
    lines = [
        Line(part, part.of * found.target, scale * part.counted / part.of, scale * float(found.adjusted[2][at]),
             scale * float(found.adjusted[3][at]), _standing(found, at))
        for at, part in enumerate(ordered)
    ]  # fmt: skip
    seen = tuple(line for line in lines if line.part.code not in hidden and (own is None or line.part.code in own))
    return Compared(
        shape=shape, lines=seen, hidden=tuple(part.name for part in ordered if part.code in hidden),
        middle=scale * found.target, variation=found.tau2, bands=_bands(of, shape, float(counted.sum() / of.sum()), found),
    )  # fmt: skip


def _standing(found: funnels.Funnel, at: int) -> Standing:
    low95, high95, low998, high998 = (float(limit[at]) for limit in found.adjusted)
    ratio = float(found.ratio[at])
    if ratio < low998 or ratio > high998:
        return "low" if ratio < low998 else "high"
    if ratio < low95 or ratio > high95:
        return "edge_low" if ratio < low95 else "edge_high"
    return "within"


def _bands(of: Floats, shape: Shape, overall: float, found: funnels.Funnel) -> tuple[Band, ...]:
    """Limits at sizes from a little below the smallest place to a little above the largest."""
    unit = 1.0 if shape == "share" else overall  # a rate is judged as observed over expected
    most = float(of.max()) * unit
    at = np.linspace(max(float(of.min()) * unit * 0.7, most / STEPS), most * 1.05, STEPS)
    if shape == "share":
        at = np.unique(np.maximum(np.round(at), 1.0))
    limits = funnels.limits_at(
        at,
        data_type="PR" if shape == "share" else "SR",
        target=found.target / unit,
        tau2=found.tau2,
        organisations=of.size,
    )
    sizes = at if shape == "share" else at * found.target / unit
    low95, high95, low998, high998 = (SCALE[shape] * unit * limit for limit in limits)
    rows = zip(sizes, low998, low95, high95, high998, strict=True)
    return tuple(Band(*(float(value) for value in row)) for row in rows)


def sentence(of: Compared, nouns: tuple[str, str], what: str) -> str:
    """What the funnel says: "2 of 24 services differ from what is expected by more than chance in complaints received:
    Housing (higher) and Parks (lower). Chance alone would flag about 0.05 of 24."""
    many = len(of.lines)
    if not many:
        return f"None of the {nouns[1]} can be shown for {what}: their numbers are too small to tell."
    about = f"Chance alone would flag about {of.by_chance:.2f} of {many}." if of.by_chance >= 0.005 else (
        f"Chance alone would flag fewer than 0.01 of {many}."
    )  # fmt: skip
    if not of.differing:
        none = f"None of the {many} {nouns[1]} differs" if many > 1 else f"The 1 {nouns[0]} does not differ"
        return f"{none} from what is expected by more than chance in {what}. {about}"
    named = [f"{line.part.name} ({'higher' if line.standing == 'high' else 'lower'})" for line in of.differing]
    differ = "differs" if len(named) == 1 else "differ"
    subject = f"{len(named)} of {words.count(many, *nouns)}"
    return f"{subject} {differ} from what is expected by more than chance in {what}: {words.join(named)}. {about}"


def small(lines: Iterable[Mapping[str, int]]) -> frozenset[str]:
    """Codes to hide from whoever sees no case: where a number of 1 to 4 stands in any of the lines, together with that of
    another place, since the sum of each line is known."""
    return frozenset(code for line in lines for code, number in unsuppressed(line).items() if number is None)
