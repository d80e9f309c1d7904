"""The rule for groups of people, against an adversary who knows the rule, every page, and all facts but who is of which
group: first one who tries every table there could be, then one who solves linear programmes over two questions at once."""

import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from heed.insight.disclosure import ENOUGH, NOT_TOLD, OURS, SMALLEST, TOLD, Cell, Line, Sizes, Table, told
from heed.organisations.code_lists import questions

IN_TIME, EXTENDED, NEITHER = "in_time", "extended", "neither"
TREE = {TOLD: ["a", "g"], "g": ["b", "c"]}
LEAVES = ("a", "b", "c", NOT_TOLD)
CELLS: list[Cell] = [(founded, how) for founded in (True, False) for how in (IN_TIME, EXTENDED, NEITHER)]  # type: ignore[misc]
FEW = Sizes(smallest=2, enough=4)


def ways(many: int, parts: int) -> Iterator[tuple[int, ...]]:
    """All ways of giving so many people to so many groups."""
    if parts == 1:
        yield (many,)
        return
    for first in range(many + 1):
        for rest in ways(many - first, parts - 1):
            yield (first, *rest)


def tables(leaves: tuple[str, ...], facts: Mapping[Cell, int]) -> Iterator[Table]:
    """Every table there could be, given how many cases there are of each outcome."""
    for spread in product(*(list(ways(many, len(leaves))) for many in facts.values())):
        yield {leaf: dict(zip(facts, (part[at] for part in spread), strict=True)) for at, leaf in enumerate(leaves)}


def quantities(tree: Mapping[str, list[str]], table: Table) -> dict[tuple[str, Any], int]:
    """All that could be asked: how many people of each group, in all and by each outcome and pair of outcomes."""

    def leaves(code: str) -> list[str]:
        return [leaf for part in tree[code] for leaf in leaves(part)] if code in tree else [code]

    found: dict[tuple[str, Any], int] = {}
    for code in (*tree, *leaves(TOLD), NOT_TOLD):
        cells: Counter[Cell] = Counter()
        for leaf in leaves(code):
            cells.update(table.get(leaf, {}))
        found[code, "people"] = cells.total()
        for (founded, how), many in cells.items():
            found[code, (founded, how)] = many
            found[code, founded] = found.get((code, founded), 0) + many
            found[code, how] = found.get((code, how), 0) + many
    return found


KNOWS = {"well_founded": lambda cell: cell[0], "in_time": lambda cell: cell[1] == IN_TIME,
         "extended": lambda cell: cell[1] == EXTENDED}  # fmt: skip


def which(outcome: Any) -> Any:
    """Whether a pair of outcomes is one of those asked about."""
    if outcome == "people":
        return lambda _: True
    if isinstance(outcome, bool):
        return lambda cell: cell[0] is outcome
    return lambda cell: outcome in (cell[1], cell)


def is_known(lines: tuple[Line, ...], what: tuple[str, Any], facts: Mapping[Cell, int]) -> bool:
    """Whether a page says this number: outright, by taking one that it says from another, or because by the facts it is
    the same people. Then nothing of it is hidden, and it is not small."""
    code, outcome = what
    line = {line.code: line for line in lines}.get(TOLD if code == NOT_TOLD else code)
    if line is None:
        return False
    there = {cell for cell, many in facts.items() if many}
    said = [{cell for cell in there if KNOWS[mark](cell)} for mark in line.marks]
    if "extended" in line.marks:
        said.append({cell for cell in there if cell[1] == NEITHER})
    asked = {cell for cell in there if which(outcome)(cell)}
    return asked == there or asked in said or there - asked in said


def is_open(low: int, high: int, smallest: int = SMALLEST) -> bool:
    """Whether an adversary who has it between these knows neither the number, nor that it is small."""
    return low < high and high >= smallest


