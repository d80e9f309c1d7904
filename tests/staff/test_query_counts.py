"""A page asks as many questions of the database when there is much to show as when there is little."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import factories
from tests.staff.conftest import TODAY, Desk

from heed.cases.actions import talk, triage
from heed.cases.models import Case

# Who is looking costs four: session, person, organisation, roles.
LISTS = {"": 10, "cases/": 6, "feedback/": 5, "settings/people/": 7, "settings/services/": 5, "settings/closures/": 5}
OF_CASE = {"": 16, "history/": 19, "issues/": 17, "risk/": 13}


def asked(desk: Desk, page: str, who: object = None) -> int:
    client = desk.client(who)  # type: ignore[arg-type]
    client.get(desk.at(page))
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(desk.at(page))
    assert answer.status_code == 200, page
    return len(queries)


def add(desk: Desk, number: int) -> None:
    for _ in range(number):
        factories.registered(desk.of, desk.handler)
        factories.received(desk.of, kind="comment")
        factories.person(desk.of, "handler", "front_line")
        factories.service(desk.of, f"service-{factories._numbers.__next__()}")
        desk.of.closures.create(
            on=(TODAY + timedelta(days=desk.of.closures.count())).date(), reason="Closed", added_at=TODAY
        )


def test_lists_ask_the_same_however_long(desk: Desk) -> None:
    boss = factories.person(desk.of, "complaints_manager", "administrator")
    add(desk, 2)
    few = {page: asked(desk, page, boss) for page in LISTS}
    add(desk, 10)
    assert {page: asked(desk, page, boss) for page in LISTS} == few
    assert few == LISTS


def test_a_case_asks_the_same_however_much_happened(desk: Desk) -> None:
    case = factories.investigated(desk.of, desk.handler, desk.investigator)
    few = {page: asked(desk, desk.of_case(case, page)) for page in OF_CASE}
    by = factories.actor(desk.handler, desk.of)
    for number in range(12):
        talk.message_from_person(case_id=case.pk, body=f"Message {number}", by=factories.PUBLIC, at=TODAY)
        frame = {"by": by, "at": TODAY, "version": factories.fresh(case).version}
        triage.add_issue(case_id=case.pk, summary=f"Issue {number}", subject="other", **frame)
        frame["version"] += 1
        triage.rate(case_id=case.pk, seriousness="low", likelihood="rare", reason="Again", **frame)
        triage.record_against(
            case_id=case.pk, against=[triage.Against(name=f"Person {number}")], by=by, at=TODAY,
            version=Case.objects.get(pk=case.pk).version,
        )  # fmt: skip
    assert {page: asked(desk, desk.of_case(case, page)) for page in few} == few
    assert few == OF_CASE


@pytest.mark.parametrize("hits", [1, 12])
def test_a_search_asks_the_same_however_many_are_found(desk: Desk, hits: int) -> None:
    for _ in range(hits):
        factories.case(desk.of, text="A broken bell.")
    address = desk.send("search/", q="bell")["Location"].split("/staff/")[1]
    newest_first = connection.vendor == "postgresql"  # which asks besides where the newest entries begin
    assert asked(desk, address) == 9 + newest_first
