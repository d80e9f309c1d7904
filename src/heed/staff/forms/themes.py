"""What to do about a new theme."""

from heed.design import forms
from heed.staff.forms.base import StaffForm


class ThemeForm(StaffForm):
    """Watch it, name it, or dismiss it with a reason."""

    state = forms.ChoiceField(
        label="What do you want to do with it?",
        subject="what you want to do with it",
        choices=[("watched", "Watch it"), ("named", "Name it"), ("dismissed", "Dismiss it")],
        hints={
            "watched": "It stays on the page, and the reason below is kept with it.",
            "named": "It stands under the name that you give it, for as long as it is alike.",
            "dismissed": "It goes to the end of the page, with your reason. It can be taken up again.",
        },
    )
    name = forms.CharField(
        label="Its name, if you name it", subject="its name", required=False, max_length=80,
        help_text="What people tell of, not who did it.",
    )  # fmt: skip
    reason = forms.LongTextField(
        label="Why",
        help_text="Needed to dismiss it.",
        subject="why",
        required=False,
        rows=3,
        max_length=1000,
        count=False,
    )
    mark_optional = False
