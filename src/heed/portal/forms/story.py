"""The person's own story, and what they agree that it is used for."""

from heed.design import forms
from heed.organisations import code_lists

USES = code_lists.load("story-uses")


class StoryForm(forms.Form):
    """Both questions must be answered: without consent nothing is kept."""

    text = forms.LongTextField(
        label="Your story", subject="your story", max_length=10_000, rows=10,
        help_text="In your own words, as long or as short as you like. You need not leave out names: we do that before anybody "
        "else reads it.",
    )  # fmt: skip
    uses = forms.MultipleChoiceField(
        label="What may we use it for?", subject="at least one thing that we may use it for", choices=USES.choices(),
        hints={item.code: item.hint for item in USES.items if item.hint},
        help_text="Tick all that are right for you. You can take it back at any moment, on your page.",
    )  # fmt: skip
