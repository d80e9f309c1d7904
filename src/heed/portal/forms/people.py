"""The people behind it: the person it happened to, and the one who is complaining when somebody acts for them."""

from collections.abc import Mapping
from typing import Any

from heed.design import forms
from heed.feedback.rules import EARLIEST
from heed.portal.forms.base import Line, StepForm

NAME = 200
WHO_THEY_ARE = "Who they are"
# The codes of the list `complainant-status`, in the person's words.
STATUS = [
    ("parent", "Their parent"),
    ("guardian", "Their guardian"),
    ("carer", "Their carer"),
    ("other", "Their son, daughter, partner or friend, or somebody else"),
]


def person_affected(known: Mapping[str, Mapping[str, Any]]) -> str:
    """What we call the person affected where somebody else writes; `known` as a step has it."""
    if known["kind"]["kind"] != "concern":
        return "The person it happened to"
    return f"The person {'they' if known['who']['who'] == 'represent' else 'you'} are worried about"


class ComplainantForm(StepForm):
    """Whoever the representative acts for."""

    title = "The person you act for"
    intro = (
        "We will ask them to confirm that you act for them. You do not need a signed form now: send this first, and we "
        "start at once."
    )
    name = forms.CharField(label="Their full name", required=False, max_length=NAME)
    named = {"address_as": "What we call them"}
    unsaid = WHO_THEY_ARE
    address_as = forms.CharField(
        label="How should we address them?",
        required=False,
        max_length=NAME,
        width=20,
        help_text="For example, Mrs Ahmed, or Sam.",
    )


class AffectedForm(StepForm):
    """Whoever it happened to, and what finds their records. Nothing here must be answered."""

    name = forms.CharField(label="Their full name", required=False, max_length=NAME)
    status = forms.ChoiceField(
        label="You are",
        subject="who you are to them",
        choices=STATUS,
        reveals={"other": ["relationship"]},
        required=False,
    )
    relationship = forms.CharField(
        label="Who are you to them?",
        required=False,
        max_length=40,
        width=20,
        help_text="For example, daughter, husband or neighbour.",
    )
    date_of_birth = forms.DateField(
        label="Date of birth",
        subject="date of birth",
        required=False,
        when="past",
        earliest=EARLIEST,
        help_text="For example, 27 3 1956.",
    )
    nhs_number = forms.NHSNumberField(
        label="NHS number",
        required=False,
        help_text="10 digits, such as 943 476 5919. It is on most letters from the NHS. Leave it out if you do not have it.",
    )
    local_identifier = forms.CharField(label="", required=False, max_length=60, width=20)

    def settle(self) -> None:
        who = self.known["who"]
        whose = "Your" if who["who"] == "myself" else "Their"
        self._name_the_questions(whose)
        if who["who"] == "myself" or who.get("whom") == "complainant":
            del self.fields["name"], self.fields["status"], self.fields["relationship"]
        elif who["who"] == "represent":
            self.fields["status"].label = "The person you act for is"
        self._drop_unused_identifiers()

    def _name_the_questions(self, whose: str) -> None:
        self.fields["date_of_birth"].label = f"{whose} date of birth"
        self.fields["nhs_number"].label = f"{whose} NHS number"
        self.fields["nhs_number"].subject = "the NHS number"
        name = self.organisation.local_identifier_name
        self.fields["local_identifier"].label = f"{whose} {name[:1].lower()}{name[1:]}"

    def _drop_unused_identifiers(self) -> None:
        if not self.organisation.uses_nhs_number:
            del self.fields["nhs_number"]
        if not self.organisation.local_identifier_name:
            del self.fields["local_identifier"]

    def lines(self) -> list[Line]:
        """Who they are to each other is one line: in their words, else the answer that was chosen."""
        lines = [line for name in self.fields if name != "relationship" and (line := self._line(name))]
        if words := self.cleaned_data.get("relationship"):
            label = str(self.fields["status"].label)
            lines = [Line(label, words) if line.label == label else line for line in lines]
        return lines

    @property
    def page_title(self) -> str:
        if self.known["who"]["who"] == "myself":
            return "Finding your records"
        if self.known["who"].get("whom") == "complainant":
            return "Finding their records"
        return person_affected(self.known)

    @property
    def unsaid(self) -> str:
        return WHO_THEY_ARE if "name" in self.fields else self.page_title

    @property
    def page_intro(self) -> str:
        if self.known["who"]["who"] == "myself":
            return "We may need to look at your records. This helps us to find the right ones. Leave out what you do not have."
        return (
            "If they are able to, they should know that you are telling us. Before we can tell you what is in their "
            "records, we may have to ask for their agreement. You do not need it now: send this first. If they have "
            "died, or cannot agree for themselves, we will talk with you about that."
        )