@pytest.mark.parametrize(
    ("leaves", "facts"),
    [
        (LEAVES, {(True, NEITHER): 6, (False, NEITHER): 8}),
        (LEAVES, {(True, NEITHER): 3, (False, NEITHER): 10}),
        (("a", "b", NOT_TOLD), {(True, IN_TIME): 3, (True, NEITHER): 3, (False, IN_TIME): 3, (False, NEITHER): 3}),
        (("a", "b", NOT_TOLD), {(True, IN_TIME): 5, (False, EXTENDED): 5, (False, NEITHER): 5}),
        (("a", "b", NOT_TOLD), {(True, EXTENDED): 4, (True, IN_TIME): 2, (False, IN_TIME): 4, (False, NEITHER): 3}),
    ],
)
def test_whoever_tries_every_table_learns_of_no_hidden_number_that_it_is_small_nor_what_it_is(
    leaves: tuple[str, ...], facts: dict[Cell, int]
) -> None:
    """The complete adversary, at a smaller scale: all tables that lead to the same page are alike to them."""
    tree = TREE if "c" in leaves else {TOLD: ["a", "b"]}
    alike: dict[str, dict[tuple[str, Any], set[int]]] = defaultdict(lambda: defaultdict(set))
    pages: dict[str, tuple[Line, ...]] = {}
    before: dict[tuple[str, Any], int] = defaultdict(int)
    for table in tables(leaves, facts):
        page = told(tree, table, FEW)
        pages[repr(page)] = page
        for what, many in quantities(tree, table).items():
            alike[repr(page)][what].add(many)
            before[what] = max(before[what], many)
    assert len(alike) > 20
    for page, could_be in alike.items():
        for what, values in could_be.items():
            if is_known(pages[page], what, facts):
                assert len(values) == 1, (page, what, values)
                assert min(values) >= FEW.smallest, (page, what, values)
            # Else the facts alone say that it is small; and who told us nothing is of no group.
            elif before[what] >= FEW.smallest and what[0] != NOT_TOLD:
                assert is_open(min(values), max(values), FEW.smallest), (page, what, values)


def population(chance: random.Random, trees: list[dict[str, list[str]]]) -> Counter[tuple[str, str, bool, str]]:
    """People at random, each with an answer to two questions (or none) and outcomes, of skewed and even kinds."""
    leaves = [[leaf for part in tree.values() for leaf in part if leaf not in tree] for tree in trees]
    weights = [[chance.random() ** chance.choice([0.3, 1, 3]) + 0.01 for _ in of] for of in leaves]
    silent, founded = chance.uniform(0.1, 0.6), chance.uniform(0.1, 0.6)
    timing = [chance.random() + 0.05 for _ in range(3)]
    found: Counter[tuple[str, str, bool, str]] = Counter()
    for _ in range(chance.randrange(60, 400)):
        quiet = chance.random() < silent
        first, second = (
            NOT_TOLD if quiet or chance.random() < 0.1 else chance.choices(of, weight)[0]
            for of, weight in zip(leaves, weights, strict=True)
        )
        how = chance.choices([IN_TIME, EXTENDED, NEITHER], timing)[0]
        found[first, second, chance.random() < founded, how] += 1
    return found


class Adversary:
    """Knows the facts of all cases and both pages; the unknowns are how many people are of each answer to each question,
    by outcome. The programmes allow parts of people, so bounds are rounded inwards to whole ones."""

    def __init__(self, trees: list[dict[str, list[str]]], people: Counter[tuple[str, str, bool, str]]):
        self.trees = trees
        self.leaves = [
            [leaf for part in tree.values() for leaf in part if leaf not in tree] + [NOT_TOLD] for tree in trees
        ]
        self.unknowns = [
            (first, second, *cell) for first, second, cell in product(*self.leaves, CELLS)
        ]  # fmt: skip
        self.rows: list[list[float]] = []
        self.known: list[float] = []
        self.facts: Counter[Cell] = Counter()
        for (_, _, founded, how), many in people.items():
            self.facts[founded, how] += many  # type: ignore[index]
        for cell in CELLS:
            self.learn(None, TOLD, lambda c, cell=cell: c == cell, self.facts[cell])

    def under(self, question: int, code: str) -> set[str]:
        tree = self.trees[question]
        return {leaf for part in tree[code] for leaf in self.under(question, part)} if code in tree else {code}

    def sums(self, question: int | None, code: str, which: Any) -> list[float]:
        within = None if question is None else self.under(question, code)
        return [
            float((within is None or one[question] in within) and which((one[2], one[3])))  # type: ignore[index]
            for one in self.unknowns
        ]

    def learn(self, question: int | None, code: str, which: Any, many: float) -> None:
        self.rows.append(self.sums(question, code, which))
        self.known.append(many)

    def read(self, question: int, page: tuple[Line, ...]) -> None:
        for line in page:
            self.learn(question, line.code, lambda _: True, line.people)
            for mark, many in line.marks.items():
                self.learn(question, line.code, lambda c, m=mark: c[0] if m == "well_founded" else c[1] == m, many)

    def between(self, goal: list[float]) -> tuple[int, int]:
        ends = []
        for sign in (1, -1):
            done = linprog(
                sign * np.array(goal), A_eq=np.array(self.rows), b_eq=self.known, bounds=(0, None), method="highs"
            )
            assert done.status == 0, done.message
            ends.append(sign * done.fun)
        return int(np.ceil(ends[0] - 1e-6)), int(np.floor(ends[1] + 1e-6))


