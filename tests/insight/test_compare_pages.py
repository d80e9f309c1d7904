"""The page that sets services beside each other: what it says to whom, and its file."""

import csv
import io
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests import factories
from tests.insight.facts import tell_activity
from tests.insight.test_comparison import happen
from tests.insight.test_pages import words

from heed.accounts.models import User
from heed.insight.periods import whole_months
from heed.organisations.models import Organisation

pytestmark = pytest.mark.django_db
CODES = ("first", "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta")


@pytest.fixture
def body() -> Organisation:
    made = factories.organisation("lgsco-2024", name="Fenwick Council", activity_kind="decisions")
    months = whole_months(24, timezone.localdate()).months
    for code in CODES:
        if code != "first":
            factories.service(made, code, name=f"={code.title()}")
        happen(made.code, code, 30 if code == "delta" else 6, 2, months=months)
        tell_activity(made.code, {code: dict.fromkeys(months, 900)}, kind="decisions")
    factories.service(made, "young", name="Young")
    return made


def look(person: User, body: Organisation, page: str = "") -> Any:
    client = Client()
    client.force_login(person)
    return client.get(f"/{body.code}/staff/insight/compare/{page}")


def test_sentences_come_first_and_nobody_is_ranked(body: Organisation) -> None:
    page = look(factories.person(body, "handler"), body)
    told = words(page)
    assert (
        "1 of 9 services differs from what is expected by more than chance in complaints received for each 1,000 decisions: "
        "=Delta (higher). Chance alone would flag about 0.02 of 9."
    ) in told
    assert (
        "None of the 9 services differs from what is expected by more than chance in cases found well-founded" in told
    )
    assert "A high rate can mean that people find it easy to complain" in told
    assert told.index("A high rate can mean") < told.index("For as much as was done")
    assert "Young: no denominator: nobody has said how many decisions there were" in told
    for table in page.context["rates"]:
        names = [name for name, _ in table.lines]
        assert names == sorted(names, key=str.casefold)
    assert page.content.decode().count("<svg") == 6


def test_its_file_says_all_that_the_page_says(body: Organisation) -> None:
    response = look(factories.person(body, "handler"), body, "figures.csv?months=24")
    assert response["Content-Disposition"] == f'attachment; filename="{body.code}-compare-services.csv"'
    head, *lines = csv.reader(io.StringIO(response.content.decode("utf-8-sig")))
    assert head[:2] == ["Comparison", "Place"]
    assert all(len(line) == len(head) for line in lines)
    delta = next(line for line in lines if line[1] == "'=Delta")
    assert delta[4:9] == ["Decisions", "21600", "720", delta[7], "33.33"]
    assert delta[12] == "Higher than chance explains"
    young = [line for line in lines if line[1] == "Young"]
    assert len(young) == 3
    assert all(line[12].startswith("Left out: ") for line in young)


def test_an_overseer_sees_no_small_number(body: Organisation) -> None:
    factories.service(body, "tiny", name="Tiny")
    months = whole_months(24, timezone.localdate()).months
    happen(body.code, "tiny", 1, 1, months=(*months[:2], *months[-2:]))
    tell_activity(body.code, {"tiny": dict.fromkeys(months, 60)}, kind="decisions")
    overseer = factories.person(body, "overseer")
    page = look(overseer, body, "?months=36")
    told = words(page)
    assert "Numbers from 1 to 4 are hidden" in told
    assert "Its numbers are too small to tell" in told
    assert "The last 24 months" not in told
    lines = dict(page.context["rates"][0].lines)
    assert lines["Tiny"][:5] == ("hidden",) * 5
    file = look(overseer, body, "figures.csv").content.decode("utf-8-sig")
    assert [line[6] for line in csv.reader(io.StringIO(file)) if line[1] == "Tiny"] == ["hidden"] * 3
    plots = [table.plot for table in page.context["rates"]]
    assert all("Tiny" not in {dot.label for dot in plot.dots} for plot in plots)


def test_a_service_manager_sees_their_own(body: Organisation) -> None:
    person = factories.person(body, "service_manager", service=body.services.get(code="delta"))
    page = look(person, body)
    assert "You see your own services" in words(page)
    assert [name for name, _ in page.context["rates"][0].lines] == ["=Delta"]
    assert "1 of 1 service differs" in words(page)


def test_without_activity_the_share_still_stands(body: Organisation) -> None:
    body.activity_kind = ""
    body.save()
    told = words(look(factories.person(body, "complaints_manager"), body))
    assert "No denominator: nobody has told Heed yet" in told
    assert "Say how much the services do" in told
    assert "Of the cases decided" in told
    assert "Share found well-founded, by service" in told


@pytest.mark.parametrize(
    ("role", "status"),
    [("handler", 200), ("overseer", 200), ("service_manager", 200), ("front_line", 404), ("administrator", 404)],
)
def test_who_may_look(body: Organisation, role: str, status: int) -> None:
    for page in ("", "figures.csv"):
        assert look(factories.person(body, role), body, page).status_code == status


def test_an_empty_organisation_is_told_what_is_missing() -> None:
    empty = factories.organisation()
    told = words(look(factories.person(empty, "handler"), empty))
    assert "No comparison. There is nothing to compare yet." in told


def test_the_same_questions_however_much_there_is(body: Organisation, django_assert_num_queries: Any) -> None:
    client = Client()
    client.force_login(factories.person(body, "handler"))
    address = f"/{body.code}/staff/insight/compare/"
    client.get(address)
    with django_assert_num_queries(8):
        client.get(address)
    happen(body.code, "alpha", 10, 2)
    with django_assert_num_queries(8):
        client.get(f"{address}?months=36")
