"""What somebody who was asked thinks made it likely."""

from heed.design import forms
from heed.learning.actions.contribute import LONGEST


class ContributionForm(forms.Form):
    words = forms.LongTextField(
        label="What would you like to say?", max_length=LONGEST, rows=10,
        error_messages={"required": "Write what you would like to say first"},
        help_text="In your own words. It does not have to be long.",
    )  # fmt: skip
