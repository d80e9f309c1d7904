"""The form of a questionnaire: the same for the public, for staff, and for whoever enters what came by post."""

from typing import Any

from heed.design import forms
from heed.feedback.surveys.rules import LONGEST
from heed.feedback.surveys.schema import Questionnaire, Wording

SAID = "said_"  # begins the name of a statement's field, so that no key of a file can be taken for another field


class SurveyForm(forms.Form):
    """Nothing has to be answered, and it never begins with an answer given before: whoever looks over a shoulder, or finds
    the link, learns nothing from it. `may_share`: the person can let who looked after their case see the answers.
    `language`: of `asked` and `page`, "" for English."""

    mark_optional = False  # the page says it once, of all of them
    fields: dict[str, Any]

    def __init__(
        self, data: Any = None, *, asked: Questionnaire, page: Wording, may_share: bool = False, language: str = ""
    ) -> None:
        super().__init__(data)
        self.language = language
        for question in asked.questions():
            self.fields[f"{SAID}{question.key}"] = forms.ChoiceField(
                label=question.text, subject="an answer", choices=list(page.scale.items()), required=False, inline=True
            )
        self.fieldsets = [(stage.title, [f"{SAID}{one.key}" for one in stage.questions]) for stage in asked.stages]
        self.fields["text"] = forms.LongTextField(
            label=asked.open_question.text, help_text=page.sentences["open_hint"], max_length=LONGEST, rows=5,
            required=False,
        )  # fmt: skip
        if may_share:
            self.fields["share"] = forms.TickField(
                label=page.sentences["share"], help_text=page.sentences["share_hint"], required=False
            )

    def answers(self) -> dict[str, str]:
        """What was answered, by the key of the statement."""
        return {
            name.removeprefix(SAID): value
            for name, value in self.cleaned_data.items()
            if name.startswith(SAID) and value
        }
