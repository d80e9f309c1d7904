"""First: what kind of feedback it is, by what the person needs."""

from heed.design import forms
from heed.portal.forms.base import Line, StepForm

ELSEWHERE = "elsewhere"
KINDS = [
    ("complaint", "I am unhappy about something, and I want an answer"),
    ("concern", "I am worried about something, and I want it put right"),
    ("comment", "I have an idea, or something to say"),
    ("compliment", "I want to say thank you"),
]
HINTS = {
    "complaint": "This is a complaint. We look into what happened and write to you with what we found and what we will do.",
    "concern": "This is a concern. We get in touch and try to put it right. You can make it a complaint at any time.",
    "comment": "This is a comment. We read it and use it. We do not normally write back.",
    "compliment": "This is a compliment. We pass it on to the people it is about.",
    ELSEWHERE: "To book or ask for something, to report a problem for the first time, or to appeal. We will show you where.",
}
NAMES = {"complaint": "A complaint", "concern": "A concern", "comment": "A comment", "compliment": "A compliment"}


class KindForm(StepForm):
    """What they want to tell us. Where other services are known, a last choice points to them, and leads back here."""

    one_question = True
    kind = forms.ChoiceField(
        label="What would you like to tell us?",
        subject="what you would like to tell us",
        choices=KINDS,
        hints=HINTS,
    )

    def settle(self) -> None:
        if self.organisation.other_services.strip():
            self.fields["kind"].choices = [*KINDS, (ELSEWHERE, "I need something else")]
            self.fields["kind"].divider_before = ELSEWHERE

    def lines(self) -> list[Line]:
        return [Line("This is", NAMES[self.cleaned_data["kind"]])]
