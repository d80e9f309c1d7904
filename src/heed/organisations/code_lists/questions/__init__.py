"""Questions about groups of people (R187, R199, R256): each a code list that also says how it is asked, why, and which
answers are put together where few people gave them."""

from datetime import date
from functools import cache
from pathlib import Path

from heed.organisations.code_lists import versions
from heed.organisations.code_lists.questions.schema import EVERYBODY, Answer, Group, Question

__all__ = ["EVERYBODY", "Answer", "Group", "Question", "all_of_them", "load"]

# The order in which they are offered and asked: the plainest first.
ORDER = ("age", "disability", "ethnic-group", "sex", "religion", "sexual-orientation", "gender-identity")


@cache
def _questions() -> dict[str, tuple[Question, ...]]:
    return versions.read(list(Path(__file__).parent.glob("*.toml")), Question)


def load(key: str, on: date | None = None) -> Question:
    """The newest version of a question, or the one in force on a day. Raises Unknown, a KeyError, with a sentence."""
    return versions.choose(_questions(), key, on, "question")


def all_of_them() -> list[Question]:
    """The newest version of every question, in the order in which they are asked."""
    return [load(key) for key in sorted(_questions(), key=ORDER.index)]
