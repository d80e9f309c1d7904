"""Rates: what was counted over how much was done, and "no denominator" wherever nobody has said how much."""

from datetime import date, datetime
from typing import Any

import pytest
from django.utils import timezone
from tests import factories
from tests.insight.facts import TODAY, invent, tell_activity

from heed.accounts.models import User
from heed.facts.models import ActivityFact, CaseFact, FeedbackFact
from heed.insight import export
from heed.insight.compiling import Activity
from heed.insight.definitions import definition
from heed.insight.figures import Tally, figure, sentence, shown
from heed.insight.measures import BY_KEY, in_words_of
from heed.insight.measures.declaration import Is
from heed.insight.periods import whole_months
from heed.insight.queries.asked import Asked
from heed.insight.queries.board import board
from heed.insight.queries.counting import Where, tallies
from heed.insight.queries.detail import Detail, detail
from heed.insight.queries.scope import scope_of
from heed.organisations.models import Organisation

PERIOD = whole_months(13, TODAY)
RATES = [BY_KEY[key] for key in ("received_rate", "complaints_rate", "well_founded_rate")]
AT = timezone.make_aware(datetime.combine(TODAY, datetime.min.time()).replace(hour=16))
LAST, BEFORE = PERIOD.months[-1], PERIOD.months[-2]


def where(*needed: str, services: frozenset[str] | None = None, **more: Any) -> Where:
    return Where("riverside", services, PERIOD, activity=Activity("contacts", frozenset(needed)), **more)


def happened(month: date, service: str | None = None) -> list[int]:
    """Everything received, complaints received, and well-founded cases decided in a month, counted one by one."""

    def mine(rows: Any, on: str) -> list[Any]:
        return [row for row in rows if getattr(row, on) and getattr(row, on).replace(day=1) == month
                and service in (None, row.service)]  # fmt: skip

    received = mine(FeedbackFact.objects.filter(organisation="riverside"), "received_on")
    closed = mine(CaseFact.objects.filter(organisation="riverside"), "closed_on")
    return [
        len(received),
        len([row for row in received if row.kind == "complaint"]),
        len([row for row in closed if row.outcome in ("upheld", "partly_upheld")]),
    ]


@pytest.mark.django_db
def test_a_rate_is_what_happened_over_what_was_done() -> None:
    invent("riverside", ["", "a", "b"], cases=300)
    invent("elsewhere", ["a"], cases=50)
    tell_activity("riverside", {s: {m: 1000 + 10 * i for i, m in enumerate(PERIOD.months)} for s in ("a", "b")})
    tell_activity("elsewhere", {"a": dict.fromkeys(PERIOD.months, 7)})
    tell_activity("riverside", {"a": dict.fromkeys(PERIOD.months, 3)}, kind="homes")
    whole, apart = tallies(RATES, where("a", "b")), tallies(RATES, where("a", "b"), by="service")
    for index, month in enumerate(PERIOD.months):
        done = 1000 + 10 * index
        assert [whole[m.key][month, ""] for m in RATES] == [Tally(n, 2 * done) for n in happened(month)]
        for service in ("a", "b"):
            assert [apart[m.key][month, service] for m in RATES] == [Tally(n, done) for n in happened(month, service)]
    assert {service for cells in apart.values() for _, service in cells} == {"a", "b"}
    assert figure(RATES[0], Tally(25, 2000)) == 12.5


@pytest.mark.django_db
def test_nothing_happened_is_0_and_nothing_told_is_no_figure() -> None:
    tell_activity("riverside", {"a": {LAST: 500, BEFORE: 0}})
    for by in ("", "service"):
        cells = tallies(RATES, where("a"), by=by)["received_rate"]
        assert cells == {(LAST, "a" if by else ""): Tally(0, 500)}
    assert tallies(RATES, Where("riverside", None, PERIOD))["received_rate"] == {}


@pytest.mark.django_db
def test_a_month_that_is_not_over_has_no_rate() -> None:
    tell_activity("riverside", {"a": {PERIOD.part: 900, LAST: 500}})
    assert set(tallies(RATES, where("a"))["received_rate"]) == {(LAST, "")}


@pytest.mark.django_db
def test_the_whole_is_told_or_added_up_from_every_service() -> None:
    tell_activity("riverside", {"": {LAST: 5000}, "a": {LAST: 400, BEFORE: 300}, "b": {LAST: 100}, "old": {BEFORE: 9}})

    def done(*needed: str, services: frozenset[str] | None = None) -> dict[date, int]:
        cells = tallies(RATES, where(*needed, services=services))["received_rate"]
        return {month: tally.of for (month, _), tally in cells.items()}

    assert done("a", "b") == {LAST: 5000}  # told; and in the month before, b has not said
    assert done("a") == {LAST: 5000, BEFORE: 309}  # a closed service counts too while it has numbers
    assert done("a", "b", services=frozenset({"a", "b"})) == {LAST: 500}
    assert done("a", "b", services=frozenset({"a"})) == {LAST: 400, BEFORE: 300}
    assert done("a", "b", services=frozenset({"", "c"})) == {}


