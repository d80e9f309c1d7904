"""The declarations name what is there, and the default set is whole."""

from collections import Counter
from dataclasses import fields

import pytest
from django.db import models

from heed.insight.definitions import definition
from heed.insight.engines.live import TABLES
from heed.insight.measures import BY_KEY, GROUPING, GROUPS, MEASURES, ROWS, Measure, row_of
from heed.insight.measures.declaration import Condition


def test_the_default_set_has_its_sixteen_rows_in_four_groups() -> None:
    assert Counter(row.group for row in ROWS) == dict.fromkeys(GROUPS, 4)
    assert len({row.key for row in ROWS}) == 16
    assert len(BY_KEY) == len(MEASURES)
    assert "Heed’s own" in GROUPING


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.key)
def test_a_measure_names_columns_that_its_table_has(measure: Measure) -> None:
    if measure.unfed:
        assert not measure.on
        assert not measure.population
        return
    model = TABLES[measure.table]
    assert isinstance(model._meta.get_field(measure.on), models.DateField)
    for condition in (*measure.population, *measure.among):
        for column in columns(condition):
            model._meta.get_field(column)
    for column in measure.splits:
        model._meta.get_field(column)


def columns(condition: Condition) -> list[str]:
    names = {field.name for field in fields(condition)}
    return [getattr(condition, name) for name in ("column", "limit") if name in names]


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.key)
def test_a_measure_has_what_its_shape_needs(measure: Measure) -> None:
    assert bool(measure.value) == (measure.shape in ("mean", "median", "percentile"))
    if measure.shape == "share" and not measure.unfed:
        assert measure.among
        assert measure.wording.which
    if measure.shape != "share":
        assert not measure.among
    if measure.value:
        assert isinstance(TABLES[measure.table]._meta.get_field(measure.value), models.IntegerField)


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.key)
def test_every_definition_says_why_what_over_what_and_from_where(measure: Measure) -> None:
    terms = dict(definition(measure))
    for term in ("Why it matters", "Shape", "Direction", "Source", "Reviewed"):
        assert terms[term]
    assert terms["Why it matters"].endswith(".")
    assert measure.status.value in terms["Source"]
    assert row_of(measure) in ROWS
    assert ("Not fed" in terms) == bool(measure.unfed)


def test_no_measure_of_volume_or_outcome_is_better_one_way() -> None:
    for row in ROWS:
        if row.group in ("volume", "outcome"):
            assert {measure.direction for measure in row.measures} == {"none"}, row.key


def test_only_whole_tables_are_told_by_service_to_those_who_see_no_case() -> None:
    for measure in MEASURES:
        if measure.whole:
            assert (measure.shape, measure.population, measure.among) == ("count", (), ())
    assert len({(measure.table, measure.on) for measure in MEASURES if measure.whole}) == sum(m.whole for m in MEASURES)
