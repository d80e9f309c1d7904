"""The insight pages: who may open them, what they say, and what an address may ask."""

import csv
import io
import re
from datetime import timedelta
from html import unescape
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from tests import factories
from tests.insight.facts import invent

from heed.accounts.models import User
from heed.facts.models import CaseFact
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
    head = ["Measure", "Month", "Month is over", "Of", "Figure", "Unit", "Counted", "Out of", "Worked out on"]
    assert lines[0] == head
    assert {line[3] for line in lines[1:]} == {"all of Fenwick Council", "First", "'=Parks & gardens"}
    assert [line[2] for line in lines[1:14]] == ["yes"] * 12 + ["no"]


def test_an_address_that_asks_for_nonsense_gets_what_is_there(handler: User, body: Organisation) -> None:
    assert look(handler, body, "?months=13").context["board"].drawn == 12
    assert look(handler, body, "?months=twelve&service=").status_code == 200
    assert look(handler, body, "?service=elsewhere").status_code == 404
    assert look(handler, body, "measures/no-such/").status_code == 404


def test_a_workbook_holds_the_figures_as_numbers_and_what_they_are(handler: User, body: Organisation) -> None:
    response = look(handler, body, "measures/received/figures.xlsx")
    book = load_workbook(io.BytesIO(response.content))
    figures = list(book["Figures"].values)
    assert figures[0][0] == "Measure"
    assert any(row[3] == "'=Parks & gardens" for row in figures)
    assert all(isinstance(row[4], int | float) for row in figures[1:])
    told = {row[0]: row[1] for row in book["What they are"].values}
    assert told["Key"] == "received"
    assert told["Of"] == "all of Fenwick Council"
    assert "Worked out" in told


def test_the_chart_stands_alone_as_a_drawing_and_as_a_picture(handler: User, body: Organisation) -> None:
    drawing = ElementTree.fromstring(look(handler, body, "measures/received/chart.svg").content)  # noqa: S314 (ours)
    told = " ".join(text for text in drawing.itertext())
    assert "items of feedback were received" in told
    assert "Worked out on" in told
    picture = look(handler, body, "measures/received/chart.png")
    assert picture["Content-Type"] == "image/png"
    assert picture.content.startswith(b"\x89PNG")
    assert look(handler, body, "measures/received/chart.pdf").status_code == 404
    for unfed in (measure.key for measure in MEASURES if measure.unfed):
        assert look(handler, body, f"measures/{unfed}/chart.svg").status_code == 404


def test_what_lies_behind_a_figure_is_what_was_counted(handler: User, body: Organisation) -> None:
    month = timezone.localdate().replace(day=1) - timedelta(days=40)
    for measure in MEASURES:
        page = look(handler, body, f"measures/{measure.key}/behind/{month:%Y-%m}/")
        counted = look(handler, body, f"measures/{measure.key}/").context["detail"].series
        many = next((p.tally.of for p in counted.points if p.month == month.replace(day=1)), 0) if counted else 0
        if measure.table != "remedy" and measure.shape != "rate":  # several of one case are one line
            assert page.context["many"] == many, measure.key
    whole = look(handler, body, f"measures/extended/behind/{month:%Y-%m}/").context["many"]
    parts = [look(handler, body, f"measures/extended/behind/{month:%Y-%m}/?part={p}") for p in ("counted", "others")]
    assert sum(page.context["many"] for page in parts) == whole
    assert look(handler, body, "measures/extended/behind/2026-13/").status_code == 404
    assert look(handler, body, f"measures/extended/behind/{month:%Y-%m}/?part=x").status_code == 404


def test_of_very_many_the_newest_are_looked_up(
    handler: User, body: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("heed.staff.views.behind.MOST", 2)
    month = timezone.localdate().replace(day=1) - timedelta(days=40)
    page = words(look(handler, body, f"measures/received/behind/{month:%Y-%m}/"))
    assert "Of the newest 2, here are those that you may see" in page


def test_what_lies_behind_is_for_those_who_see_the_cases(body: Organisation) -> None:
    page = f"measures/received/behind/{timezone.localdate():%Y-%m}/"
    assert look(factories.person(body, "overseer"), body, page).status_code == 404
    manager = factories.person(body, "service_manager", service=body.services.get(code="parks"))
    assert look(manager, body, page).status_code == 404
    assert look(manager, body, f"{page}?service=parks").status_code == 200


def test_a_theme_or_a_channel_alone_is_for_those_who_see_the_cases(handler: User, body: Organisation) -> None:
    page = look(handler, body, "measures/received/?by=channel")
    assert "?months=12&amp;channel=phone" in page.content.decode()
    assert "Only all of Fenwick Council, Phone." in words(look(handler, body, "measures/received/?channel=phone"))
    assert look(handler, body, "measures/received/?channel=pigeon").status_code == 404
    assert look(handler, body, "measures/actions_on_time/?channel=phone").status_code == 404
    assert look(handler, body, "?channel=phone").status_code == 404
    overseer = factories.person(body, "overseer")
    assert look(overseer, body, "measures/received/?channel=phone").status_code == 404
    assert look(overseer, body, "measures/received/?by=channel").context["detail"].asked.by == "service"


def test_by_month_of_receipt_only_months_as_good_as_closed(handler: User, body: Organisation) -> None:
    facts = CaseFact.objects.filter(organisation=body.code)
    old = timezone.localdate().replace(day=1) - timedelta(days=200)
    facts.filter(received_on__lt=old, closed_on=None).update(closed_on=old, outcome="upheld")
    page = look(handler, body, "measures/well_founded/?cohort=yes")
    shown = page.context["detail"]
    assert shown.months[-1] < old
    assert "received in the month and closed since" in shown.finding
    for point in shown.series.points:
        month = [f for f in facts if f.received_on.replace(day=1) == point.month and f.statutory]
        if point.value is not None and month:
            assert sum(f.closed_on is not None for f in month) >= 0.95 * len(month)


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
