"""Figures that were kept stay as they were; limits begin anew only where somebody says so."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests import factories
from tests.insight.facts import invent

from heed.accounts.models import User
from heed.audit.models import Entry
from heed.audit.refusals import Refused
from heed.facts.models import CaseFact, FeedbackFact
from heed.insight import tasks
from heed.insight.actions.keep import keep, keep_month
from heed.insight.actions.rebase import rebase, take_back_rebase
from heed.insight.measures import MEASURES
from heed.insight.models import KeptFigures, Rebase
from heed.insight.queries.keeping import cells_of, counted_now, kept_figures
from heed.insight.queries.rebasing import rebased_months, rebases
from heed.insight.queries.scope import Scope, scope_of
from heed.organisations.models import Organisation

pytestmark = pytest.mark.django_db
NOW = timezone.make_aware(datetime(2026, 11, 22, 12))
REASON = "Complaints are taken at the front desk too."


@pytest.fixture
def body() -> Organisation:
    made = factories.organisation("lgsco-2024", name="Fenwick Council")
    for code in ("housing", "libraries", "parks"):
        factories.service(made, code)
    invent(made.code, ["", "first", "housing", "libraries", "parks"], cases=200)
    return made


@pytest.fixture
def manager(body: Organisation) -> User:
    return factories.person(body, "complaints_manager")


def scope(body: Organisation, role: str, **more: Any) -> Scope:
    return scope_of(factories.viewer(factories.person(body, role, **more), body), body)


def kept(body: Organisation, manager: User) -> KeptFigures:
    return keep(organisation=body, title="Board, November", by=factories.actor(manager, body), at=NOW)


def test_what_was_kept_is_what_was_counted(body: Organisation, manager: User) -> None:
    made = kept(body, manager)
    _, now = counted_now(body, months=12, at=NOW)
    rows = {row.measure: cells_of(row) for row in made.measures.all()}
    assert rows == now
    assert set(rows) >= {"received", "well_founded", "working_days_median"}
    assert Entry.objects.filter(verb="figures_kept", object_id=str(made.pk)).exists()


def test_it_stays_when_the_facts_move_and_the_page_says_so(body: Organisation, manager: User) -> None:
    made = kept(body, manager)
    of = scope(body, "handler")
    same = kept_figures(of, made.pk, at=NOW)
    assert same
    assert same.differing == 0
    FeedbackFact.objects.filter(received_on__year=2026, received_on__month=10).delete()
    moved = kept_figures(of, made.pk, at=NOW)
    assert moved
    line = next(line for _, lines in moved.groups for line in lines if line.key == "received")
    assert line.differs
    assert line.kept == next(line for _, lines in same.groups for line in lines if line.key == "received").kept
    assert line.now[-1] == "0"


def test_a_service_manager_sees_what_they_see_of_today(body: Organisation, manager: User) -> None:
    made = kept(body, manager)
    small = factories.organisation("lgsco-2024")
    own = scope(body, "service_manager", service=body.services.get(code="parks"))
    assert own.whole
    alone = Scope(body, own.services, own.exact, whole=False, active=own.active)
    shown = kept_figures(alone, made.pk, at=NOW)
    assert shown
    assert shown.differing == 0
    line = next(line for _, lines in shown.groups for line in lines if line.key == "received")
    total = FeedbackFact.objects.filter(
        organisation=body.code, service="parks", received_on__gte=made.first_month, received_on__lt=date(2026, 11, 1)
    )
    assert sum(int(text or 0) for text in line.kept) == total.count()
    assert kept_figures(scope(small, "handler"), made.pk, at=NOW) is None


def test_it_needs_a_title(body: Organisation, manager: User) -> None:
    with pytest.raises(Refused, match="kept for"):
        keep(organisation=body, title=" ", by=factories.actor(manager, body), at=NOW)


def test_the_worker_keeps_each_month_once(body: Organisation) -> None:
    assert tasks.keep_month.call() >= 1
    many = KeptFigures.objects.count()
    assert tasks.keep_month.call() == 0
    assert KeptFigures.objects.count() == many
    assert KeptFigures.objects.filter(organisation=body).get().kept_by is None


def test_a_month_without_anything_can_be_kept(manager: User) -> None:
    empty = factories.organisation()
    by = factories.actor(factories.person(empty, "complaints_manager"), empty)
    made = keep(organisation=empty, title="Nothing yet", by=by, at=NOW)
    shown = kept_figures(scope(empty, "handler"), made.pk, at=NOW)
    assert shown
    assert shown.differing == 0
    assert keep_month(organisation=empty, by=by, at=NOW, last_month=date(2026, 10, 1))


def again(body: Organisation, manager: User, month: date = date(2026, 3, 1), **more: Any) -> Rebase:
    said = {"measure": "received", "service": "", "month": month, "reason": REASON} | more
    return rebase(organisation=body, **said, by=factories.actor(manager, body), at=NOW)


def test_new_limits_are_said_by_somebody_with_a_reason(body: Organisation, manager: User) -> None:
    again(body, manager)
    again(body, manager, service="parks")
    again(body, manager, date(2026, 5, 1))
    assert rebased_months(body.pk, None) == {"received": [date(2026, 3, 1), date(2026, 5, 1)]}
    assert rebased_months(body.pk, "parks") == {"received": [date(2026, 3, 1)]}
    assert rebases(body.pk, "received", None)[0].made_by == manager
    assert Entry.objects.filter(verb="limits_begun_anew").count() == 3


@pytest.mark.parametrize(
    ("more", "told"),
    [({"reason": "moved"}, "Say what changed"), ({"month": date(2026, 3, 2)}, "Choose a month"),
     ({"month": date(2026, 12, 1)}, "Choose a month"), ({"measure": "none"}, "Choose a figure")],
)  # fmt: skip
def test_what_cannot_be_is_refused(body: Organisation, manager: User, more: dict[str, Any], told: str) -> None:
    with pytest.raises(Refused, match=told):
        again(body, manager, **({"month": date(2026, 3, 1)} | more))


def test_the_same_month_twice_is_refused_until_it_is_taken_back(body: Organisation, manager: User) -> None:
    made, by = again(body, manager), factories.actor(manager, body)
    with pytest.raises(Refused, match="March 2026 already"):
        again(body, manager)
    take_back_rebase(organisation=body, rebase_id=made.pk, reason="It was another service.", by=by, at=NOW)
    assert rebased_months(body.pk, None) == {}
    assert rebases(body.pk, "received", None, taken_back=True)[0].taken_back_reason == "It was another service."
    with pytest.raises(Refused, match="already"):
        take_back_rebase(organisation=body, rebase_id=made.pk, reason="Once more, please.", by=by, at=NOW)
    again(body, manager)


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_on_the_page_by_those_who_may(body: Organisation, manager: User) -> None:
    client, page = signed_in(manager), f"/{body.code}/staff/insight/measures/received/"
    month = (timezone.localdate().replace(day=1) - timedelta(days=100)).replace(day=1)
    assert "new-limits/" in client.get(page).content.decode()
    assert "Say what changed" in client.post(f"{page}new-limits/", {"month": month, "reason": "x"}).content.decode()
    sent = client.post(f"{page}new-limits/", {"month": month, "reason": REASON}, follow=True)
    assert REASON in sent.content.decode()
    made = Rebase.objects.get()
    assert client.get(f"{page}new-limits/{made.pk}/").status_code == 200
    client.post(f"{page}new-limits/{made.pk}/", {"reason": "It was a mistake."})
    assert REASON not in client.get(page).content.decode()
    assert client.get(f"{page}new-limits/{made.pk}/").status_code == 404
    handler = signed_in(factories.person(body, "handler"))
    assert "new-limits/" not in handler.get(page).content.decode()
    assert handler.get(f"{page}new-limits/").status_code == 404


def test_kept_figures_have_their_pages(body: Organisation, manager: User) -> None:
    client, page = signed_in(manager), f"/{body.code}/staff/insight/kept/"
    assert "None kept yet" in client.get(page).content.decode()
    shown = client.post(f"{page}keep/", {"title": "Board, November"}, follow=True)
    assert "Every figure is the same now." in shown.content.decode()
    overseer = signed_in(factories.person(body, "overseer"))
    assert "Board, November" in overseer.get(page).content.decode()
    assert "Keep the figures" not in overseer.get(page).content.decode()
    assert overseer.post(f"{page}keep/", {"title": "x"}).status_code == 404
    CaseFact.objects.filter(organisation=body.code).delete()
    changed = overseer.get(f"{page}{KeptFigures.objects.get().pk}/").content.decode()
    assert "Where a figure is another now" in changed


def test_two_together_has_its_page(body: Organisation, manager: User, django_assert_max_num_queries: Any) -> None:
    client, page = signed_in(manager), f"/{body.code}/staff/insight/together/"
    shown = client.get(page).content.decode()
    assert "What they say, all of Fenwick Council" in shown
    for measure in MEASURES:
        assert client.get(f"{page}?a={measure.key}&b=received&now=3").status_code == 200
    assert client.get(f"{page}?a=none&b=&now=x&service=parks").status_code == 200
    assert client.get(f"{page}?service=elsewhere").status_code == 404
    with django_assert_max_num_queries(26):
        client.get(page)
