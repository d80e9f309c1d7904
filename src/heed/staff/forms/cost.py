"""What a step of handling takes and costs."""

from datetime import date
from typing import Any

from heed.design import forms, words
from heed.insight.actions.cost import MOST_MINUTES
from heed.insight.costing import STEPS
from heed.insight.periods import whole_months
from heed.staff.forms.settings import SettingsForm

BACK = 36  # months, as far back as the longest period of the figures


class StepCostForm(SettingsForm):
    step = forms.SelectField(
        label="Step", subject="the step", choices=[(step.key, step.name) for step in STEPS.values()]
    )
    minutes = forms.NumberField(
        label="Minutes that it takes",
        help_text="0: it is not counted any more.",
        subject="the minutes",
        most=MOST_MINUTES,
    )
    pence_an_hour = forms.MoneyField(label="What an hour of it costs", subject="what an hour costs", most=100_000)
    pay_band = forms.CharField(label="Pay band", required=False, max_length=60, width=10, autocomplete="off")
    from_month = forms.SelectField(label="From", subject="the month", empty=None)
    note = forms.CharField(
        label="Where the figures come from", help_text="Such as a time study, or the finance team’s pay table.",
        subject="where the figures come from", max_length=300,
    )  # fmt: skip

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        months = [*whole_months(BACK, today).months, today.replace(day=1)][::-1]
        self.offer("from_month", [(month.isoformat(), words.month(month)) for month in months])

    def arguments(self) -> dict[str, Any]:
        data = super().arguments()
        return {**data, "from_month": date.fromisoformat(data["from_month"])}
