"""Who the people behind a complaint are, and how they wish to be reached."""

from typing import Any

from heed.cases.queries import detail
from heed.design import forms
from heed.staff.forms import choices
from heed.staff.forms.base import CaseForm, StaffForm, VersionField

WAYS = [
    ("email", "Email"),
    ("phone", "Phone"),
    ("post", "Letter by post"),
    ("portal", "On their page of this website"),
    ("representative", "Through somebody who acts for them"),
]
EITHER = "either"


class PersonForm(CaseForm):
    """Who one of the people is."""

    name = forms.CharField(label="Name", max_length=200, autocomplete="off", width=30)
    date_of_birth = forms.DateField(label="Date of birth", required=False, when="past")
    nhs_number = forms.NHSNumberField(label="NHS number", required=False)
    local_identifier = forms.CharField(label="Number in our records", required=False, max_length=60, width=20)
    relationship = forms.SelectField(label="Who they are to the person affected", required=False)

    def __init__(self, *args: Any, part: str, **kwargs: Any) -> None:
        case = kwargs["case"]
        super().__init__(*args, **{**kwargs, "initial": self._given(case, part)})
        organisation = case.organisation
        self.fields["relationship"].choices = [("", "Not known"), *choices.codes("relationships")]
        self.fields["local_identifier"].label = organisation.local_identifier_name or "Number in our records"
        if part == "complainant":
            self.fields["name"].required = False
        if not organisation.uses_nhs_number:
            del self.fields["nhs_number"]
        if part == "person_affected":
            self.fields["relationship"].label = "Who the complainant is to them"
            if case.feedback.representative:  # then it is said of the representative
                del self.fields["relationship"]

    @staticmethod
    def _given(case: Any, part: str) -> dict[str, Any]:
        person = getattr(case.feedback, part)
        if person is None or (part == "person_affected" and person == case.feedback.complainant):
            return {"relationship": case.feedback.relationship}
        names = ("name", "date_of_birth", "nhs_number", "local_identifier")
        return {**{name: getattr(person, name) for name in names}, "relationship": case.feedback.relationship}


class BodyForm(CaseForm):
    """Who the person wants to look into it (R32). They may leave it to us, which is not kept as a choice."""

    body = forms.ChoiceField(
        label="Who would they like to look into it?",
        subject="who they would like to look into it",
        help_text="They may choose either, but not both for the same thing.",
        hints={
            "commissioner": "The NHS organisation that pays for the care. Nothing goes to them before the person agrees.",
            EITHER: "Then we look into it.",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        case = kwargs["case"]
        super().__init__(*args, **{**kwargs, "initial": {"body": case.feedback.chosen_body or EITHER}})
        self.fields["body"].choices = [
            ("provider", f"{case.organisation.name}, which provided the care"),
            ("commissioner", "The commissioner"),
            (EITHER, "They do not mind, or did not say"),
        ]

    def arguments(self) -> dict[str, Any]:
        body = self.cleaned_data["body"]
        return {"body": "" if body == EITHER else body, "version": self.cleaned_data["version"]}


class WishesForm(StaffForm):
    """How to address and reach somebody (R21-R26), with the version of their own row."""

    address_as = forms.CharField(
        label="How to address them",
        help_text="For example Mrs Ahmed, or Sam.",
        required=False,
        max_length=200,
        width=20,
    )
    preferred_channel = forms.ChoiceField(
        label="How they want to hear from us", required=False, choices=WAYS, subject="how they want to hear from us"
    )
    phone = forms.PhoneField(label="Phone", required=False, autocomplete="off")
    may_leave_message = forms.YesNoField(label="May we leave a message?", required=False)
    convenient_times = forms.CharField(label="Convenient times", required=False, max_length=200)
    email = forms.EmailField(label="Email", required=False, autocomplete="off")
    email_is_private = forms.TickField(
        label="They said that nobody else reads this address",
        required=False,
        help_text="Only then does a letter give the secret code.",
    )
    postal_address = forms.LongTextField(label="Postal address", required=False, rows=3, max_length=500, count=False)
    post_is_safe = forms.YesNoField(label="Are letters to this address safe?", required=False)
    adjustments = forms.MultipleChoiceField(label="Adjustments and support", required=False)
    adjustments_note = forms.LongTextField(
        label="More about adjustments",
        help_text="Such as which language.",
        required=False,
        rows=2,
        max_length=2000,
        count=False,
    )
    support_needs = forms.LongTextField(
        label="Support that they have or need", required=False, rows=2, max_length=2000, count=False
    )
    do_not = forms.LongTextField(
        label="What we must not do",
        help_text="Such as: do not ring the house. It stands on top of every page of the case.",
        required=False,
        rows=2,
        max_length=1000,
        count=False,
    )
    version = VersionField(required=False)

    mark_optional = False
    fieldsets = (
        ("By phone", ("phone", "may_leave_message", "convenient_times")),
        ("By email", ("email", "email_is_private")),
        ("By post", ("postal_address", "post_is_safe")),
        ("To take account of", ("adjustments", "adjustments_note", "support_needs", "do_not")),
    )

    def __init__(self, *args: Any, correspondent: Any, **kwargs: Any) -> None:
        self.correspondent = correspondent
        given = {name: getattr(correspondent, name) for name in self.base_fields}
        super().__init__(*args, **{**kwargs, "initial": given})
        self.fields["adjustments"].choices = choices.codes("adjustments")

    def arguments(self) -> dict[str, Any]:
        return {**self.cleaned_data, "correspondent": self.correspondent}

    def renew(self) -> None:
        self.data = self.data.copy()
        self.data["version"] = str(detail.correspondent_version(self.correspondent.pk))
