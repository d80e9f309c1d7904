"""Every measure gives what a plain count of the same facts gives, written down here a second time."""

import statistics
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import pytest
from django.db import models
from tests.insight.facts import TODAY, invent

from heed.facts.models import ActionFact, CaseFact, FeedbackFact, RemedyFact
from heed.insight.engines.live import TABLES
from heed.insight.figures import figure
from heed.insight.measures import BY_KEY, MEASURES
from heed.insight.measures.declaration import Is
from heed.insight.periods import whole_months
from heed.insight.queries.counting import Where, tallies

SERVICES = ["", "ward-1", "ward-2", "ward-3"]
PERIOD = whole_months(13, TODAY)
Row = Any


def in_time(done: date | None, due: date | None) -> bool:
    return done is not None and due is not None and done <= due


def counted(model: type[models.Model], on: str, population: Callable[[Row], bool] = lambda row: True) -> Any:
    return lambda rows: float(len([row for row in rows(model, on) if population(row)]))


def share(
    model: type[models.Model],
    on: str,
    among: Callable[[Row], bool],
    population: Callable[[Row], bool] = lambda row: True,
) -> Any:
    def of(rows: Any) -> float | None:
        found = [row for row in rows(model, on) if population(row)]
        return 100 * sum(map(among, found)) / len(found) if found else None

    return of


def days(middle: Callable[[Iterable[int]], float], population: Callable[[Row], bool] = lambda row: True) -> Any:
    def of(rows: Any) -> float | None:
        found = [row.working_days for row in rows(CaseFact, "closed_on")
                 if row.statutory and row.working_days is not None and population(row)]  # fmt: skip
        return float(middle(found)) if found else None

    return of


def closed_share(among: Callable[[Row], bool], population: Callable[[Row], bool] = lambda row: True) -> Any:
    return share(CaseFact, "closed_on", among, population)


DECIDED, FAULT = ("upheld", "partly_upheld", "not_upheld"), ("upheld", "partly_upheld")
WAYS: dict[str, Callable[[Row], bool]] = {
    "": lambda row: True,
    "_early": lambda row: row.approach == "early",
    "_closer": lambda row: row.approach == "closer",
    "_stage_1": lambda row: row.stage == 1,
    "_stage_2": lambda row: row.stage == 2,
}
PLAIN: dict[str, Any] = {
    "received": counted(FeedbackFact, "received_on"),
    "received_complaints": counted(FeedbackFact, "received_on", lambda row: row.kind == "complaint"),
    "received_concerns": counted(FeedbackFact, "received_on", lambda row: row.kind == "concern"),
    "received_comments": counted(FeedbackFact, "received_on", lambda row: row.kind == "comment"),
    "received_compliments": counted(FeedbackFact, "received_on", lambda row: row.kind == "compliment"),
    "received_statutory": counted(CaseFact, "received_on", lambda row: row.kind == "complaint" and row.statutory),
    "settled_in_conversation": counted(CaseFact, "received_on", lambda row: not row.statutory),
    "acknowledged_in_time": share(
        CaseFact, "acknowledge_due_on", lambda row: in_time(row.acknowledged_on, row.acknowledge_due_on),
        lambda row: row.statutory,
    ),
    "answered_as_first_told": closed_share(
        lambda row: in_time(row.stage_1_responded_on, row.original_due_on), lambda row: row.statutory and row.original_due_on
    ),
    "answered_by_current_date": closed_share(
        lambda row: in_time(row.responded_on, row.current_due_on), lambda row: row.statutory and row.current_due_on
    ),
    "answered_without_pauses": closed_share(
        lambda row: in_time(row.responded_on, row.unpaused_due_on), lambda row: row.statutory and row.unpaused_due_on
    ),
    **{f"working_days_median{end}": days(statistics.median, way) for end, way in WAYS.items()},
    **{f"working_days_mean{end}": days(statistics.fmean, way) for end, way in WAYS.items()},
    "closed": counted(CaseFact, "closed_on"),
    "closed_early": counted(CaseFact, "closed_on", lambda row: row.statutory and row.approach == "early"),
    "closed_closer": counted(CaseFact, "closed_on", lambda row: row.statutory and row.approach == "closer"),
    "extended": closed_share(lambda row: row.extensions > 0, lambda row: row.statutory),
    "unanswered_after_six_months": counted(
        CaseFact, "review_due_on", lambda row: row.statutory and not in_time(row.stage_1_responded_on, row.review_due_on)
    ),
    "well_founded": closed_share(lambda row: row.outcome in FAULT, lambda row: row.outcome in DECIDED),
    **{key: closed_share(lambda row, key=key: row.outcome == key, lambda row: row.outcome in DECIDED) for key in DECIDED},
    "escalated": share(CaseFact, "stage_1_responded_on", lambda row: row.escalated_on is not None),
    "stage_2_requests": counted(CaseFact, "escalated_on"),
    "reopened": share(CaseFact, "first_closed_on", lambda row: row.reopened_on is not None),
    "learned_from_fault": closed_share(lambda row: row.learning_actions > 0, lambda row: row.outcome in FAULT),
    "actions_on_time": share(ActionFact, "due_on", lambda row: in_time(row.completed_on, row.due_on)),
    "actions_verified": share(ActionFact, "verify_due_on", lambda row: row.verified_on is not None),
    "actions_impact_measured": share(ActionFact, "impact_due_on", lambda row: row.impact_measured_on is not None),
    "actions_sustained": share(ActionFact, "sustain_due_on", lambda row: row.sustained_on is not None),
    "remedies_on_time": share(RemedyFact, "due_on", lambda row: in_time(row.delivered_on, row.due_on)),
}  # fmt: skip


