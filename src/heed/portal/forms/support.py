"""What we should do differently for them, and who can help them."""

from heed.design import forms
from heed.organisations import code_lists
from heed.portal.forms.base import Line, StepForm


class SupportForm(StepForm):
    title = "What would make this easier for you?"
    intro = "We will do what we reasonably can, and remember it, so that you do not have to ask twice."
    adjustments = forms.MultipleChoiceField(
        label="Would any of these help?", subject="what would help you", required=False
    )
    adjustments_note = forms.LongTextField(
        label="Tell us more",
        required=False,
        max_length=2000,
        rows=3,
        count=False,
        help_text="For example, your language, the size of print, or that you use a wheelchair.",
    )
    support_needs = forms.LongTextField(
        label="Is there anything else we should know about you?",
        required=False,
        max_length=2000,
        rows=3,
        count=False,
        help_text="For example, that you are ill, that you were bereaved, or that somebody helps you with this.",
    )

    def settle(self) -> None:
        adjustments = code_lists.load("adjustments")
        self.fields["adjustments"].choices = adjustments.choices()
        self.fields["adjustments"].hints = {item.code: item.hint for item in adjustments.items if item.hint}

    def lines(self) -> list[Line]:
        return super().lines() or [Line("What would make this easier", "Nothing was asked for")]
