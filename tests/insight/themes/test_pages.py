"""The tab of themes: what is sought, who sees it, and what is decided about it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests import factories
from tests.insight.facts import invent
from tests.insight.themes.test_growing import TODAY, app, usual
from tests.staff.conftest import Desk, words

from heed.audit.models import Entry
from heed.audit.refusals import Refused
from heed.cases.actions import triage
from heed.cases.models import Case
from heed.insight.actions import themes
from heed.insight.models import NewTheme, ThemeLook
from heed.insight.queries.scope import scope_of
from heed.insight.queries.themes import Themes
from heed.insight.queries.themes import themes as themes_of
from heed.insight.tasks import seek_themes

pytestmark = pytest.mark.django_db
NOW = timezone.now()
QUERIES = 13


@pytest.fixture
def desk() -> Desk:
    return Desk()


def received(desk: Desk, texts: list[Any]) -> None:
    for told in texts:
        at = NOW - timedelta(days=(TODAY - told.on).days, hours=1)
        person = factories.PersonGiven(name=f"Zebedee {told.person}")
        factories.case(desk.of, at=at, text=f"{told.text} Zebedee", complainant=person)


@pytest.fixture
def found(desk: Desk) -> NewTheme:
    received(desk, [*usual(130), *app(8)])
    look = themes.seek_themes(organisation=desk.of, at=NOW)
    assert (look.found, look.current + look.past) == (1, 138)
    return NewTheme.objects.get()


def test_the_worker_finds_it_and_finds_it_again_under_its_number(desk: Desk, found: NewTheme) -> None:
    assert {"app", "froze"} <= set(found.words)
    assert not any("zebedee" in word for word in (*found.words, *found.centre))
    assert seek_themes.func() == 1
    again = NewTheme.objects.get()
    assert again.number == found.number
    assert len(again.sizes) == 2
    assert ThemeLook.objects.count() == 2


def test_organisations_are_apart(desk: Desk, found: NewTheme) -> None:
    other = Desk()
    assert words(other.get("insight/themes/")).count("No new theme") == 1
    assert other.get(f"insight/themes/{found.number}/").status_code == 404


def test_the_page_says_what_is_new_how_large_and_when_it_was_sought(desk: Desk, found: NewTheme) -> None:
    invent(desk.of.code, ["first"], cases=60, today=timezone.localdate())
    told = words(desk.get("insight/themes/"))
    assert f"Theme {found.number}" in told
    assert f"{len(found.case_ids)} texts from {found.people} people" in told
    assert "Last looked for on" in told
    assert "Usual in a month" in told
    listed = {row.label: row.series.total.of for row in tab(desk).known}
    assert listed.keys() == {"Communications", "No subject yet", "Other"}
    overseer = factories.person(desk.of, "overseer")
    hidden = words(desk.get("insight/themes/", overseer))
    assert "froze" not in hidden
    assert "they are shown to those who work on cases here" in hidden
    assert "By subject this would tell too much" in hidden


def tab(desk: Desk) -> Themes:
    return themes_of(scope_of(factories.viewer(desk.handler, desk.of), desk.of), months=12, at=timezone.now())


def test_a_case_is_counted_under_the_subject_of_its_first_issue(desk: Desk) -> None:
    case = factories.registered(desk.of, desk.handler, at=NOW - timedelta(days=40))
    by = factories.actor(desk.handler, desk.of)
    triage.add_issue(
        case_id=case.pk, summary="Late", subject="waiting_times", by=by, at=NOW, version=factories.fresh(case).version
    )
    assert [(row.label, row.series.total.of) for row in tab(desk).known] == [("Waiting times", 1)]


def test_examples_are_for_those_who_may_see_the_cases(desk: Desk, found: NewTheme) -> None:
    page = f"insight/themes/{found.number}/"
    case = Case.objects.filter(pk__in=found.case_ids).order_by("-received_at").first()
    assert case is not None
    assert case.reference in words(desk.get(page))
    elsewhere = factories.person(desk.of, "service_manager", service=factories.service(desk.of, "second"))
    told = words(desk.get(page, elsewhere))
    assert "None of its cases is one that you may see" in told
    assert case.reference not in told
    assert desk.get(page, factories.person(desk.of, "overseer")).status_code == 404


def test_it_is_named_watched_or_dismissed_with_a_reason(desk: Desk, found: NewTheme) -> None:
    page = f"insight/themes/{found.number}/"
    assert "Say why it is dismissed." in words(desk.send(page, state="dismissed"))
    assert "Say what it is called." in words(desk.send(page, state="named"))
    assert desk.send(page, state="named", name="The booking app").status_code == 302
    assert f"Theme {found.number}: The booking app" in words(desk.get("insight/themes/"))
    assert desk.send(page, state="dismissed", reason="A test by the supplier").status_code == 302
    told = words(desk.get("insight/themes/"))
    assert told.index("Dismissed") < told.index("Why: A test by the supplier")
    assert "Dismissed by Priya Shah" in words(desk.get(page))
    kinds = Entry.objects.filter(object_kind="new_theme").values_list("verb", flat=True)
    assert set(kinds) == {"theme_named", "theme_dismissed"}
    with pytest.raises(Refused, match="Say what you want"):
        themes.decide_theme(theme_id=found.pk, state="deleted", by=factories.actor(desk.handler, desk.of), at=NOW)


def test_the_page_asks_the_same_however_much_there_is(desk: Desk, found: NewTheme) -> None:
    def asked() -> int:
        desk.get("insight/themes/")
        with CaptureQueriesContext(connection) as queries:
            desk.get("insight/themes/")
        return len(queries)

    few = asked()
    invent(desk.of.code, ["first"], cases=100, today=timezone.localdate())
    for number in range(50, 60):
        NewTheme.objects.create(
            organisation=desk.of, number=number, people=3, copies=0, first_seen_at=NOW, last_seen_at=NOW
        )
    assert asked() == few <= QUERIES