@pytest.fixture
def facts() -> dict[type[models.Model], list[Row]]:
    """Of two organisations: only one's are counted."""
    invent("riverside", SERVICES, cases=400)
    invent("elsewhere", SERVICES, cases=50)
    return {model: list(model._default_manager.filter(organisation="riverside")) for model in TABLES.values()}


def test_every_measure_that_is_fed_is_counted_here() -> None:
    assert set(PLAIN) == {measure.key for measure in MEASURES if not measure.unfed and measure.shape != "rate"}


@pytest.mark.django_db
@pytest.mark.parametrize("services", [None, frozenset({"ward-1"}), frozenset({"", "ward-3"})])
def test_every_measure_by_month(facts: Any, services: frozenset[str] | None) -> None:
    found = tallies(MEASURES, Where("riverside", services, PERIOD))
    for key, plain in PLAIN.items():
        for month in PERIOD.all:

            def rows(model: type[models.Model], on: str, month: date = month) -> list[Row]:
                return [
                    row for row in facts[model]
                    if (day := getattr(row, on)) and day.replace(day=1) == month and day <= TODAY
                    and (services is None or row.service in services)
                ]  # fmt: skip

            tally = found[key].get((month, ""))
            value = figure(BY_KEY[key], tally) if tally else (0 if BY_KEY[key].shape == "count" else None)
            assert value == pytest.approx(plain(rows)), (key, month)


@pytest.mark.django_db
def test_narrowed_is_what_it_is_told_apart(facts: Any) -> None:
    measures = [m for m in MEASURES if m.table in ("case", "feedback") and not m.unfed]
    apart = tallies(measures, Where("riverside", frozenset({"ward-1"}), PERIOD), by="channel")
    only = tallies(measures, Where("riverside", frozenset({"ward-1"}), PERIOD, only=(Is("channel", ("phone",)),)))
    for measure in measures:
        found = {month: tally for (month, channel), tally in apart[measure.key].items() if channel == "phone"}
        assert {month: tally for (month, _), tally in only[measure.key].items()} == found, measure.key


@pytest.mark.django_db
@pytest.mark.parametrize("by", ["service", "subject", "channel"])
def test_what_is_told_apart_adds_up_to_the_whole(facts: Any, by: str) -> None:
    measures = [m for m in MEASURES if by == "service" or m.table in ("case", "feedback")]
    whole = tallies(measures, Where("riverside", None, PERIOD))
    parts = tallies(measures, Where("riverside", None, PERIOD), by=by)
    for key, months in whole.items():
        for (month, _), tally in months.items():
            lines = [part for (when, _), part in parts[key].items() if when == month]
            assert sum(part.of for part in lines) == tally.of, (key, month)
            assert sum(part.n for part in lines) == tally.n, (key, month)
            assert sum((part.values for part in lines), start=tally.values - tally.values) == tally.values


@pytest.mark.django_db
def test_the_same_statements_however_many_facts(django_assert_num_queries: Any) -> None:
    families = {(m.table, m.on) for m in MEASURES if not m.unfed and not m.value}
    values = {(m.table, m.on, m.value) for m in MEASURES if m.value}
    for cases in (0, 5, 300):
        invent("riverside", SERVICES, cases=cases)
        with django_assert_num_queries(len(families) + len(values)):
            tallies(MEASURES, Where("riverside", None, PERIOD))
