"""Pure: which numbers about groups of people may be told (R187, R199, R256).

Whoever reads the figures is taken to know this rule, every page that ever was published, and all facts of every case (a
handler does), and to lack only who is of which group. What they may not learn: that a group of whom no number is told
has fewer than SMALLEST people in it, or exactly how many; and the same of the people of a group with one outcome.

1. One question at a time, over the whole organisation. Questions are never crossed, nor with service, channel or subject.
2. Nothing is told of a question that fewer than ENOUGH answered, or that all but a few answered.
3. A group is divided into its parts only where every part has SMALLEST people. So no number below that is ever told, and
   a group that is not divided may be all of one part: the part that nothing is told of can still be any size.
4. Its outcomes are told of all parts of a group or of none: only where in each part SMALLEST had the outcome and SMALLEST
   had not, only where they are told of the group itself, and in one order: what was found, whether it was in time,
   whether a later date was told. What is not told could else be seen from what is.
5. Two outcomes of the same people are told only while together they leave open, for every group and by SMALLEST, how many
   had both. Else how long it took is not told.

Parts and groups are fixed before anybody answers, never chosen by looking. Why that is enough: docs/decisions.md; tried
against an adversary in tests/insight/test_disclosure.py."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

SMALLEST, ENOUGH = 5, 30
RULE = 1  # its version, kept with what was published
NOT_TOLD = "-"  # those who did not answer the question: a part of the whole like any other
WHOLE, TOLD = "*", ""

Timing = Literal["in_time", "extended", "neither"]
Cell = tuple[bool, Timing]  # well-founded; answered within the time first told, or told a later date, or neither
Table = Mapping[str, Mapping[Cell, int]]  # how many people of each answer, and of NOT_TOLD, by outcome
Tree = Mapping[str, Sequence[str]]  # each group with its parts; TOLD is everybody who answered
# In this order: one is told only with those before it. The last is counted among those who had no answer in time.
MARKS = ("well_founded", "in_time", "extended")


@dataclass(frozen=True)
class Line:
    """A group of whom numbers are told: how many people, and how many of them had each outcome that is told."""

    code: str
    depth: int
    people: int
    marks: Mapping[str, int]


@dataclass(frozen=True)
class Sizes:
    """From how many on something is told. Other numbers than ours are for trying the rule out."""

    smallest: int = SMALLEST
    enough: int = ENOUGH


OURS = Sizes()


def told(tree: Tree, table: Table, sizes: Sizes = OURS) -> tuple[Line, ...]:
    """What may be told of one question: everybody who answered first, then each group with its parts. Nothing at all
    where too few answered."""
    cells = dict(_counted({WHOLE: (TOLD, NOT_TOLD), **tree}, WHOLE, table))
    if cells[TOLD].total() < sizes.enough or cells[NOT_TOLD].total() < sizes.smallest:
        return ()
    shown = dict(_divided(tree, cells, sizes))
    marks = _marks(shown, cells, sizes)
    marks = next(kept for kept in _ever_fewer(marks) if _leaves_open(shown, cells, kept, sizes))
    return tuple(_lines(shown, cells, marks, TOLD, 0))


def _counted(tree: Tree, code: str, table: Table) -> Iterator[tuple[str, Counter[Cell]]]:
    """The people under each group and answer, by outcome."""
    whole: Counter[Cell] = Counter(table.get(code, {}))
    for part in tree.get(code, ()):
        for below, cells in _counted(tree, part, table):
            yield below, cells
            if below == part:
                whole += cells
    yield code, whole


def _divided(tree: Tree, cells: Mapping[str, Counter[Cell]], sizes: Sizes) -> Iterator[tuple[str, Sequence[str]]]:
    """The groups that are divided into their parts, each with its parts; the whole first."""
    waiting: list[tuple[str, Sequence[str]]] = [(WHOLE, (TOLD, NOT_TOLD))]
    while waiting:
        code, parts = waiting.pop(0)
        yield code, parts
        for part in parts:
            below = tree.get(part, ())
            if below and all(cells[one].total() >= sizes.smallest for one in below):
                waiting.append((part, below))


def _split(cells: Counter[Cell], mark: str) -> tuple[int, int]:
    """How many had the outcome, and how many of those who could have it had not."""
    if mark == "well_founded":
        yes = sum(many for (founded, _), many in cells.items() if founded)
        return yes, cells.total() - yes
    timing: Counter[str] = Counter()
    for (_, how), many in cells.items():
        timing[how] += many
    if mark == "in_time":
        return timing["in_time"], timing["extended"] + timing["neither"]
    return timing["extended"], timing["neither"]


def _marks(
    shown: Mapping[str, Sequence[str]], cells: Mapping[str, Counter[Cell]], sizes: Sizes
) -> dict[str, dict[str, int]]:
    """The outcomes that may be told of each group, by the fourth rule. All facts are known of the whole."""
    found: dict[str, dict[str, int]] = {WHOLE: {mark: _split(cells[WHOLE], mark)[0] for mark in MARKS}}

    def may_tell(mark: str, code: str, parts: Sequence[str]) -> bool:
        return mark in found[code] and all(min(_split(cells[part], mark)) >= sizes.smallest for part in parts)

    for code, parts in shown.items():
        may = [may_tell(mark, code, parts) for mark in MARKS]
        kept = MARKS[: may.index(False)] if False in may else MARKS
        for part in parts:
            found[part] = {mark: _split(cells[part], mark)[0] for mark in kept}
    return found


def _ever_fewer(marks: dict[str, dict[str, int]]) -> Iterator[dict[str, dict[str, int]]]:
    """All outcomes, then without that of a later date, then without any of time."""
    for without in ((), ("extended",), ("in_time", "extended")):
        yield {code: {mark: n for mark, n in of.items() if mark not in without} for code, of in marks.items()}


def _leaves_open(
    shown: Mapping[str, Sequence[str]],
    cells: Mapping[str, Counter[Cell]],
    marks: dict[str, dict[str, int]],
    sizes: Sizes,
) -> bool:
    """The fifth rule: how many of each group were well-founded and also in time, extended or neither stays open."""
    if not any("in_time" in of for code, of in marks.items() if code != WHOLE):
        return True
    timings = ("in_time", "extended", "neither") if any("extended" in of for of in marks.values()) else ("in_time",)
    return all(
        high - low >= sizes.smallest
        for timing in timings
        for code, (low, high) in _both(shown, cells, marks, timing).items()
        if code != WHOLE
    )


Bounds = dict[str, tuple[int, int]]


def _both(
    shown: Mapping[str, Sequence[str]],
    cells: Mapping[str, Counter[Cell]],
    marks: dict[str, dict[str, int]],
    timing: str,
) -> Bounds:
    """The fewest and most people of each group who can have been well-founded and had this timing, as the adversary knows
    it: exact, because groups only add up to the group that they are parts of."""
    bounds: Bounds = {}
    for code in reversed([WHOLE, *(part for parts in shown.values() for part in parts)]):
        low, high = _alone(cells[code].total(), marks[code], timing)
        parts = [bounds[part] for part in shown.get(code, ())]
        if parts:
            low, high = max(low, sum(part[0] for part in parts)), min(high, sum(part[1] for part in parts))
        bounds[code] = low, high
    known = sum(many for (founded, how), many in cells[WHOLE].items() if founded and how == timing)
    bounds[WHOLE] = known, known
    for code, parts_of in shown.items():
        _narrow(bounds, code, parts_of)
    return bounds


def _alone(people: int, marks: Mapping[str, int], timing: str) -> tuple[int, int]:
    """Fréchet's bounds of one group."""
    founded, timed = marks.get("well_founded"), _timed(people, marks, timing)
    low = founded + timed - people if founded is not None and timed is not None else 0
    return max(0, low), min(known for known in (people, founded, timed) if known is not None)


def _timed(people: int, marks: Mapping[str, int], timing: str) -> int | None:
    if timing == "neither":
        return people - marks["in_time"] - marks["extended"] if "extended" in marks else None
    return marks.get(timing)


def _narrow(bounds: Bounds, code: str, parts: Sequence[str]) -> None:
    """What the whole of a group says of its parts."""
    low, high = bounds[code]
    lows, highs = sum(bounds[part][0] for part in parts), sum(bounds[part][1] for part in parts)
    for part in parts:
        own_low, own_high = bounds[part]
        bounds[part] = max(own_low, low - (highs - own_high)), min(own_high, high - (lows - own_low))


def _lines(
    shown: Mapping[str, Sequence[str]], cells: Mapping[str, Counter[Cell]], marks: dict[str, dict[str, int]], code: str,
    depth: int,
) -> Iterator[Line]:  # fmt: skip
    yield Line(code, depth, cells[code].total(), marks[code])
    for part in shown.get(code, ()):
        yield from _lines(shown, cells, marks, part, depth + 1)
