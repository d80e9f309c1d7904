"""Saying how much the services do: by month, as a table, corrected, taken back; nothing typed is lost."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook
from tests import factories
from tests.staff.conftest import Desk, words
from tests.staff.test_query_counts import asked

from heed.accounts.models import User
from heed.facts import queries as facts
from heed.organisations import actions
from heed.organisations.models import ActivityChange
from heed.staff import tables

FEB, MAR, APR = date(2026, 2, 1), date(2026, 3, 1), date(2026, 4, 1)


@pytest.fixture
def boss(desk: Desk) -> User:
    """The complaints manager of an organisation that counts contacts, with a second service."""
    factories.service(desk.of, "maternity", name="Maternity")
    actions.choose_activity(organisation=desk.of, kind="contacts", by=factories.PUBLIC, at=factories.NOW)
    desk.of.refresh_from_db()
    return factories.person(desk.of, "complaints_manager", name="Tom Okafor")


def standing(desk: Desk) -> dict[tuple[str, date], int]:
    return facts.activity(desk.of.code, "contacts")


def cell(desk: Desk, code: str, month: int) -> str:
    return f"n_{desk.of.services.get(code=code).pk if code else 0}_{month}"


def version() -> str:
    newest = ActivityChange.objects.first()
    return str(newest.pk if newest else 0)


def send(desk: Desk, who: User, numbers: dict[tuple[str, int], str], **more: Any) -> Any:
    entered = {cell(desk, code, month): number for (code, month), number in numbers.items()}
    return desk.send(
        "settings/activity/", who, **{"source": "PAS", "version": version(), **more}, follow=True, **entered
    )


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("complaints_manager", 200),
        ("administrator", 200),
        ("handler", 404),
        ("service_manager", 404),
        ("overseer", 404),
    ],
)
def test_who_may_say_how_much_was_done(desk: Desk, role: str, status: int) -> None:
    person = factories.person(desk.of, role)
    for page in ("", "kind/", "table/"):
        assert desk.get(f"settings/activity/{page}", person).status_code == status


def test_first_it_is_said_what_is_counted(desk: Desk) -> None:
    admin = factories.person(desk.of, "administrator")
    assert "First say what is counted here" in words(desk.get("settings/activity/", admin))
    assert "Choose what you count" in words(desk.send("settings/activity/kind/", admin))
    page = desk.send("settings/activity/kind/", admin, kind="bed_days", follow=True)
    assert "Rates are taken over bed days now." in words(page)
    assert "Counted in bed days" in words(desk.get("settings/", admin))


def test_a_year_is_on_one_screen_and_a_month_that_is_not_over_is_not(desk: Desk, boss: User) -> None:
    page = desk.get("settings/activity/", boss)
    assert [f"{month:%b}" for month in page.context["form"].months] == ["Jan", "Feb", "Mar"]
    assert [name for name, _ in page.context["form"].table()] == ["The whole organisation", "First", "Maternity"]
    assert len(desk.get("settings/activity/?year=2025", boss).context["form"].months) == 12
    for nonsense in ("?year=1066", "?year=soon", "?year=2027", "?part=9"):
        assert desk.get(f"settings/activity/{nonsense}", boss).context["year"] == 2026


def test_numbers_are_kept_and_corrected_and_taken_back(desk: Desk, boss: User) -> None:
    assert "2 numbers of 2026 are kept." in words(send(desk, boss, {("first", 2): "1,200", ("", 3): "9000"}))
    assert standing(desk) == {("first", FEB): 1200, ("", MAR): 9000}
    page = send(desk, boss, {("first", 2): "1,250", ("", 3): "9000"})
    assert "1 number of 2026 is kept." in words(page)
    told = words(page)
    assert "Tom Okafor : 1 number of contacts, typed in. Source: PAS" in told.replace("Okafor:", "Okafor :")
    assert "First, February 2026: 1,250, before 1,200" in told
    latest = ActivityChange.objects.latest("pk")
    back = desk.send(f"settings/activity/changes/{latest.pk}/undo/", boss, follow=True)
    assert "1 number is kept as before that change." in words(back)
    assert "(taken back since)" in words(back)
    assert standing(desk) == {("first", FEB): 1200, ("", MAR): 9000}
    again = desk.send(f"settings/activity/changes/{latest.pk}/undo/", boss, follow=True)
    assert "This change was taken back already." in words(again)


def test_what_is_wrong_stands_beside_its_number_and_nothing_is_lost(desk: Desk, boss: User) -> None:
    page = send(desk, boss, {("first", 1): "many", ("first", 2): "12"}, source="")
    told = words(page)
    assert "First, January 2026 must be a whole number, like 12" in told
    assert "Enter where the numbers come from" in told
    html = page.content.decode()
    assert 'value="many"' in html
    assert 'value="12"' in html
    assert standing(desk) == {}


def test_somebody_else_was_quicker_and_both_are_kept(desk: Desk, boss: User) -> None:
    send(desk, boss, {("first", 2): "10", ("maternity", 2): "7"})
    old = version()
    send(desk, boss, {("first", 2): "11", ("maternity", 2): "7"})
    mine = {("first", 2): "10", ("maternity", 2): "8"}
    page = send(desk, boss, mine, version=old)
    assert "Nothing of yours is lost" in words(page)
    form = page.context["form"]
    assert form[cell(desk, "first", 2)].value() == "11"
    assert form[cell(desk, "maternity", 2)].value() == "8"
    send(desk, boss, {("first", 2): "11", ("maternity", 2): "8"})
    assert standing(desk) == {("first", FEB): 11, ("maternity", FEB): 8}


def bring(desk: Desk, who: User, table: str = "", **more: Any) -> Any:
    entered = {"table": table, "source": "Register", "version": version(), **more}
    return desk.send("settings/activity/table/", who, follow=True, **entered)


def test_a_pasted_table_is_kept(desk: Desk, boss: User) -> None:
    page = bring(desk, boss, "Service\tFeb 2026\tMar 2026\nFirst\t10\t20\nMaternity\t1,000\t\n\t\t5000")
    assert "4 numbers are kept." in words(page)
    assert standing(desk) == {("first", FEB): 10, ("first", MAR): 20, ("maternity", FEB): 1000, ("", MAR): 5000}


def test_every_row_that_cannot_be_kept_is_listed_and_nothing_is_lost(desk: Desk, boss: User) -> None:
    table = "service,month,number\nFirst,2026-02,10\nWard 9,2026-02,4\nFirst,2026-04,7\nMaternity,2026-02,<b>"
    page = bring(desk, boss, table)
    told = words(page)
    assert "3 rows or numbers cannot be kept, listed below with the reason." in told
    assert "3 There is no service “Ward 9” Ward 9 | 2026-02 | 4" in told
    assert "April 2026 is not over" in told
    assert "“<b>” is not a whole number" in told
    assert page.context["form"]["table"].value() == table
    assert standing(desk) == {}
    assert "Leave these out, and keep the other row" in told
    assert "1 number is kept." in words(bring(desk, boss, table, leave_out="1"))
    assert standing(desk) == {("first", FEB): 10}


def workbook(*rows: list[Any]) -> SimpleUploadedFile:
    book, file = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    book.save(file)
    return SimpleUploadedFile("activity.xlsx", file.getvalue())


def test_a_spreadsheet_comes_back_as_text_that_can_be_put_right(desk: Desk, boss: User) -> None:
    page = bring(desk, boss, file=workbook(["Service", FEB, MAR], ["First", 10, 20.0], ["Elsewhere", 3, None]))
    assert "there is no service “Elsewhere”" in words(page).replace("There", "there")
    text = page.context["form"]["table"].value()
    assert text == "Service\t2026-02-01\t2026-03-01\nFirst\t10\t20\nElsewhere\t3\t"
    assert "3 numbers are kept." in words(bring(desk, boss, text.replace("Elsewhere", "Maternity")))
    assert standing(desk)["maternity", FEB] == 3


@pytest.mark.parametrize(
    ("given", "says"),
    [({}, "Paste a table, or choose a file"), ({"table": "what,ever\n1,2"}, "The first line must name the columns"),
     ({"table": "service,month,number\nNobody,2026-02,1"}, "There is no number in it that can be kept"),
     ({"file": SimpleUploadedFile("x.xlsx", b"PK\x03\x04no")}, "damaged, or not one")],
)  # fmt: skip
def test_what_is_no_table_is_refused_kindly(desk: Desk, boss: User, given: dict[str, Any], says: str) -> None:
    page = bring(desk, boss, **given)
    assert page.status_code == 200
    assert says in words(page)
    assert standing(desk) == {}


def test_a_table_too_long_is_refused(desk: Desk, boss: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_ROWS", 2)
    assert "more than 2 rows" in words(bring(desk, boss, "service,month,number\n" + "First,2026-02,1\n" * 3))
    monkeypatch.setattr(tables, "MOST_BYTES", 10)
    assert "larger than 5 MB" in words(bring(desk, boss, file=workbook(["a"])))


def test_the_screen_asks_the_same_however_many_services_and_changes(desk: Desk, boss: User) -> None:
    send(desk, boss, {("first", 2): "1"})
    few = asked(desk, "settings/activity/", boss)
    for number in range(70):
        factories.service(desk.of, f"s-{number}")
    for number in range(12):
        send(desk, boss, {("first", 2): str(number + 2)})
    assert asked(desk, "settings/activity/", boss) == few
    assert few <= 13
    page = desk.get("settings/activity/?part=2", boss)
    assert len(page.context["form"].table()) == 1 + 12
