"""A mark: some words of a text that may let somebody be recognised, with what they are, why, and what may stand instead."""

from dataclasses import dataclass

KINDS = {
    "name": "a name",
    "number": "a number or an address that leads to one person",
    "place": "a place",
    "age": "somebody’s age",
    "date": "a day",
    "condition": "a rare condition",
    "role": "a post that one person holds",
    "count": "a count under five",
    "relative": "somebody’s relative",
    "group": "one person of a small group",
}
WHY = {
    "name": "Whoever knows the place knows the person, and what is published is found by their name for years.",
    "number": "It belongs to one person or one case.",
    "place": "With a month and what happened, a place can point to the few who were there.",
    "age": "An age tells neighbours, relatives and colleagues whom it is about.",
    "date": "Who was there on that day knows whom it is about.",
    "condition": "So few people have it that the service and the month can be enough.",
    "role": "There is one who does this work, so it names them as a name would.",
    "count": "Where there were so few, each of them, and those around them, can tell who it was.",
    "relative": "It says who in a family it was; twins, widows and only children are known.",
    "group": "Where few people of a group live, it points to one of them.",
}
INSTEAD = {
    "name": "somebody", "number": "", "place": "one of our services", "age": "a person", "date": "recently",
    "condition": "a rare condition", "role": "a member of staff", "count": "some people", "relative": "a relative",
    "group": "a person",
}  # fmt: skip


@dataclass(frozen=True)
class Known:
    """The names that are known to belong to real people and places of the organisation. `people` are those behind the
    case, of whom each part of the name counts; `staff` of whom the whole or a title and part; `ours`: phone numbers and
    addresses of the organisation itself, which everybody may have."""

    people: tuple[str, ...] = ()
    staff: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    ours: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mark:
    """Some words of a text, from `start` to before `end`. `must_go`: nobody may decide to keep it, because it is certain
    to lead to one person."""

    start: int
    end: int
    words: str
    kind: str
    must_go: bool = False

    @property
    def what(self) -> str:
        return KINDS[self.kind]

    @property
    def why(self) -> str:
        return WHY[self.kind]

    @property
    def instead(self) -> str:
        """What may stand in its place."""
        return INSTEAD[self.kind]


def without(text: str, gone: list[Mark]) -> str:
    """The text with other words in place of these marks, to be read again by whoever decided so."""
    for one in sorted(gone, key=lambda one: one.start, reverse=True):
        instead = one.instead
        if _begins_sentence(text, one.start):
            instead = instead[:1].upper() + instead[1:]
        text = f"{text[: one.start]}{instead}{text[one.end :]}"
    return " ".join(text.split(" ")).replace("  ", " ").replace(" .", ".").replace(" ,", ",")


def _begins_sentence(text: str, at: int) -> bool:
    before = text[:at].rstrip(" “‘\"'")
    return not before or before[-1] in ".!?\n:"
