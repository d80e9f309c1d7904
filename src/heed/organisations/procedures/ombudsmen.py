"""The contact cards of Ombudsmen: maintained data that says when it was last checked, and warns when long ago."""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from pydantic import Field

from heed.deadlines import words
from heed.organisations.code_lists.provenance import Data, Sourced

Nation = Literal["england", "wales", "scotland", "northern-ireland"]
Sector = Literal["nhs", "adult-social-care", "council", "social-housing", "central"]
FILE = Path(__file__).with_name("ombudsmen.toml")
STALE_AFTER_YEARS = 1


class OmbudsmanCard(Sourced):
    """How to reach one Ombudsman. What was found nowhere is empty, never guessed; `checked_on` is None where nobody
    has looked yet."""

    key: str
    name: str
    short_name: str
    url: str = Field(default="", pattern=r"^(https://\S+)?$")
    phone: str = ""
    checked_on: date | None = None

    @property
    def contact_line(self) -> str:
        """What a letter gives: web address and telephone number, as far as they are known."""
        return ", ".join(known for known in (self.url.removeprefix("https://"), self.phone) if known)

    def is_stale(self, on: date) -> bool:
        """Whether the card was never checked, or longer ago than twelve months."""
        if self.checked_on is None:
            return True
        checked = self.checked_on
        last_of_february = (checked.month, checked.day) == (2, 29)
        until = checked.replace(year=checked.year + STALE_AFTER_YEARS, day=28 if last_of_february else checked.day)
        return on > until

    def warning(self, on: date) -> str:
        """A sentence for staff when the card is stale; "" when it is not."""
        if not self.is_stale(on):
            return ""
        since = (
            "has never been checked" if self.checked_on is None else f"was last checked on {words.day(self.checked_on)}"
        )
        return f"The contact card of the {self.name} {since}. Check it before a letter gives it."


class _File(Data):
    ombudsman: tuple[OmbudsmanCard, ...]


@cache
def cards() -> Mapping[str, OmbudsmanCard]:
    """Every card by its key."""
    found = _File.model_validate(tomllib.loads(FILE.read_text(encoding="utf-8")))
    return MappingProxyType({card.key: card for card in found.ombudsman})
