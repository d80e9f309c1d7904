"""Putting it right."""

from typing import Any

from heed.design import forms
from heed.organisations import code_lists
from heed.staff.forms.base import CaseForm


class _Promised(CaseForm):
    """What is promised, wherever it is written."""

    description = forms.LongTextField(
        label="What will be done?", subject="what will be done", max_length=5000, rows=3,
        help_text="The person reads this, with the amount and the day beside it.",
    )  # fmt: skip
    amount_pence = forms.MoneyField(
        label="Amount, if money is paid", subject="the amount", required=False, least=1, most=100_000_000
    )


class RemedyForm(_Promised):
    """A promise to put something right, with its date (R100-R103)."""

    field_order = ("kind",)
    kind = forms.SelectField(
        label="What kind of remedy is it?", subject="what kind of remedy it is",
        choices=lambda: code_lists.load("remedies").choices(),
    )  # fmt: skip
    due_on = forms.DateField(
        label="By when?", subject="the date by which it is done",
        help_text="Where the Ombudsman gives weeks or months, count from the day of their final report.",
    )  # fmt: skip
    recommended = forms.YesNoField(
        label="Did the Ombudsman recommend it?", subject="whether the Ombudsman recommended it",
        reveals={"yes": ["decision", "show_to"]}, initial=False,
    )  # fmt: skip
    decision = forms.CharField(
        label="Which decision of the Ombudsman?", subject="which decision", max_length=80, width=20,
        help_text="Its number, such as the reference on the report.",
    )  # fmt: skip
    show_to = forms.CharField(
        label="Who has to be shown that it was done?", subject="who has to be shown that it was done", required=False,
        max_length=200, help_text="As the recommendation says, such as: the Ombudsman, the person and the inspectorate. It is "
        "delivered only once they were.",
    )  # fmt: skip
    issue_id = forms.SelectField(
        label="Which issue does it put right?", choices=[], required=False, empty="The whole case"
    )

    def __init__(self, *args: Any, issues: list[Any], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.offer("issue_id", [(str(issue.pk), f"{issue.number}. {issue.summary[:80]}") for issue in issues])

    def arguments(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        issue_id = values["issue_id"]
        if not values.pop("recommended"):
            values |= {"decision": "", "show_to": ""}
        return {**values, "issue_id": int(issue_id) if issue_id else None}


class ChangeForm(_Promised):
    """Another wording, amount or day of what is promised, with the reason."""

    due_on = forms.DateField(label="By when?", subject="the date by which it is done")
    show_to = forms.CharField(
        label="Who has to be shown that it was done?", subject="who has to be shown that it was done", required=False,
        max_length=200,
    )  # fmt: skip
    reason = forms.LongTextField(
        label="Why does it change?", subject="why it changes", max_length=2000, rows=2,
        help_text="The person reads this too, once they have had our answer.",
    )  # fmt: skip

    def __init__(self, *args: Any, remedy: Any, **kwargs: Any):
        known = {name: getattr(remedy, name) for name in ("description", "amount_pence", "due_on", "show_to")}
        super().__init__(*args, target={"remedy_id": remedy.pk}, initial=known, **kwargs)
        if not remedy.decision:
            del self.fields["show_to"]


class DeliveryForm(CaseForm):
    """That it was done."""

    delivered_on = forms.DateField(label="When was it delivered?", subject="the day it was delivered", when="past")
    note = forms.LongTextField(
        label="How was it delivered?", subject="how it was delivered", max_length=2000, rows=2,
        help_text="So that anybody can check: a payment reference, who rang, what was sent.",
    )  # fmt: skip
    shown = forms.LongTextField(
        label="How and when was it shown?", subject="how and when it was shown", max_length=2000, rows=2
    )

    def __init__(self, *args: Any, remedy: Any, **kwargs: Any):
        super().__init__(*args, target={"remedy_id": remedy.pk}, **kwargs)
        if remedy.show_to:
            self.fields["shown"].label = f"How and when was it shown to: {remedy.show_to}?"
        else:
            del self.fields["shown"]
