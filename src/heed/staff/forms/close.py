"""Ends of a case, and ways back."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from heed.design import forms
from heed.staff.forms.base import CaseForm


class CloseForm(CaseForm):
    """Nothing to ask: the decision was sent."""


class ViewForm(CaseForm):
    """What the person says of the outcome (R115)."""

    satisfied = forms.ChoiceField(
        label="Are they content with the outcome?", subject="whether they are content",
        choices=[("yes", "Yes"), ("partly", "With some of it"), ("no", "No"), ("no_answer", "We asked, they did not say")],
    )  # fmt: skip
    view = forms.LongTextField(
        label="What do they say of it?", subject="what they say of it", required=False, max_length=5000, rows=4,
        help_text="In their words where you can. Where they did not say, when and how you asked.",
    )  # fmt: skip


class WithdrawForm(CaseForm):
    reason = forms.LongTextField(
        label="How and why did they withdraw?", subject="how and why they withdrew", max_length=2000, rows=3,
        help_text="In their words where you can. What can be learned stays, whether or not they go on.",
    )  # fmt: skip


class SettleForm(CaseForm):
    """Settled in conversation by the end of the next working day."""

    what_was_done = forms.LongTextField(label="What was done?", subject="what was done", max_length=5000, rows=3)
    on = forms.DateField(label="On which day was it settled?", subject="the day it was settled", when="past")
    time = forms.TimeField(label="At what time?", subject="the time it was settled")
    satisfied = forms.TickField(label="They said that this settles it for them")

    def arguments(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        settled = datetime.combine(values["on"], values["time"])
        return {
            "settled_at": timezone.make_aware(settled),
            "what_was_done": values["what_was_done"],
            "version": values["version"],
        }


class ReopenForm(CaseForm):
    reason = forms.LongTextField(
        label="Why is it taken up again?", subject="why it is taken up again", max_length=2000, rows=3
    )


class EscalateForm(CaseForm):
    reason = forms.LongTextField(
        label="What did they say?", required=False, max_length=5000, rows=3,
        help_text="They need not give a reason.",
    )  # fmt: skip
