"""Who sees which figures: exactly where they may see the cases, and otherwise the organisation as a whole."""

from datetime import datetime
from typing import Any

import pytest
from django.utils import timezone
from tests import factories
from tests.insight.facts import TODAY, invent

from heed.accounts.models import User
from heed.facts.models import FeedbackFact
from heed.insight import export
from heed.insight.measures import BY_KEY, MEASURES, ROWS
from heed.insight.queries.asked import Asked
from heed.insight.queries.board import Board, board
from heed.insight.queries.detail import Detail, detail
from heed.insight.queries.scope import Scope, scope_of
from heed.organisations.models import Organisation, Service

pytestmark = pytest.mark.django_db
AT = timezone.make_aware(datetime.combine(TODAY, datetime.min.time()).replace(hour=16, minute=45))
RECEIVED = BY_KEY["received"]


@pytest.fixture
def body() -> Organisation:
    made = factories.organisation("lgsco-2024")
    for code in ("housing", "libraries", "parks"):
        factories.service(made, code)
    invent(made.code, ["", "first", "housing", "libraries", "parks"], cases=200)
    return made


def scope(body: Organisation, *roles: str, service: Service | None = None) -> Scope:
    person = factories.person(body, *roles, service=service)
    return scope_of(factories.viewer(person, body), body)


def look(of: Scope, key: str = "received", service: str | None = None, months: int = 12, **more: Any) -> Detail:
    return detail(of, BY_KEY[key], Asked(service=service, months=months, **more), at=AT)


def total(of: Board | Detail, key: str = "received") -> int:
    series = of.series if isinstance(of, Detail) else next(
        one for row in of.rows for one in row.series if one.measure.key == key
    )  # fmt: skip
    assert series is not None
    return series.total.of


@pytest.mark.parametrize("role", ["handler", "complaints_manager", "responsible_person"])
def test_who_sees_all_cases_sees_every_figure(body: Organisation, role: str) -> None:
    of = scope(body, role)
    shown = look(of)
    months = set(shown.months)
    rows = [
        row for row in FeedbackFact.objects.filter(organisation=body.code) if row.received_on.replace(day=1) in months
    ]
    assert total(shown) == len(rows)
    assert sum(line.total.tally.of for line in shown.lines if line.total.tally) == len(rows)
    assert {line.code for line in shown.lines} == {row.service for row in rows}
    assert not shown.some_hidden
    by_channel = look(of, by="channel")
    assert {line.code for line in by_channel.lines} == {"web", "phone"}
    assert sum(line.total.tally.of for line in by_channel.lines if line.total.tally) == len(rows)
    narrowed = look(of, channel="phone")
    assert total(narrowed) == next(line.value for line in by_channel.lines if line.code == "phone")
    assert set(of.choices()) == {"first", "housing", "libraries", "parks"}


def test_one_service_at_a_time(body: Organisation) -> None:
    of = scope(body, "handler")
    one = board(of, service="parks", months=12, at=AT)
    alone = FeedbackFact.objects.filter(organisation=body.code, service="parks")
    assert total(one) == sum(row.received_on.replace(day=1) in one.months for row in alone)
    assert one.place == "Parks"


def test_a_service_manager_sees_their_service_and_the_whole(body: Organisation) -> None:
    parks = body.services.get(code="parks")
    of = scope(body, "service_manager", service=parks)
    assert list(of.choices()) == ["parks"]
    shown = look(of)
    assert total(shown) == total(look(scope(body, "handler")))
    assert [line.code for line in shown.lines] == ["parks"]
    assert look(of, by="channel").lines == ()
    assert "shown to those only who may see the cases" in look(of, by="channel").why_no_lines
    assert len(look(of, service="parks", by="channel").lines) == 2


def test_the_whole_is_not_told_where_it_would_tell_of_one_other_service() -> None:
    body = factories.organisation("lgsco-2024")
    factories.service(body, "parks")
    invent(body.code, ["first", "parks"], cases=60)
    of = scope(body, "service_manager", service=body.services.get(code="parks"))
    assert not of.whole
    shown = board(of, service=None, months=12, at=AT)
    assert shown.place == "Parks"
    assert total(shown) == total(look(of, service="parks"))


