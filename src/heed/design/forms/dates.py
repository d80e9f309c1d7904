"""Dates as day, month and year, kept as typed when they are wrong; times as people say them."""

import datetime
import re
from collections.abc import Callable
from typing import Any

from django import forms
from django.utils import timezone

from heed.design import words
from heed.design.forms.texts import CharField
from heed.design.forms.worded import Worded, sentence
from heed.design.text import clean_text

PARTS = ("day", "month", "year")
MONTHS = [f"{datetime.date(2000, number, 1):%B}".lower() for number in range(1, 13)]
EARLIEST = datetime.date(1900, 1, 1)
LATEST = datetime.date(2100, 12, 31)


class DateWidget(forms.MultiWidget):
    """Three boxes. Its value is the list of what was typed, so that nonsense is shown again as it was."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        boxes: dict[str, forms.Widget | type[forms.Widget]] = {
            part: forms.TextInput(attrs={"inputmode": "numeric"}) for part in PARTS
        }
        super().__init__(boxes, attrs)

    def decompress(self, value: datetime.date | None) -> list[Any]:
        return [value.day, value.month, value.year] if value else ["", "", ""]


class DateField(Worded, forms.Field):
    """A date by day, month and year; the month may be a name. Cleans to datetime.date, or None if left empty.

    when: "past" (today or before), "future" (today or after) or None. earliest, latest: inclusive limits (default
    1900 to 2100, so that 1066 is refused). birthday: for the date of birth of the person who fills in the form.
    An error's code names the boxes at fault, such as "day month".
    """

    widget = DateWidget
    today: Callable[[], datetime.date] = staticmethod(timezone.localdate)

    def __init__(
        self,
        *,
        when: str | None = None,
        earliest: datetime.date = EARLIEST,
        latest: datetime.date = LATEST,
        birthday: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.when, self.earliest, self.latest = when, earliest, latest
        if birthday:
            for box, part in zip(self.widget.widgets, PARTS, strict=True):
                box.attrs["autocomplete"] = f"bday-{part}"

    def clean(self, value: Any) -> datetime.date | None:
        typed = [clean_text(str(part or "")).strip() for part in value or ["", "", ""]]
        if not any(typed):
            if self.required:
                raise forms.ValidationError(self.error_messages["required"], code="required")
            return None
        self._complete(typed)
        date = self._real(typed)
        self._within(date)
        self.run_validators(date)
        return date

    def _error(self, text: str, *parts: str) -> forms.ValidationError:
        return forms.ValidationError(f"{sentence(self.subject)} {text}", code=" ".join(parts or PARTS))

    def _complete(self, typed: list[str]) -> None:
        missing = [part for part, text in zip(PARTS, typed, strict=True) if not text]
        if missing:
            raise self._error(f"must include a {words.join(missing)}", *missing)

    def _real(self, typed: list[str]) -> datetime.date:
        day, month, year = typed[0], month_number(typed[1]), typed[2]
        if not re.fullmatch(r"[0-9]{4}", year):
            raise self._error("must have a year of 4 numbers, like 2026", "year")
        if not re.fullmatch(r"[0-9]{1,2}", day) or not month:
            raise self._error("must be a real date, like 27 3 2026")
        try:
            return datetime.date(int(year), month, int(day))
        except ValueError:
            raise self._error("must be a real date, like 27 3 2026") from None

    def _within(self, date: datetime.date) -> None:
        today = self.today()
        if date < self.earliest:
            raise self._error(f"must be on or after {words.day(self.earliest)}", "year")
        if self.when == "past" and date > today:
            raise self._error("must be today or in the past")
        if self.when == "future" and date < today:
            raise self._error("must be today or in the future")
        if date > self.latest:
            raise self._error(f"must be on or before {words.day(self.latest)}", "year")

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.clean(data) != initial
        except forms.ValidationError:
            return True


def month_number(text: str) -> int | None:
    """5 for "5", "05", "May" and "may"; 9 for "sept"; None for what is no month."""
    if re.fullmatch(r"[0-9]{1,2}", text):
        return int(text)
    name = text.lower().rstrip(".")
    if len(name) < 3:
        return None
    return next((number for number, month in enumerate(MONTHS, start=1) if month.startswith(name)), None)


class TimeField(CharField):
    """A time of day as people write it: 4:45pm, 16:45, 9am, midday. Cleans to datetime.time, or None if left empty."""

    wording = {"invalid": "{Subject} must be a time, like 9:30am or 16:45"}
    named = {"midday": datetime.time(12), "noon": datetime.time(12), "midnight": datetime.time(0)}
    shape = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(?:([ap])\.?m\.?)?", re.IGNORECASE | re.ASCII)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"width": 5} | kwargs))

    def clean(self, value: Any) -> Any:
        text = super().clean(value).lower()
        if not text:
            return None
        time = self.named.get(text) or self._parse(text)
        if time is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return time

    def _parse(self, text: str) -> datetime.time | None:
        match = self.shape.fullmatch(text)
        if not match or not (match[2] or match[3]):
            return None
        hour, minute = int(match[1]), int(match[2] or 0)
        if match[3]:
            if not 1 <= hour <= 12:
                return None
            hour = hour % 12 + (12 if match[3] == "p" else 0)
        return datetime.time(hour, minute) if hour < 24 and minute < 60 else None

    def prepare_value(self, value: Any) -> Any:
        return words.clock(value) if isinstance(value, datetime.time) else value
