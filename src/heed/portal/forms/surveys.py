"""A listening campaign's form."""

from typing import Any

from heed.design import forms
from heed.feedback.surveys.form import SurveyForm


class CampaignForm(SurveyForm):
    """What is written stays with the answers, unless the person wants it looked at as a comment of theirs."""

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["as_comment"] = forms.TickField(
            label="Please also take what I wrote as a comment, and pass it on to the people it is about.",
            help_text="It then stands among the comments that people send us, without your name.",
            required=False,
        )

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("as_comment") and not told.get("text"):
            self.add_error("text", "Write what you want us to take as a comment, or leave the box below empty")
        return told
