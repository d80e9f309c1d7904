"""The reference and the secret code."""

from heed.design import forms


class FollowForm(forms.Form):
    reference = forms.CharField(
        label="Reference",
        subject="your reference",
        max_length=60,
        width=20,
        autocomplete="off",
        help_text="For example, RV-4K7M-Q2PX. Capitals, spaces and dashes do not matter.",
    )
    code = forms.CharField(
        label="Secret code",
        subject="your secret code",
        max_length=60,
        width=20,
        autocomplete="off",
        help_text="15 letters and numbers, for example 4K7MQ-2PXGH-R9TBC.",
    )
