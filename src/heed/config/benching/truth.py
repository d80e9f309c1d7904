"""What the pages should say, counted directly in the tables, without the code that makes the pages."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import connection
from django.utils import timezone

from heed.config.seeding.history import LONDON

PAGE = 50  # lines of a worklist
DEEP = 20_000
# The worklist holds what has a next step, soonest first.
WORK = "organisation_id = %s AND next_step_on IS NOT NULL"


@dataclass(frozen=True)
class Row:
    """A line of the worklist."""

    reference: str
    on: date
    pk: int


def ask(sql: str, *parameters: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def number(sql: str, *parameters: Any) -> int:
    return int(ask(sql, *parameters)[0][0])


def work(organisation: int, more: str = "", *parameters: Any, skip: int = 0) -> list[Row]:
    """The lines of a page of the worklist, after so many."""
    rows = ask(
        f"SELECT reference, next_step_on, id FROM cases_case WHERE {WORK} {more} "  # noqa: S608 (our own words)
        "ORDER BY next_step_on, id LIMIT %s OFFSET %s", organisation, *parameters, PAGE, skip,
    )  # fmt: skip
    return [Row(reference, _day(on), pk) for reference, on, pk in rows]


def work_count(organisation: int, more: str = "", *parameters: Any) -> int:
    return number(f"SELECT count(*) FROM cases_case WHERE {WORK} {more}", organisation, *parameters)  # noqa: S608


def most_of_step_and_risk(organisation: int) -> tuple[str, str]:
    """The step and the risk, both chosen, that leave the most."""
    rows = ask(
        f"SELECT next_step, risk FROM cases_case WHERE {WORK} AND risk <> '' GROUP BY next_step, risk "  # noqa: S608
        "ORDER BY count(*) DESC, next_step, risk LIMIT 1", organisation,
    )  # fmt: skip
    return rows[0]


def told_of(organisation: int, word: str) -> set[str]:
    """The references of the cases in whose narrative the word stands."""
    rows = ask(
        "SELECT cases_case.reference FROM cases_case JOIN feedback_narrative ON "
        "feedback_narrative.feedback_id = cases_case.feedback_id WHERE organisation_id = %s AND text LIKE %s",
        organisation, f"%{word}%",
    )  # fmt: skip
    return {reference for (reference,) in rows}


def received(organisation: int, first: date) -> int:
    """How many items of feedback came in since the beginning of a day in London."""
    since = datetime.combine(first, time(), LONDON)
    sql = "SELECT count(*) FROM feedback_feedback WHERE organisation_id = %s AND received_at >= %s"
    return number(sql, organisation, connection.ops.adapt_datetimefield_value(since))


def cases(organisation: int) -> int:
    return number("SELECT count(*) FROM cases_case WHERE organisation_id = %s", organisation)


def longest(organisation: int) -> tuple[str, int]:
    """The reference of the case with the longest history, and how many entries it has."""
    rows = ask(
        "SELECT reference, (SELECT count(*) FROM cases_caseevent WHERE case_id = cases_case.id) FROM cases_case "
        "WHERE organisation_id = %s ORDER BY event_count DESC, id LIMIT 1", organisation,
    )  # fmt: skip
    return rows[0]


def today() -> date:
    return timezone.localdate()


def _day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value
