"""What they would like to happen."""

from heed.design import forms
from heed.organisations import code_lists
from heed.portal.forms.base import StepForm


class OutcomeForm(StepForm):
    title = "What would you like to happen?"
    intro = "We cannot promise it, but we will talk with you about what we can do."
    named = {"desired_outcomes": "What you would like", "desired_outcome_text": "In your own words"}
    desired_outcomes = forms.MultipleChoiceField(
        label="Choose all that you would like", subject="what you would like to happen", required=False
    )
    desired_outcome_text = forms.LongTextField(
        label="In your own words",
        required=False,
        rows=5,
        count=False,
        help_text="What would put this right for you, or stop it from happening to somebody else?",
    )

    def settle(self) -> None:
        outcomes = code_lists.load("desired-outcomes")
        self.fields["desired_outcomes"].choices = outcomes.choices()
        self.fields["desired_outcomes"].hints = {item.code: item.hint for item in outcomes.items if item.hint}
