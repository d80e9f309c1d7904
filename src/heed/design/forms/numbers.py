"""Whole numbers, pounds to pence, and the NHS number."""

import re
from typing import Any

from django import forms

from heed.design import words
from heed.design.forms.texts import CharField
from heed.design.forms.worded import sentence

LARGEST = 999_999_999
MOST_PENCE = 1_000_000_000


class NumberField(CharField):
    """A whole number, commas allowed. least and most are inclusive. Cleans to int, or None if left empty."""

    wording = {"invalid": "{Subject} must be a whole number, like 12"}
    shape = re.compile(r"-?\d{1,12}", re.ASCII)

    def __init__(self, *, least: int = 0, most: int = LARGEST, **kwargs: Any) -> None:
        kwargs.setdefault("inputmode", "numeric")
        kwargs.setdefault("width", 5)
        super().__init__(**kwargs)
        self.least, self.most = least, most

    def clean(self, value: Any) -> Any:
        text = super().clean(value).replace(",", "").replace(" ", "")
        return self.within(self.parse(text)) if text else None

    def parse(self, text: str) -> int:
        if not self.shape.fullmatch(text):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return int(text)

    def within(self, number: int) -> int:
        if number < self.least:
            raise forms.ValidationError(self._limit(self.least, "more"), code="too_small")
        if number > self.most:
            raise forms.ValidationError(self._limit(self.most, "less"), code="too_large")
        return number

    def _limit(self, limit: int, direction: str) -> str:
        return f"{sentence(self.subject)} must be {self.shown(limit)} or {direction}"

    def shown(self, number: int) -> str:
        return f"{number:,}"


class MoneyField(NumberField):
    """Pounds, with or without pence, as typed: £1,250.50. Cleans to whole pence. least and most are pence."""

    wording = {"invalid": "{Subject} must be an amount of money, like 250 or 250.50"}
    shape = re.compile(r"£?(\d{1,10})(?:\.(\d{2}))?", re.ASCII)

    def __init__(self, *, most: int = MOST_PENCE, **kwargs: Any) -> None:
        defaults: dict[str, Any] = {"inputmode": "decimal", "width": 10}
        super().__init__(most=most, prefix="£", **(defaults | kwargs))

    def parse(self, text: str) -> int:
        match = self.shape.fullmatch(text)
        if not match:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return int(match[1]) * words.PENCE + int(match[2] or 0)

    def shown(self, number: int) -> str:
        return words.money(number)

    def prepare_value(self, value: Any) -> Any:
        """Pence kept as the initial value are shown in pounds; what was typed is shown as typed."""
        return words.money(value).removeprefix("£") if isinstance(value, int) else value


class NHSNumberField(CharField):
    """Ten digits with their check digit, spaces and hyphens allowed. Cleans to the ten digits, "" if left empty.

    The check digit is modulus 11 (NHS Data Dictionary, NHS NUMBER).
    """

    wording = {
        "length": "{Subject} must have 10 digits, like 943 476 5919",
        "check": "{Subject} is not a real NHS number. Check each digit against the letter or card it is on",
    }

    def __init__(self, **kwargs: Any) -> None:
        defaults: dict[str, Any] = {"inputmode": "numeric", "width": 10}
        super().__init__(**(defaults | kwargs))
        self._put({"spellcheck": "false"})

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        digits = re.sub(r"[\s\-]", "", text)
        if text and not re.fullmatch(r"[0-9]{10}", digits):
            raise forms.ValidationError(self.error_messages["length"], code="length")
        if text and not is_nhs_number(digits):
            raise forms.ValidationError(self.error_messages["check"], code="check")
        return digits

    def prepare_value(self, value: Any) -> Any:
        return words.nhs_number(value) if isinstance(value, str) and value.isdigit() else value


def is_nhs_number(digits: str) -> bool:
    """Whether ten digits carry the right check digit; one digit ten times over, which would pass, does not."""
    if len(digits) != 10 or len(set(digits)) == 1:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    return (11 - total % 11) % 11 == int(digits[9])
