"""The part that a person wishes to take in what changes because of them."""

from typing import Any

from heed.design import forms
from heed.learning import involvement

# In the person's own words, by code of the list.
OPTIONS = {
    "review_guidance": "Read new guidance or a new form before it is used, and say what I think",
    "training": "Help to plan training for staff",
    "visit": "Visit and see what has changed",
    "story": "Tell my story to staff, so that they learn from it",
    "monitoring": "Help to check later whether it is still as it should be",
}
HINTS = {"story": "We ask you again before anybody hears it, and you can take it back at any time."}


def as_they_say(agreed: Any) -> str:
    """What somebody agreed to take part in, in the words in which they were asked."""
    return OPTIONS.get(agreed.option, agreed.label)


class PartForm(forms.Form):
    """All of it may be changed or taken back at any time."""

    wish = forms.ChoiceField(
        label="Would you like to hear how it goes?", subject="how you would like to hear of it",
        choices=[
            ("each", "Yes, at each step"), ("end", "Yes, but only when it is done"), ("no", "No, please do not tell me"),
        ],
        hints={"no": "It still stands on this page, if you ever want to look."},
    )  # fmt: skip
    options = forms.MultipleChoiceField(
        label="Would you like to take part in any of this?", subject="what you would like to take part in", required=False,
        choices=[], help_text="You do not have to. By ticking one you agree that we get in touch with you about it.",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field: Any = self.fields["options"]
        field.choices = [(code, OPTIONS.get(code, label)) for code, label in involvement.options().items()]
        field.hints = HINTS


class SatisfiedForm(forms.Form):
    answer = forms.ChoiceField(
        label="Do you think that what we do is enough, so that it does not happen to anybody else?",
        subject="whether it is enough", choices=list(involvement.SATISFIED.items()),
    )  # fmt: skip
    words = forms.LongTextField(
        label="What is missing, or what was right?", required=False, max_length=5000, rows=4, count=False
    )