def table_of(people: Counter[tuple[str, str, bool, str]], question: int) -> Table:
    table: dict[str, Counter[Cell]] = defaultdict(Counter)
    for one, many in people.items():
        table[one[question]][one[2], one[3]] += many  # type: ignore[index]
    return table


def attack(trees: list[dict[str, list[str]]], people: Counter[tuple[str, str, bool, str]]) -> int:
    """Tries every hidden number; how many were tried."""
    pages = [told(trees[question], table_of(people, question)) for question in (0, 1)]
    adversary = Adversary(trees, people)
    for question, page in enumerate(pages):
        adversary.read(question, page)
    tried = 0
    for question, page in enumerate(pages):
        for (code, outcome), true in quantities(trees[question], table_of(people, question)).items():
            of_outcome = which(outcome)
            most = sum(many for cell, many in adversary.facts.items() if of_outcome(cell))
            if is_known(page, (code, outcome), adversary.facts) or most < SMALLEST or not page or code == NOT_TOLD:
                continue
            low, high = adversary.between(adversary.sums(question, code, of_outcome))
            assert low <= true <= high
            assert is_open(low, high), (pages, question, code, outcome, low, high)
            tried += 1
    for first, second in product(*adversary.leaves):
        if pages[0] and pages[1]:
            of_first, of_second = (adversary.sums(at, code, lambda _: True) for at, code in ((0, first), (1, second)))
            both = [a * b for a, b in zip(of_first, of_second, strict=True)]
            low, high = adversary.between(both)
            assert is_open(low, high), (pages, first, second, low, high)
            tried += 1
    return tried


@pytest.mark.parametrize("seed", range(12))
def test_linear_programmes_over_two_questions_narrow_nothing_that_is_hidden(seed: int) -> None:
    chance = random.Random(seed)
    trees = [TREE, {TOLD: ["x", "y"]}]
    assert attack(trees, population(chance, trees)) or seed


def test_the_attack_finds_what_a_weaker_rule_gives_away() -> None:
    """A rule that hides single small numbers only is seen through, so the adversary is not blind."""
    people = Counter({("a", "x", True, NEITHER): 30, ("b", "x", False, NEITHER): 8, ("c", "x", False, NEITHER): 2,
                      (NOT_TOLD, NOT_TOLD, False, NEITHER): 20})  # fmt: skip
    adversary = Adversary([TREE, {TOLD: ["x", "y"]}], people)
    for code, many in (("a", 30), ("b", 8), (TOLD, 40)):
        adversary.learn(0, code, lambda _: True, many)
    assert adversary.between(adversary.sums(0, "c", lambda _: True)) == (2, 2)


@st.composite
def any_table(draw: st.DrawFn) -> tuple[dict[str, list[str]], Table]:
    question = draw(st.sampled_from(questions.all_of_them()))
    many = st.integers(0, 30) | st.integers(0, 6)
    return question.tree(), {
        code: {cell: draw(many) for cell in CELLS if draw(st.booleans())} for code in (*question.codes(), NOT_TOLD)
    }


@settings(max_examples=300, deadline=None)
@given(any_table())
def test_no_page_holds_or_gives_by_subtraction_a_number_under_five(of: tuple[dict[str, list[str]], Table]) -> None:
    tree, table = of
    page = told(tree, table)
    everybody = sum(sum(cells.values()) for cells in table.values())
    if not page:
        return
    by_code = {line.code: line for line in page}
    assert page[0].people >= ENOUGH
    assert everybody - page[0].people >= SMALLEST
    for line in page:
        assert line.people >= SMALLEST
        for mark, many in line.marks.items():
            among = line.people - line.marks["in_time"] if mark == "extended" else line.people
            assert min(many, among - many) >= SMALLEST
        parts = [by_code[part] for part in tree.get(line.code, ()) if part in by_code]
        assert len(parts) in (0, len(tree.get(line.code, ())))
        assert not parts or sum(part.people for part in parts) == line.people
        assert len({tuple(part.marks) for part in parts}) <= 1  # of all parts or of none


def test_ours_are_the_numbers_that_the_pages_name() -> None:
    assert (OURS.smallest, OURS.enough) == (SMALLEST, ENOUGH) == (5, 30)
