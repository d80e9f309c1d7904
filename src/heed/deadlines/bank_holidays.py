"""Makes `bank_holidays.json`, the table that the calendar counts with, from the `holidays` package.

Run as `python -m heed.deadlines.bank_holidays` after a new release of that package; a test compares the two. The
program itself reads only the table, so that a proclaimed holiday is a reviewed change of one line.
"""

import json
from datetime import date
from pathlib import Path
from types import MappingProxyType

TABLE = Path(__file__).with_name("bank_holidays.json")
FIRST_YEAR, LAST_YEAR = 2000, 2035
SUBDIVISIONS = MappingProxyType({"england": "ENG", "wales": "WLS", "scotland": "SCT", "northern-ireland": "NIR"})
SATURDAY_AND_SUNDAY = (5, 6)
# What the package calls them -> what people in the United Kingdom do.
NAMES = MappingProxyType(
    {
        "(observed)": "(substitute day)",
        "Late Summer Bank Holiday": "Summer Bank Holiday",
        "May Day": "Early May Bank Holiday",
    }
)


def bank_holidays(nation: str) -> dict[date, str]:
    """The bank holidays of one nation by date, FIRST_YEAR to LAST_YEAR, without those at a weekend."""
    import holidays  # heavy, and needed only to make or test the table

    years = range(FIRST_YEAR, LAST_YEAR + 1)
    found = holidays.country_holidays("GB", subdiv=SUBDIVISIONS[nation], years=years)
    return {day: _name(found[day]) for day in sorted(found) if day.weekday() not in SATURDAY_AND_SUNDAY}


def _name(name: str) -> str:
    for theirs, ours in NAMES.items():
        name = name.replace(theirs, ours)
    return name


def table() -> dict[str, dict[str, str]]:
    """What the file holds: nation -> ISO date -> name."""
    return {nation: {day.isoformat(): name for day, name in bank_holidays(nation).items()} for nation in SUBDIVISIONS}


def main() -> None:
    TABLE.write_text(json.dumps(table(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
