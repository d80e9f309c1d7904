"""How much was done: what may be kept, what a table says, and that every change can be taken back."""

from datetime import date, datetime
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from tests import factories

from heed.audit.actor import Actor
from heed.audit.models import Entry
from heed.audit.refusals import Refused, Stale
from heed.facts import queries as facts
from heed.organisations import actions, queries, rules
from heed.organisations.models import ActivityChange, Organisation

BY = Actor("staff", "7")
AT = timezone.make_aware(datetime(2026, 4, 8, 10))
TODAY = date(2026, 4, 8)
FEB, MAR, APR = date(2026, 2, 1), date(2026, 3, 1), date(2026, 4, 1)
SERVICES = {"ward-1": "Ward 1", "maternity": "Maternity"}


@pytest.mark.parametrize(
    ("text", "month"),
    [("2026-03", MAR), ("2026-3", MAR), ("2026-03-01", MAR), ("2026-03-01T00:00:00", MAR), ("03/2026", MAR), ("1/3/2026", MAR),
     ("Mar 2026", MAR), ("march 2026", MAR), ("Mar-26", MAR), ("1 March 2026", MAR), ("2026-13", None), ("0/2026", None),
     ("Mist 2026", None), ("2026", None), ("", None), ("0000-03", None)],
)  # fmt: skip
def test_a_month_is_read_as_people_write_it(text: str, month: date | None) -> None:
    assert rules.parse_month(text) == month


@given(st.text(max_size=20))
def test_no_text_breaks_the_reading(text: str) -> None:
    month, number = rules.parse_month(text), rules.parse_number(text)
    assert month is None or month.day == 1
    assert number is None or 0 <= number <= rules.LARGEST


@pytest.mark.parametrize(
    ("text", "number"),
    [("12", 12), ("1,204", 1204), ("1 204", 1204), ("7.0", 7), ("0", 0), ("", None), ("-1", None), ("1.5", None),
     ("many", None), ("1234567890", None), ("²", None)],
)  # fmt: skip
def test_a_number_is_whole_and_not_below_nothing(text: str, number: int | None) -> None:
    assert rules.parse_number(text) == number


def read(header: list[str], *rows: list[str]) -> rules.Table:
    return rules.read_table(header, [(n, row, "") for n, row in enumerate(rows, start=2)], SERVICES, TODAY)


def test_a_row_for_each_service_and_month() -> None:
    table = read(["Month", "Service", "Number"], ["Mar 2026", "ward 1", "1,200"], ["2026-03", "MATERNITY", "90"],
                 ["2026-03", "", "1290"])  # fmt: skip
    assert table.cells == {("ward-1", MAR): 1200, ("maternity", MAR): 90, ("", MAR): 1290}
    assert not table.rejected


def test_a_column_for_each_month() -> None:
    table = read(["service", "Feb 2026", "Mar 2026", "note"], ["Ward 1", "10", "", "x"], ["Maternity", "3", "x", ""])
    assert table.cells == {("ward-1", FEB): 10, ("maternity", FEB): 3}
    assert [(one.row, one.reason) for one in table.rejected] == [
        (3, "“x” is not a whole number of 0 or more, with at most 9 digits")
    ]


def test_every_row_that_cannot_be_kept_says_why() -> None:
    table = rules.read_table(
        ["service", "month", "number"],
        [(2, ["Ward 9", "2026-03", "1"], ""), (3, ["Ward 1", "soon", "1"], ""), (4, ["Ward 1", "2026-03", ""], ""),
         (5, ["Ward 1", "2026-04", "1"], ""), (6, ["Ward 1", "1999-12", "1"], ""), (7, ["Ward 1", "2026-03", "5"], ""),
         (8, ["Ward 1", "2026-03", "6"], ""), (9, ["Ward 1"], "a quotation mark in it is opened and not closed")],
        SERVICES, TODAY,
    )  # fmt: skip
    assert table.cells == {("ward-1", MAR): 5}
    assert [one.reason for one in table.rejected] == [
        "there is no service “Ward 9”",
        "“soon” is not a month like 2026-04 or Apr 2026",
        "March 2026 has no number",
        "April 2026 is not over",
        "December 1999 is too long ago",
        "March 2026 stands in row 7 already",
        "a quotation mark in it is opened and not closed",
    ]
    assert table.rejected[0].text == "Ward 9 | 2026-03 | 1"


def test_columns_that_say_nothing_are_refused() -> None:
    with pytest.raises(ValueError, match="The first line must name the columns"):
        read(["what", "ever"], ["a", "b"])


@pytest.fixture
def body(db: None) -> Organisation:
    made = factories.organisation()
    actions.choose_activity(organisation=made, kind="contacts", by=BY, at=AT)
    return made


