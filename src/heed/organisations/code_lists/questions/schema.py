"""What a question about groups of people holds: a code list, how it is asked, and a fixed tree over its answers.

The tree says which groups figures are told of, coarse before fine. It is written down before anybody answers, because a
choice made after looking at the numbers would itself tell something of them."""

from collections.abc import Iterator
from typing import Self

from pydantic import model_validator

from heed.organisations.code_lists.provenance import Data
from heed.organisations.code_lists.schema import CodeList, Item

EVERYBODY = ""  # the root of the tree: everybody who answered the question


class Group(Data):
    """Several answers together. `are` ends "12% ... " ("were under 25"), `people` names them in a sentence, `within` is
    the group it is a part of."""

    code: str
    label: str
    are: str
    people: str
    within: str = EVERYBODY


class Answer(Item):
    """One answer; `within`: the group it is a part of. `group` is the heading under which a list shows it, `as_group` how
    figures call those who gave it, where the answer alone would not say ("No")."""

    as_group: str = ""
    are: str
    people: str
    within: str = EVERYBODY


class Question(CodeList):
    """`asks` are the words of the question, `asked_about` the characteristic in a few words, `why` what the answers are
    for. `recommended`: it is offered first to whoever decides what to ask."""

    asks: str
    asked_about: str
    hint: str = ""
    why: str
    recommended: bool = False
    groups: tuple[Group, ...] = ()
    items: tuple[Answer, ...]

    @model_validator(mode="after")
    def _is_a_tree(self) -> Self:
        known = {EVERYBODY}
        for group in self.groups:  # a group stands after the one it is a part of, so that no circle can be
            if group.within not in known or group.code in known or group.code in self:
                raise ValueError(f"{self.key}: the group {group.code} stands twice, or before the one it is within")
            known.add(group.code)
        if strays := [item.code for item in self.items if item.within not in known]:
            raise ValueError(f"{self.key}: {', '.join(strays)} is within a group that is not there")
        if alone := [code for code in known if len(self._within(code)) < 2]:
            raise ValueError(f"{self.key}: {alone} has fewer than two parts, so each would tell of the other")
        return self

    def _within(self, code: str) -> list[str]:
        every: list[Group | Answer] = [*self.groups, *self.items]
        return [part.code for part in every if part.within == code]

    def parts(self, code: str = EVERYBODY) -> list[str]:
        """The codes of the groups and answers right under a group, in the order of the answers; none under an answer."""
        order = {item.code: place for place, item in enumerate(self.items)}
        return sorted(self._within(code), key=lambda part: min(order[answer] for answer in self.answers(part)))

    def answers(self, code: str) -> list[str]:
        """The codes of all answers that are somewhere under a group; of an answer, its own."""
        return [answer for part in self._within(code) for answer in self.answers(part)] or [code]

    def part(self, code: str) -> Group | Answer:
        """The group or answer with that code. Raises Unknown."""
        return next((group for group in self.groups if group.code == code), None) or self._answer(code)

    def name(self, code: str) -> str:
        """How figures call a group or answer. Raises Unknown."""
        part = self.part(code)
        return (part.as_group if isinstance(part, Answer) else "") or part.label

    def _answer(self, code: str) -> Answer:
        found = self.item(code)
        assert isinstance(found, Answer)  # noqa: S101 (the schema reads nothing else)
        return found

    def tree(self) -> dict[str, list[str]]:
        """Each group with its parts, from everybody down."""
        return {code: self.parts(code) for code in (EVERYBODY, *(group.code for group in self.groups))}

    def walk(self, code: str = EVERYBODY, depth: int = 0) -> Iterator[tuple[int, Group | Answer]]:
        """Every group and answer in order, each with how deep it stands."""
        for part in self.parts(code):
            yield depth, self.part(part)
            yield from self.walk(part, depth + 1)
