"""What the owner of an action, who has no account, says of it."""

from typing import Any

from heed.design import forms
from heed.learning import lifecycle
from heed.portal.forms.files import LIMITS, Files

WAYS = {
    "started": "It has begun",
    "progress": "This is how far it is",
    "done": "It is done",
    "cannot": "I cannot do it",
}


class OwnerForm(forms.Form):
    """One answer. Words are asked once for all ways; the server says where they are needed."""

    way = forms.ChoiceField(
        label="How does it stand?", subject="how it stands", choices=[],
        reveals={"progress": ["standing", "again_on"], "done": ["documents"]},
    )  # fmt: skip
    standing = forms.ChoiceField(
        label="Is it on track?", subject="whether it is on track", choices=list(lifecycle.STANDINGS.items())
    )
    again_on = forms.DateField(
        label="When will you look at it again?", subject="the day of your next look", when="future", required=False
    )
    documents = Files(label="Files that show it", required=False, help_text=LIMITS)
    on = forms.DateField(
        label="On what day?", subject="the day", when="past",
        help_text="The day it began or was done. For how far it is, and if you cannot do it: today.",
    )  # fmt: skip
    words = forms.LongTextField(
        label="In your words", required=False, max_length=10_000, rows=5, count=False,
        help_text="How far it is; or what anybody could go and see now that it is done; or what is in the way. Please leave out "
        "the names of people who complained.",
    )  # fmt: skip
    version = forms.HiddenField(required=False, max_length=9)
    kept = forms.HiddenField(required=False, max_length=4000)

    def __init__(self, *args: Any, action: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        ways = [(key, label) for key, label in WAYS.items() if key != "started" or action.state == "promised"]
        way: Any = self.fields["way"]
        way.choices = ways

    def clean_version(self) -> int:
        text = self.cleaned_data["version"]
        return int(text) if text.isascii() and text.isdigit() else 0
