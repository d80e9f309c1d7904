"""Putting it right."""

from typing import Any

from heed.design import forms
from heed.organisations import code_lists
from heed.staff.forms.base import CaseForm


class RemedyForm(CaseForm):
    """A promise to put something right, with its date (R100-R103)."""

    kind = forms.SelectField(
        label="What kind of remedy is it?", subject="what kind of remedy it is",
        choices=lambda: code_lists.load("remedies").choices(),
    )  # fmt: skip
    description = forms.LongTextField(
        label="What will be done?", subject="what will be done", max_length=5000, rows=3,
        help_text="The person reads this, with the amount and the day beside it.",
    )  # fmt: skip
    amount_pence = forms.MoneyField(
        label="Amount, if money is paid", subject="the amount", required=False, least=1, most=100_000_000
    )
    due_on = forms.DateField(label="By when?", subject="the date by which it is done")
    issue_id = forms.SelectField(
        label="Which issue does it put right?", choices=[], required=False, empty="The whole case"
    )

    def __init__(self, *args: Any, issues: list[Any], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.offer("issue_id", [(str(issue.pk), f"{issue.number}. {issue.summary[:80]}") for issue in issues])

    def arguments(self) -> dict[str, Any]:
        issue_id = self.cleaned_data["issue_id"]
        return {**self.cleaned_data, "issue_id": int(issue_id) if issue_id else None}


class DeliveryForm(CaseForm):
    """That it was done."""

    delivered_on = forms.DateField(label="When was it delivered?", subject="the day it was delivered", when="past")
    note = forms.LongTextField(
        label="How was it delivered?", subject="how it was delivered", max_length=2000, rows=2,
        help_text="So that anybody can check: a payment reference, who rang, what was sent.",
    )  # fmt: skip
