"""The response, from the first draft to sending."""

from typing import Any

from heed.cases import parts
from heed.design import forms
from heed.organisations import code_lists
from heed.staff.forms.base import CaseForm, VersionField

SHORTEST, TALLEST, ACROSS = 4, 24, 60  # rows, rows, characters in a row of the box


def rows_for(text: str) -> int:
    """How tall a box is that shows what stands in it: what a first draft holds can be read without scrolling in it."""
    needed = sum(1 + len(line) // ACROSS for line in text.split("\n")) + 1
    return max(SHORTEST, min(TALLEST, needed))


class DraftForm(CaseForm):
    """The ten parts (R110). `response_version` guards the draft itself."""

    takes_version = False
    response_version = VersionField(required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        needed = {part.code for part in parts.needed_parts(self.case.disposal)}
        for part in parts.PARTS:
            label = part.heading if part.code in needed else f"{part.heading} (not needed for this short answer)"
            self.fields[part.code] = forms.LongTextField(
                label=label, help_text=part.hint, required=False, max_length=50_000,
                rows=rows_for(str(self.initial.get(part.code, ""))), count=False,
            )  # fmt: skip

    mark_optional = False

    def arguments(self) -> dict[str, Any]:
        return {
            "parts": {part.code: self.cleaned_data[part.code] for part in parts.PARTS},
            "response_version": self.cleaned_data["response_version"] or None,
        }


class ReadyForm(CaseForm):
    """Nothing to ask: it goes to who signs."""


class ReturnForm(CaseForm):
    """What has to change."""

    note = forms.LongTextField(label="What has to change?", subject="what has to change", max_length=5000, rows=3)


class SignForm(CaseForm):
    """In what capacity, and for whom."""

    signed_as = forms.CharField(
        label="In what capacity do you sign?", subject="in what capacity you sign", max_length=200,
        help_text="For example: Chief executive. If it is delegated to you, say for whom: Director of nursing, "
        "for the chief executive.",
    )  # fmt: skip


class SendForm(CaseForm):
    """How it goes out (R114). `email` is where the e-mail would go; without one nothing tells them of their page."""

    channel = forms.ChoiceField(label="How does it go out?", subject="how it goes out", choices=[])

    def __init__(self, *args: Any, email: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        labels = code_lists.load("channels")
        page = "On their page, with an email that tells them so" if email else "On their page"
        hint = (
            f"The email goes to {email}, and holds no word of the response."
            if email
            else "We have no email address, so nothing tells them that it is there: choose this only if they look."
        )
        self.offer(
            "channel",
            [
                ("email", page),
                ("letter", "On paper: print it, and post it yourself"),
                ("in_person", f"{labels.label('in_person')}: hand it over yourself"),
            ],
            {"email": hint, "letter": "The letter to print is shown next. It also stands on their page."},
        )
