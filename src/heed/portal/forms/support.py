"""What we should do differently for them, and who can help them."""

from typing import Any

from heed.design import forms
from heed.organisations import code_lists
from heed.organisations.code_lists import Item
from heed.portal.forms.base import Line, StepForm

# The list is written for staff, of the person; here the person speaks for themselves.
OWN_WORDS = {
    "companion": "Somebody with me at meetings",
    "bereaved": "I was bereaved not long ago",
    "poor_health": "I am not well",
    "home_visit": "To meet at my home, or near it",
}
OWN_HINTS = {"more_time": "For example, because of a medicine that makes you drowsy.", "bereaved": "", "advocate": ""}
GROUPS = {
    "How we write": "How should we write to you?",
    "How we talk": "How should we talk with you?",
    "How we meet": "If we meet, what would help?",
    "Support": "Would you like help with this?",
    "To know": "What should we know?",
}
PREFIX = "adjustments_"


class SupportForm(StepForm):
    """Adjustments, by the groups of their code list, and two places for their own words. Nothing must be answered."""

    title = "What would make this easier for you?"
    intro = "Choose what would help. We will do what we reasonably can, and remember it, so that you do not have to ask twice."
    adjustments_note = forms.LongTextField(
        label="Tell us more",
        required=False,
        max_length=2000,
        rows=3,
        count=False,
        help_text="For example, your language, the size of print, or that you use a wheelchair.",
    )
    support_needs = forms.LongTextField(
        label="Is there anything else we should know about you?",
        required=False,
        max_length=2000,
        rows=3,
        count=False,
        help_text="For example, who helps you with this, or what is hard for you just now.",
    )
    named = {"adjustments_note": "More about what helps", "support_needs": "What else we should know"}

    def settle(self) -> None:
        groups: dict[str, list[Item]] = {}
        for item in code_lists.load("adjustments").items:
            groups.setdefault(item.group, []).append(item)
        asked = {f"{PREFIX}{number}": _question(group, items) for number, (group, items) in enumerate(groups.items())}
        self.fields = {**asked, **self.fields}

    def clean(self) -> dict[str, Any]:
        """`adjustments`: the codes of all groups together."""
        found = self.cleaned_data
        groups = [name for name in self.fields if name.startswith(PREFIX) and name != "adjustments_note"]
        found["adjustments"] = [code for name in groups for code in found.get(name, [])]
        return found

    def lines(self) -> list[Line]:
        return super().lines() or [Line("What would make this easier", "You did not ask for anything")]


def _question(group: str, items: list[Item]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=GROUPS.get(group, group),
        subject="what would help you",
        choices=[(item.code, OWN_WORDS.get(item.code, item.label)) for item in items],
        hints={item.code: hint for item in items if (hint := OWN_HINTS.get(item.code, item.hint))},
        required=False,
    )
