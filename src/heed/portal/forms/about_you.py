"""A few questions about the person, none of which has to be answered."""

from collections.abc import Mapping, Sequence
from typing import Any

from heed.design import forms
from heed.feedback.rules import PREFER_NOT_TO_SAY

MOST_RADIOS = 4
LAST = (PREFER_NOT_TO_SAY, "Prefer not to say")
NO_ANSWER = "No answer"


class AboutYouForm(forms.Form):
    """One field for each question that is asked, under the question's key. It never begins with an answer given before:
    whoever looks over a shoulder, or holds somebody's code, learns nothing from this page."""

    mark_optional = False  # the page says it once, of all of them

    def __init__(self, data: Any = None, *, asked: Sequence[Any]) -> None:
        super().__init__(data)
        for question in asked:
            self.fields[question.key] = _field(question)

    def answers(self) -> Mapping[str, str]:
        """What was answered, by the key of the question; "" for what was left out."""
        return {key: answer or "" for key, answer in self.cleaned_data.items()}


def _field(question: Any) -> Any:
    told = {"label": question.asks, "help_text": question.hint, "subject": question.asked_about, "required": False}
    if len(question.items) <= MOST_RADIOS:
        return forms.ChoiceField(choices=[*question.choices(), LAST], **told)
    listed: list[Any] = []
    for heading, pairs in question.grouped_choices():
        listed += [(heading, pairs)] if heading else pairs
    return forms.SelectField(choices=[*listed, LAST], empty=NO_ANSWER, **told)