def keep(
    body: Organisation, cells: dict[Any, int | None], version: int | None = None, source: str = "PAS"
) -> ActivityChange:
    if version is None:
        newest = queries.newest_activity_change(body.pk)
        version = newest.pk if newest else 0
    return actions.enter_activity(
        organisation=body, cells=cells, source=source, way="typed", version=version, by=BY, at=AT
    )  # fmt: skip


def standing(body: Organisation) -> dict[tuple[str, date], int]:
    return facts.activity(body.code, "contacts")


def test_numbers_are_kept_corrected_and_taken_out_with_what_was_before(body: Organisation) -> None:
    keep(body, {("first", FEB): 10, ("", MAR): 500, ("first", MAR): None})
    assert standing(body) == {("first", FEB): 10, ("", MAR): 500}
    change = keep(body, {("first", FEB): 12, ("", MAR): None, ("first", MAR): 8})
    assert standing(body) == {("first", FEB): 12, ("first", MAR): 8}
    assert change.cells == [["", "2026-03", 500, None], ["first", "2026-02", 10, 12], ["first", "2026-03", None, 8]]
    entry = Entry.objects.get(verb="activity_entered", object_id=str(change.pk))
    assert entry.detail == {"kind": "contacts", "cells": 3}
    assert "PAS" not in str(entry.detail)


def test_what_is_as_it_was_is_no_change(body: Organisation) -> None:
    keep(body, {("first", FEB): 10})
    with pytest.raises(Refused, match="nothing is different"):
        keep(body, {("first", FEB): 10, ("first", MAR): None})
    assert ActivityChange.objects.count() == 1


@pytest.mark.parametrize(
    ("cells", "words"),
    [({("first", APR): 1}, "April 2026 is not over"), ({("elsewhere", MAR): 1}, "no service"),
     ({("first", date(2026, 3, 2)): 1}, "whole month"), ({("first", MAR): -1}, "from 0 to")],
)  # fmt: skip
def test_what_cannot_be_a_denominator_is_refused(body: Organisation, cells: dict[Any, int], words: str) -> None:
    with pytest.raises(Refused, match=words):
        keep(body, cells)
    assert standing(body) == {}


def test_a_source_and_a_kind_are_needed(db: None) -> None:
    body = factories.organisation()
    with pytest.raises(Refused, match="Choose what is counted first"):
        keep(body, {("first", MAR): 1})
    with pytest.raises(Refused, match="Say where the numbers come from"):
        keep(body, {("first", MAR): 1}, source=" ")
    with pytest.raises(Refused, match="Choose what is counted"):
        actions.choose_activity(organisation=body, kind="smiles", by=BY, at=AT)


def test_somebody_else_was_quicker(body: Organisation) -> None:
    keep(body, {("first", FEB): 10})
    with pytest.raises(Stale, match="Nothing of yours is lost"):
        keep(body, {("first", FEB): 11}, version=0)
    assert standing(body) == {("first", FEB): 10}


def undo(body: Organisation, change: ActivityChange) -> ActivityChange:
    return actions.undo_activity(organisation=body, change_id=change.pk, by=BY, at=AT)


def test_a_change_is_taken_back_once_and_so_is_taking_back(body: Organisation) -> None:
    keep(body, {("first", FEB): 10})
    change = keep(body, {("first", FEB): 12, ("first", MAR): 8})
    back = undo(body, change)
    assert standing(body) == {("first", FEB): 10}
    assert Entry.objects.filter(verb="activity_undone", object_id=str(back.pk)).exists()
    with pytest.raises(Refused, match="taken back already"):
        undo(body, change)
    undo(body, back)
    assert standing(body) == {("first", FEB): 12, ("first", MAR): 8}


def test_what_was_changed_again_since_is_left_alone(body: Organisation) -> None:
    change = keep(body, {("first", FEB): 12, ("first", MAR): 8})
    keep(body, {("first", MAR): 9})
    undo(body, change)
    assert standing(body) == {("first", MAR): 9}
    with pytest.raises(Refused, match="not there"):
        actions.undo_activity(organisation=factories.organisation(), change_id=change.pk, by=BY, at=AT)
    other = keep(body, {("first", MAR): 10})
    keep(body, {("first", MAR): 11})
    with pytest.raises(Refused, match="changed again since"):
        undo(body, other)


def test_numbers_of_another_kind_stay_for_when_it_is_chosen_again(body: Organisation) -> None:
    keep(body, {("first", FEB): 10})
    actions.choose_activity(organisation=body, kind="homes", by=BY, at=AT)
    body.refresh_from_db()
    assert queries.activity(body, 2026) == {}
    keep(body, {("first", FEB): 3})
    assert standing(body) == {("first", FEB): 10}
    actions.choose_activity(organisation=body, kind="contacts", by=BY, at=AT)
    body.refresh_from_db()
    assert queries.activity(body, 2026) == {("first", FEB): 10}
    assert queries.activity(body, 2025) == {}
