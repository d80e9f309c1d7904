"""The table of bank holidays against two sources that were made by others."""

import json
from datetime import date, timedelta

import holidays
import pytest
from govuk_bank_holidays.bank_holidays import BankHolidays

from heed.deadlines import bank_holidays

NATIONS = {"england": "ENG", "wales": "WLS", "scotland": "SCT", "northern-ireland": "NIR"}
DIVISIONS = {
    "england": "england-and-wales",
    "wales": "england-and-wales",
    "scotland": "scotland",
    "northern-ireland": "northern-ireland",
}
# Proclaimed for the football World Cup; the copy in govuk-bank-holidays is older than that.
WORLD_CUP = date(2026, 6, 15)


def table(nation: str) -> dict[date, str]:
    stored = json.loads(bank_holidays.TABLE.read_text(encoding="utf-8"))
    return {date.fromisoformat(day): name for day, name in stored[nation].items()}


@pytest.mark.parametrize("nation", NATIONS)
def test_every_weekday_of_36_years_agrees_with_the_holidays_package(nation):
    known = holidays.country_holidays("GB", subdiv=NATIONS[nation], years=range(2000, 2036))
    stored = table(nation)
    day = date(2000, 1, 1)
    while day.year < 2036:
        if day.weekday() < 5:
            assert (day in stored) == (day in known), day
        day += timedelta(days=1)


@pytest.mark.parametrize("nation", DIVISIONS)
def test_every_bank_holiday_of_gov_uk_is_in_the_table_and_no_other(nation):
    published = {
        holiday["date"]
        for holiday in BankHolidays(use_cached_holidays=True).get_holidays(division=DIVISIONS[nation])
        if holiday["date"].weekday() < 5
    }
    years = {day.year for day in published}
    assert len(years) >= 10
    stored = {day for day in table(nation) if day.year in years}
    assert stored - published <= ({WORLD_CUP} if nation == "scotland" else set())
    assert published <= stored


def test_the_world_cup_holiday_is_scotlands_alone():
    assert [nation for nation in NATIONS if WORLD_CUP in table(nation)] == ["scotland"]


@pytest.mark.parametrize("nation", NATIONS)
def test_no_entry_is_at_a_weekend_and_all_36_years_are_there(nation):
    stored = table(nation)
    assert all(day.weekday() < 5 for day in stored)
    assert {day.year for day in stored} == set(range(2000, 2036))


def test_the_file_is_what_the_script_makes():
    assert json.loads(bank_holidays.TABLE.read_text(encoding="utf-8")) == bank_holidays.table()


def test_names_are_those_people_know():
    assert table("england")[date(2026, 5, 4)] == "Early May Bank Holiday"
    assert table("england")[date(2026, 12, 28)] == "Boxing Day (substitute day)"
    assert table("scotland")[date(2026, 8, 3)] == "Summer Bank Holiday"
