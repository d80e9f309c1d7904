"""The six digits that open a one-time link."""

from heed.design import forms


class CodeForm(forms.Form):
    code = forms.CharField(
        label="Code",
        subject="the code from the email",
        max_length=20,
        width=10,
        autocomplete="one-time-code",
        help_text="6 digits. It may take a minute to reach you.",
        inputmode="numeric",
    )