@pytest.mark.django_db
def test_parts_that_are_no_services_are_taken_over_all_that_was_done() -> None:
    invent("riverside", ["a"], cases=200)
    tell_activity("riverside", {"a": {LAST: 2000}})
    apart = tallies(RATES[:1], where("a"), by="channel")["received_rate"]
    assert {channel for _, channel in apart} == {"web", "phone"}
    assert sum(tally.n for tally in apart.values()) == happened(LAST)[0]
    assert {tally.of for tally in apart.values()} == {2000}
    only = tallies(RATES[:1], where("a", only=(Is("channel", ("web",)),)))["received_rate"]
    assert only == {(LAST, ""): apart[LAST, "web"]}


@pytest.fixture
def body() -> Organisation:
    made = factories.organisation("lgsco-2024")
    factories.service(made, "parks")
    made.activity_kind = "contacts"
    made.save()
    invent(made.code, ["", "first", "parks"], cases=300)
    tell_activity(
        made.code, {"first": dict.fromkeys(PERIOD.months, 4000), "parks": dict.fromkeys(PERIOD.months[3:], 900)}
    )
    return made


def look(body: Organisation, key: str, person: User | None = None, service: str | None = None) -> Detail:
    person = person or factories.person(body, "handler")
    return detail(scope_of(factories.viewer(person, body), body), BY_KEY[key], Asked(service=service, months=12), at=AT)


@pytest.mark.django_db
def test_the_page_of_a_rate_says_which_activity_and_what_is_missing(body: Organisation) -> None:
    page = look(body, "received_rate")
    assert page.measure.name == "Received for each 1,000 contacts"
    assert page.measure.unit == "for each 1,000 contacts"
    assert "Contacts in the same month, as entered." in dict(definition(page.measure))["Over"]
    assert page.series is not None
    assert [point.value is None for point in page.series.points] == [True, True, *[False] * 10]
    lines = {line.code: line for line in page.lines}
    assert [cell.text for cell in lines["parks"].cells][:2] == ["no denominator"] * 2
    assert lines["first"].total.tally.of == 48000  # type: ignore[union-attr]
    assert lines[""].total.text == "no denominator"
    file = list(export.rows(page))
    assert file[1][4:-1] == ("no denominator", "for each 1,000 contacts", 0, 0)
    assert page.series.part.value is None


@pytest.mark.django_db
def test_the_rows_of_the_board_have_rates_once_the_activity_is_chosen(body: Organisation) -> None:
    scope = scope_of(factories.viewer(factories.person(body, "handler"), body), body)
    row = next(row for row in board(scope, service=None, months=12, at=AT).rows if row.row.key == "received_rate")
    assert [one.measure.name for one in row.series] == [
        "Received for each 1,000 contacts",
        "Complaints received for each 1,000 contacts",
        "Found well-founded for each 1,000 contacts",
    ]
    body.activity_kind = ""
    row = next(row for row in board(scope, service=None, months=12, at=AT).rows if row.row.key == "received_rate")
    assert not row.series
    assert all(why.startswith("No denominator") for _, why in row.without)


@pytest.mark.django_db
def test_whoever_sees_no_case_sees_no_rate_by_service(body: Organisation) -> None:
    page = look(body, "complaints_rate", factories.person(body, "overseer"))
    assert page.series is not None
    assert page.lines == ()
    assert "whole organisation only" in page.why_no_lines


def test_a_rate_is_said_in_words() -> None:
    measure = in_words_of(BY_KEY["received_rate"], "bed_days")
    assert sentence(measure, Tally(37, 12400)) == (
        "37 items of feedback were received for 12,400 bed days (2.98 for each 1,000 bed days)"
    )
    assert sentence(measure, Tally()) == "nobody has said how many bed days there were, so there is no denominator"
    assert shown(measure, None) == "no denominator"
    assert in_words_of(BY_KEY["received"], "bed_days") is BY_KEY["received"]
    assert in_words_of(BY_KEY["received_rate"], "") is BY_KEY["received_rate"]


@pytest.mark.django_db
def test_a_number_stands_once_for_each_month() -> None:
    assert ActivityFact.objects.count() == 0
    tell_activity("riverside", {"a": {LAST: 1}})
    with pytest.raises(Exception, match=r"(?i)unique"):
        tell_activity("riverside", {"a": {LAST: 2}})
