"""The insight pages: who may open them, what they say, and what an address may ask."""

import csv
import io
import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests import factories
from tests.insight.facts import invent

from heed.accounts.models import User
from heed.insight.measures import MEASURES, ROWS
from heed.organisations.models import Organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def body() -> Organisation:
    made = factories.organisation("lgsco-2024", name="Fenwick Council")
    factories.service(made, "parks", name="=Parks & gardens")
    invent(made.code, ["first", "parks"], cases=150, today=timezone.localdate())
    return made


@pytest.fixture
def handler(body: Organisation) -> User:
    return factories.person(body, "handler")


def look(person: User, body: Organisation, page: str = "") -> Any:
    client = Client()
    client.force_login(person)
    return client.get(f"/{body.code}/staff/insight/{page}")


def words(response: Any) -> str:
    text = re.sub(r"<(svg|title)\b.*?</\1>|<[^>]+>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(text).split())


def test_all_sixteen_rows_are_on_the_page_with_their_definitions_one_click_away(
    handler: User, body: Organisation
) -> None:
    page = look(handler, body)
    told = words(page)
    for row in ROWS:
        assert row.name in told
    for measure in MEASURES:
        assert f"/insight/measures/{measure.key}/?months=12" in page.content.decode()
        if measure.unfed:
            assert f"{measure.name} : no figure. {measure.unfed}" in told
    assert "is Heed’s own, not that of the Local Government and Social Care Ombudsman" in told
    assert "There are no targets" in told
    assert re.search(r"Worked out on .* from facts without personal data: [\d,]+ items of feedback received", told)


def test_every_measure_has_its_page_and_its_file(handler: User, body: Organisation) -> None:
    for measure in MEASURES:
        page = look(handler, body, f"measures/{measure.key}/?months=24")
        assert page.status_code == 200
        assert measure.why in words(page)
        assert measure.source in words(page)
        if measure.unfed:
            assert measure.unfed in words(page)
        assert look(handler, body, f"measures/{measure.key}/figures.csv").status_code == 200


def test_a_file_runs_nothing_in_a_spreadsheet(handler: User, body: Organisation) -> None:
    response = look(handler, body, "measures/received/figures.csv?months=12")
    assert response["Content-Disposition"] == f'attachment; filename="{body.code}-received.csv"'
    lines = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert lines[0] == ["Measure", "Month", "Month is over", "Service", "Figure", "Unit", "Counted", "Out of"]
    assert {line[3] for line in lines[1:]} == {"all of Fenwick Council", "First", "'=Parks & gardens"}
    assert [line[2] for line in lines[1:14]] == ["yes"] * 12 + ["no"]


def test_an_address_that_asks_for_nonsense_gets_what_is_there(handler: User, body: Organisation) -> None:
    assert look(handler, body, "?months=13").context["board"].drawn == 12
    assert look(handler, body, "?months=twelve&service=").status_code == 200
    assert look(handler, body, "?service=elsewhere").status_code == 404
    assert look(handler, body, "measures/no-such/").status_code == 404


def test_one_service_and_three_years(handler: User, body: Organisation) -> None:
    page = look(handler, body, "?service=parks&months=36")
    assert "For =Parks & gardens," in words(page)
    assert "?service=parks&amp;months=36" in page.content.decode()


@pytest.mark.parametrize(
    ("role", "status"),
    [("handler", 200), ("overseer", 200), ("service_manager", 200), ("responsible_person", 200),
     ("front_line", 404), ("investigator", 404), ("action_owner", 404), ("administrator", 404)],
)  # fmt: skip
def test_who_may_look(body: Organisation, role: str, status: int) -> None:
    person = factories.person(body, role)
    for page in ("", "measures/received/", "measures/received/figures.csv"):
        assert look(person, body, page).status_code == status


def test_an_overseer_asks_for_no_single_service(body: Organisation) -> None:
    overseer = factories.person(body, "overseer")
    assert look(overseer, body, "?service=parks").status_code == 404
    assert "hidden" in words(look(overseer, body, "measures/received/"))
    assert "whole organisation only" in words(look(overseer, body, "measures/extended/"))


def test_an_empty_organisation_says_what_will_come() -> None:
    empty = factories.organisation()
    page = look(factories.person(empty, "handler"), empty)
    assert "No figures yet" in words(page)
    assert "no facts yet" in words(page)


def test_the_same_questions_however_much_there_is(
    handler: User, body: Organisation, django_assert_max_num_queries: Any
) -> None:
    client = Client()
    client.force_login(handler)
    client.get(f"/{body.code}/staff/insight/")
    with django_assert_max_num_queries(25) as asked:
        client.get(f"/{body.code}/staff/insight/")
    invent(body.code, ["first", "parks"], cases=400, seed=7, today=timezone.localdate())
    with django_assert_max_num_queries(len(asked)):
        client.get(f"/{body.code}/staff/insight/?months=36")
