"""The one query that joins what people said about themselves to the facts of their cases. Nothing leaves it but what may
be told by `disclosure`; a test holds that nobody else reads the answers (R256)."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from heed.facts.models import CaseFact
from heed.feedback import about_you
from heed.insight import disclosure
from heed.insight.blocks import Block
from heed.insight.disclosure import NOT_TOLD, Cell, Line, Table
from heed.organisations.code_lists.questions import Question

WELL_FOUNDED = ("upheld", "partly_upheld")  # as the measure of that name
_COLUMNS = ("feedback_id", "outcome", "stage_1_responded_on", "original_due_on", "extensions")


def groups_told(organisation: str, asked: Sequence[Question], period: Block) -> tuple[int, list[tuple[Line, ...]]]:
    """How many complaints and concerns came in during the period, and for each question what may be told of the groups.
    Those brought in by a file are left out: nobody could ask them. Two statements."""
    facts = CaseFact.objects.filter(
        organisation=organisation, received_on__gte=period.first, received_on__lte=period.last, imported=False
    )
    cells = {feedback_id: _cell(*rest) for feedback_id, *rest in facts.values_list(*_COLUMNS)}
    answers = about_you.answers_of(organisation=organisation, feedback_ids=cells)
    return len(cells), [
        disclosure.told(question.tree(), _table(question, cells, answers.get(question.key, {}))) for question in asked
    ]


def _cell(outcome: str, answered_on: date | None, first_told_on: date | None, extensions: int) -> Cell:
    founded = outcome in WELL_FOUNDED
    if answered_on is not None and first_told_on is not None and answered_on <= first_told_on:
        return founded, "in_time"
    return founded, "extended" if extensions else "neither"


def _table(question: Question, cells: dict[str, Cell], answers: dict[str, str]) -> Table:
    """An answer that the question no longer has counts as none."""
    table: dict[str, Counter[Any]] = defaultdict(Counter)
    for of, cell in cells.items():
        answer = answers.get(of, NOT_TOLD)
        table[answer if answer in question else NOT_TOLD][cell] += 1
    return table
