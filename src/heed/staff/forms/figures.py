"""Keep figures as they stand, and begin limits anew."""

from datetime import date
from typing import Any

from heed.design import forms, words
from heed.staff.forms.base import StaffForm


class KeepForm(StaffForm):
    title = forms.CharField(
        label="What are they kept for?", help_text="Such as “Board, November”.", subject="what they are kept for",
        max_length=120, autocomplete="off",
    )  # fmt: skip


class RebaseForm(StaffForm):
    month = forms.SelectField(label="With which month do the new limits begin?", subject="the month", empty=None)
    reason = forms.LongTextField(
        label="What changed?", subject="what changed", max_length=500, rows=3,
        help_text="Such as an action that was completed, or another way of counting. Others will read it beside the chart.",
    )  # fmt: skip

    def __init__(self, *args: Any, months: list[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("month", [(month.isoformat(), words.month(month)) for month in reversed(months)])

    def arguments(self) -> dict[str, Any]:
        data = super().arguments()
        return {**data, "month": date.fromisoformat(data["month"])}


class TakeBackForm(StaffForm):
    reason = forms.LongTextField(label="Why is it taken back?", subject="why it is taken back", max_length=500, rows=3)