def test_an_overseer_sees_the_whole_by_month_and_no_small_number_by_service(body: Organisation) -> None:
    of = scope(body, "overseer")
    assert of.choices() == {}
    shown = look(of)
    assert total(shown) == total(look(scope(body, "handler")))
    exact = {line.code: line for line in look(scope(body, "handler")).lines}
    hidden = 0
    for line in shown.lines:
        for cell, true in zip(line.cells, exact[line.code].cells, strict=True):
            assert cell.tally is None or (cell.text == true.text and not 0 < cell.tally.of < 5)
            hidden += cell.tally is None
        assert (line.total.tally is None) == any(cell.tally is None for cell in line.cells)
    assert hidden
    assert shown.some_hidden
    assert look(of, by="channel").lines == ()


def test_an_overseer_sees_shares_for_the_whole_only(body: Organisation) -> None:
    shown = look(scope(body, "overseer"), "acknowledged_in_time")
    assert shown.series is not None
    assert shown.lines == ()
    assert "single people" in shown.why_no_lines


def test_what_is_downloaded_hides_what_the_page_hides(body: Organisation) -> None:
    shown = look(scope(body, "overseer"))
    lines = list(export.rows(shown))
    assert len(lines) == 1 + 12 + 1 + 12 * len(shown.lines)
    assert sum(line[4] == "hidden" for line in lines) == sum(
        cell.tally is None for s in shown.lines for cell in s.cells
    )
    for line in lines[14:]:
        assert line[4] == "hidden" or not 0 < int(str(line[6])) < 5


def test_figures_of_another_organisation_never_count(body: Organisation) -> None:
    before = total(look(scope(body, "handler")))
    invent(factories.organisation().code, ["first"], cases=40)
    assert total(look(scope(body, "handler"))) == before


def test_all_sixteen_rows_are_there_and_what_nothing_feeds_says_so(body: Organisation) -> None:
    shown = board(scope(body, "handler"), service=None, months=12, at=AT)
    assert [row.row for row in shown.rows] == list(ROWS)
    without = {measure.key: why for row in shown.rows for measure, why in row.without}
    assert set(without) == {measure.key for measure in MEASURES if measure.unfed or measure.shape == "rate"}
    assert all(why.endswith(".") for why in without.values())
    assert "No denominator" in without["received_rate"]
    for key in without:
        assert look(scope(body, "handler"), key).series is None


def test_three_sentences_come_first_each_with_its_chart(body: Organisation) -> None:
    shown = board(scope(body, "handler"), service=None, months=12, at=AT)
    assert len(shown.matters) == 3
    assert len({matter.key for matter in shown.matters}) == 3
    for matter in shown.matters:
        assert matter.text.startswith("In October 2026, ")
        assert "target" not in matter.text


def test_where_a_procedure_has_one_stage_and_no_pauses_it_says_so() -> None:
    body = factories.organisation("nhs-2009")
    shown = board(scope(body, "handler"), service=None, months=12, at=AT)
    without = {measure.key: why for row in shown.rows for measure, why in row.without}
    assert "one stage" in without["escalated"]
    assert "pause moves no date" in without["answered_without_pauses"]
    assert look(scope(body, "handler"), "escalated").why_none == without["escalated"]


def test_an_empty_organisation_has_no_figures_and_no_errors() -> None:
    body = factories.organisation("lgsco-2024")
    shown = board(scope(body, "overseer"), service=None, months=36, at=AT)
    assert shown.is_empty
    assert shown.made_from == "no facts yet"
    for measure in MEASURES:
        assert look(scope(body, "handler"), measure.key).some_hidden is False


def test_the_month_that_is_not_over_is_told_apart(body: Organisation) -> None:
    shown = look(scope(body, "handler"))
    assert shown.series is not None
    assert shown.series.part.month == TODAY.replace(day=1)
    assert TODAY.replace(day=1) not in [point.month for point in shown.series.points]
    so_far = FeedbackFact.objects.filter(organisation=body.code, received_on__gte=TODAY.replace(day=1))
    assert shown.series.part.tally.of == so_far.count()


def test_a_page_asks_the_same_questions_however_much_there_is(
    body: Organisation, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    of = scope(body, "handler")
    with django_assert_max_num_queries(20) as asked:
        board(of, service=None, months=12, at=AT)
    invent(body.code, ["first", "parks"], cases=300, seed=2)
    with django_assert_num_queries(len(asked)):
        board(of, service=None, months=12, at=AT)


def test_who_is_both_sees_the_most(body: Organisation) -> None:
    person: User = factories.person(body, "overseer", "handler")
    assert scope_of(factories.viewer(person, body), body).sees_all
