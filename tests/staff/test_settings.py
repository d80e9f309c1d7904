"""What administrators look after: people and roles, services, days that do not count, the risk matrix, look and contact."""

from datetime import date
from typing import Any

import pytest
from tests import factories
from tests.staff.conftest import TODAY, Desk, words

from heed.accounts.models import Membership, User
from heed.audit.models import Entry
from heed.cases import projections, tasks
from heed.cases.models import Case
from heed.cases.whole import whole
from heed.facts.models import CaseFact
from heed.organisations import code_lists
from heed.organisations.models import Closure, Service
from heed.organisations.procedures.ombudsmen import OmbudsmanCard


@pytest.fixture
def admin(desk: Desk) -> User:
    return factories.person(desk.of, "administrator", name="Ada Admin")


def test_the_front_page_says_what_is_set_and_warns_of_stale_contacts(
    desk: Desk, admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(OmbudsmanCard, "is_stale", lambda self, on: self.key == "phso")
    shown = words(desk.get("settings/", admin))
    assert "NHS and adult social care complaints in England" in shown
    assert "Check it before a letter gives it." in shown
    assert shown.count("Check it before a letter gives it.") == 1


def test_somebody_new_gets_a_role_and_is_told_how_to_sign_in(desk: Desk, admin: User) -> None:
    entered = {
        "name": "Nia Evans",
        "email": "Nia.Evans@body.example ",
        "job_title": "Matron",
        "role": "service_manager",
    }
    page = desk.send("settings/people/", admin, **entered)
    assert "Choose the service" in words(page)
    service = desk.of.services.get()
    desk.send("settings/people/", admin, **entered, service=service.pk)
    person = User.objects.get(email="nia.evans@body.example")
    membership = Membership.objects.get(user=person)
    assert (membership.role, membership.service, membership.organisation) == ("service_manager", service, desk.of)
    assert not person.has_usable_password()
    shown = words(desk.get(f"settings/people/{person.pk}/", admin))
    assert "./heed manage changepassword nia.evans@body.example" in shown
    assert Entry.objects.filter(verb="role_given", object_id=str(person.pk)).exists()
    assert "Nia" not in str(list(Entry.objects.values_list("detail", flat=True)))


def test_who_works_elsewhere_too_keeps_their_name(desk: Desk, admin: User) -> None:
    elsewhere = factories.person(factories.organisation(), "handler", name="Sam Elsewhere")
    desk.send("settings/people/", admin, name="Somebody Else", email=elsewhere.email, role="front_line")
    elsewhere.refresh_from_db()
    assert elsewhere.name == "Sam Elsewhere"
    assert elsewhere.memberships.filter(organisation=desk.of, role="front_line").exists()


def test_roles_are_given_once_and_taken_away(desk: Desk, admin: User) -> None:
    at = f"settings/people/{desk.handler.pk}/"
    desk.send(at, admin, role="complaints_manager")
    assert "has this role already" in words(desk.send(at, admin, role="complaints_manager"))
    membership = desk.handler.memberships.get(role="complaints_manager")
    desk.send(f"settings/roles/{membership.pk}/take/", admin)
    assert [row.role for row in desk.handler.memberships.all()] == ["handler"]
    answer = desk.send(f"settings/roles/{membership.pk}/take/", admin, follow=True)
    assert "This role was taken away already." in words(answer)


def test_the_last_administrator_stays(desk: Desk, admin: User) -> None:
    own = admin.memberships.get()
    answer = desk.send(f"settings/roles/{own.pk}/take/", admin, follow=True)
    assert "This is the last administrator." in words(answer)
    factories.person(desk.of, "administrator")
    desk.send(f"settings/roles/{own.pk}/take/", admin)
    assert not admin.memberships.exists()
    assert desk.get("settings/", admin).status_code == 404


def test_nothing_of_another_organisation_can_be_changed(desk: Desk, admin: User) -> None:
    elsewhere = factories.organisation()
    person = factories.person(elsewhere, "administrator")
    desk.send(f"settings/roles/{person.memberships.get().pk}/take/", admin)
    assert person.memberships.exists()
    assert desk.get(f"settings/people/{person.pk}/", admin).status_code == 404
    assert desk.get(f"settings/services/{elsewhere.services.get().pk}/", admin).status_code == 404
    closure = Closure.objects.create(organisation=elsewhere, on=date(2026, 12, 24), reason="Flood", added_at=TODAY)
    desk.send(f"settings/closures/{closure.pk}/open/", admin)
    assert Closure.objects.filter(pk=closure.pk).exists()


def test_services_are_added_renamed_and_closed(desk: Desk, admin: User) -> None:
    desk.send("settings/services/", admin, name="Eye clinic", group="Outpatients")
    desk.send("settings/services/", admin, name="Łazienki", group="")
    assert set(desk.of.services.values_list("name", "code")) >= {("Eye clinic", "eye-clinic"), ("Łazienki", "azienki")}
    assert "There is a service of this name already." in words(
        desk.send("settings/services/", admin, name="Eye clinic")
    )
    eye = Service.objects.get(code="eye-clinic")
    desk.send(f"settings/services/{eye.pk}/", admin, name="Eye hospital", group="", is_active="")
    eye.refresh_from_db()
    assert (eye.name, eye.code, eye.is_active) == ("Eye hospital", "eye-clinic", False)
    assert "Eye hospital" not in words(desk.get("log/"))


def day(on: date) -> dict[str, Any]:
    return {"on_day": on.day, "on_month": on.month, "on_year": on.year}


def test_a_closed_day_moves_dates_everywhere_once_the_worker_has_counted(
    desk: Desk, admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, queued = factories.case(desk.of), []
    monkeypatch.setattr(tasks, "queue", lambda job, **arguments: queued.append((job, arguments)))
    desk.send("settings/closures/", admin, **day(date(2026, 4, 8)), reason="The river rose")
    assert Closure.objects.get().on == date(2026, 4, 8)
    [(job, arguments)] = queued
    assert job is tasks.recount_after
    assert factories.fresh(case).acknowledge_by == date(2026, 4, 9)
    assert tasks.recount_after.func(**arguments) == 1
    moved = factories.fresh(case)
    assert (moved.acknowledge_by, moved.next_step_on) == (date(2026, 4, 10), date(2026, 4, 10))
    assert moved.version == case.version  # nobody changed the case: an open form stays good
    assert CaseFact.objects.get(case_id=str(case.pk)).acknowledge_due_on == date(2026, 4, 10)
    assert tasks.recount_after.func(**arguments) == 1  # twice does no harm
    desk.send(f"settings/closures/{Closure.objects.get().pk}/open/", admin)
    tasks.recount_after.func(**queued[1][1])
    assert factories.fresh(case).acknowledge_by == date(2026, 4, 9)


def test_what_is_kept_is_what_is_counted_after_any_closure(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Closed cases too: their figures count working days, and a day closed afterwards counts as if always known."""
    council = Desk("lgsco-2024")
    cases = [factories.case(council.of), factories.registered(council.of, council.handler),
             factories.answered(council.of, council.handler, council.investigator, council.signer)]  # fmt: skip
    monkeypatch.setattr(tasks, "BATCH", 2)
    by = factories.actor(council.handler, council.of)
    for on in (date(2026, 4, 7), date(2026, 4, 20), date(2026, 3, 30), date(2027, 1, 4)):
        tasks.close_day(organisation=council.of, on=on, reason="Closed", by=by, at=TODAY)
        tasks.recount_after.func(organisation_id=council.of.pk, on=on.isoformat())
        for case in Case.objects.filter(pk__in=[made.pk for made in cases]):
            worked_out = projections.columns(whole(case))
            assert {name: getattr(case, name) for name in worked_out} == worked_out, on
            kept, fact = CaseFact.objects.filter(case_id=str(case.pk)).values().get(), projections.fact(whole(case))
            assert {name: kept[name] for name in fact} == fact, on


@pytest.mark.parametrize(
    ("entered", "told"),
    [
        ({}, "Enter the day"),
        ({**day(date(2026, 4, 8)), "reason": ""}, "Enter why it does not count"),
        ({**day(date(2095, 4, 8)), "reason": "Far away"}, "The calendar knows the years"),
        ({"on_day": "30", "on_month": "2", "on_year": "2026", "reason": "x"}, "The day must be a real date"),
    ],
)
def test_a_day_that_cannot_be_closed_is_said(desk: Desk, admin: User, entered: dict[str, Any], told: str) -> None:
    assert told in words(desk.send("settings/closures/", admin, **entered))
    assert not Closure.objects.exists()


def cells(**changed: str) -> dict[str, str]:
    default = code_lists.default_risk_matrix()
    return {f"{row}__{column}": risk for row, columns in default.items() for column, risk in columns.items()} | changed


def test_the_matrix_is_the_organisations_to_change(desk: Desk, admin: User) -> None:
    desk.send("settings/risk/", admin, **cells(high__rare="extreme"))
    desk.of.refresh_from_db()
    assert desk.of.risk_matrix["high"]["rare"] == "extreme"
    assert "the organisation’s own matrix" in words(desk.get("settings/risk/", admin))
    page = desk.send("settings/risk/", admin, **cells(low__rare=""))
    assert "Choose low, rare" in words(page)
    desk.send("settings/risk/", admin, **cells())
    desk.of.refresh_from_db()
    assert desk.of.risk_matrix == {}


def test_a_colour_that_cannot_be_read_is_refused_with_the_reason(desk: Desk, admin: User) -> None:
    page = desk.send("settings/look/", admin, colour="#ffdd00")
    assert "#ffdd00 is too light: its contrast with white is 1.3 to 1" in words(page)
    assert "is not a colour" in words(desk.send("settings/look/", admin, colour="teal"))
    desk.send("settings/look/", admin, colour="005EB8")
    desk.of.refresh_from_db()
    assert desk.of.colour == "#005eb8"


def test_the_public_can_always_reach_somebody(desk: Desk, admin: User) -> None:
    page = desk.send("settings/contact/", admin, contact_phone="", contact_email="", contact_address="1 High Street")
    assert "Give a phone number or an email address" in words(page)
    desk.send("settings/contact/", admin, contact_phone="01632 960 999", contact_email="")
    desk.of.refresh_from_db()
    assert (desk.of.contact_phone, desk.of.contact_email) == ("01632 960 999", "")
