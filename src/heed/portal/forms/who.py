"""To whom it happened, and for whom the person speaks: complainant, person affected and representative are apart."""

from heed.design import forms
from heed.portal.forms.base import Line, StepForm

WHO = [
    ("myself", "It happened to me"),
    ("other", "It happened to somebody else, and I am making this complaint"),
    ("represent", "I act for somebody who is making this complaint"),
]
HINTS = {
    "other": "Such as your child, your partner, a parent, a friend, or somebody who has died.",
    "represent": "You are their advocate, solicitor, MP or councillor, or they asked you to speak for them.",
}
WHOM = [("complainant", "The person I act for"), ("somebody_else", "Somebody else")]


class WhoForm(StepForm):
    one_question = True
    who = forms.ChoiceField(
        label="Who did it happen to?",
        subject="who it happened to",
        choices=WHO,
        hints=HINTS,
        reveals={"represent": ["whom"]},
    )
    whom = forms.ChoiceField(label="Who did it happen to, then?", subject="who it happened to", choices=WHOM)

    def lines(self) -> list[Line]:
        lines = [Line("Who it happened to", dict(WHO)[self.cleaned_data["who"]])]
        if whom := self.cleaned_data.get("whom"):
            lines.append(Line("It happened to", dict(WHOM)[whom]))
        return lines
