"""To whom it happened, and for whom the person speaks: complainant, person affected and representative are apart."""

from dataclasses import dataclass

from heed.design import forms
from heed.portal.forms.base import Line, StepForm


@dataclass(frozen=True)
class Wording:
    """The question as it is asked of one kind of feedback, and what it is called on "check your answers" (`line`)."""

    question: str
    answers: dict[str, str]
    then: str
    line: str
    missing: str
    then_missing: str


WORDINGS = {
    "complaint": Wording(
        "Who did it happen to?",
        {
            "myself": "It happened to me",
            "other": "It happened to somebody else, and I am making this complaint",
            "represent": "I act for somebody who is making this complaint",
        },
        "Who did it happen to, then?",
        "Who it happened to",
        "Choose who it happened to",
        "Choose who it happened to",
    ),
    "concern": Wording(
        "Who are you worried about?",
        {
            "myself": "About myself",
            "other": "About somebody else",
            "represent": "I act for somebody who is worried",
        },
        "Who are they worried about?",
        "Who the worry is about",
        "Choose who you are worried about",
        "Choose who they are worried about",
    ),
}
HINTS = {
    "other": "Such as your child, your partner, a parent, a friend, or somebody who has died.",
    "represent": "You are their advocate, solicitor, MP or councillor, or they asked you to speak for them.",
}
WHOM = [("complainant", "The person I act for"), ("somebody_else", "Somebody else")]


class WhoForm(StepForm):
    one_question = True
    who = forms.ChoiceField(
        label=WORDINGS["complaint"].question,
        subject="who it happened to",
        choices=list(WORDINGS["complaint"].answers.items()),
        hints=HINTS,
        reveals={"represent": ["whom"]},
    )
    whom = forms.ChoiceField(label=WORDINGS["complaint"].then, subject="who it happened to", choices=WHOM)

    def settle(self) -> None:
        self.wording = WORDINGS[self.known["kind"]["kind"]]
        self.fields["who"].label, self.fields["whom"].label = self.wording.question, self.wording.then
        self.fields["who"].error_messages["required"] = self.wording.missing
        self.fields["whom"].error_messages["required"] = self.wording.then_missing
        self.fields["who"].choices = list(self.wording.answers.items())

    def lines(self) -> list[Line]:
        if self.cleaned_data["who"] != "represent":
            return [Line(self.wording.line, self._answer("who"))]
        return [Line("Who you speak for", self._answer("who")), Line(self.wording.line, self._answer("whom"))]

    def _answer(self, name: str) -> str:
        return str(dict(self.fields[name].choices)[self.cleaned_data[name]])
