"""A listening campaign's form."""

from typing import Any

from heed.design import forms
from heed.feedback.surveys import Wording
from heed.feedback.surveys.form import SurveyForm


class CampaignForm(SurveyForm):
    """What is written stays with the answers, unless the person wants it looked at as a comment of theirs."""

    def __init__(self, data: Any = None, *, page: Wording, **kwargs: Any) -> None:
        super().__init__(data, page=page, **kwargs)
        self.fields["as_comment"] = forms.TickField(
            label=page.sentences["as_comment"], help_text=page.sentences["as_comment_hint"], required=False
        )

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("as_comment") and not told.get("text"):
            self.add_error("text", "Write what you want us to take as a comment, or leave the box below empty")
        return told
