"""What staff do about asking people how it was."""

import uuid
from typing import Any

from heed.cases.queries import detail
from heed.design import forms
from heed.feedback.actions.answering import READ_AS
from heed.feedback.actions.campaigns import Planned
from heed.staff.forms import choices
from heed.staff.forms.base import StaffForm
from heed.staff.forms.settings import SettingsForm


class ReadForm(StaffForm):
    """One text was read; the button says as what."""

    words_id = forms.HiddenField()
    read_as = forms.ChoiceField(label="What it is", choices=[(key, key) for key in READ_AS])

    def clean_words_id(self) -> str:
        try:
            return str(uuid.UUID(self.cleaned_data["words_id"]))
        except ValueError:
            raise forms.ValidationError("Open the page again.") from None


class EraseForm(StaffForm):
    """Whose answers are deleted: by the reference of what they told us."""

    reference = forms.CharField(
        label="The reference of their case", subject="the reference of their case", max_length=20, width=10
    )
    audience = forms.ChoiceField(
        label="Who asks for it?", subject="who asks for it",
        choices=[("complainant", "The person who complained"), ("supporter", "Somebody who supported them")],
    )  # fmt: skip

    def __init__(self, *args: Any, viewer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer

    def clean_reference(self) -> int:
        """The item of feedback behind a case that the person may see."""
        case = detail.visible_case(self.viewer, self.cleaned_data["reference"].strip().upper())
        if case is None:
            raise forms.ValidationError("There is no such case that you may see. Check the reference")
        return int(case.feedback_id)

    def arguments(self) -> dict[str, Any]:
        return {"feedback_id": self.cleaned_data["reference"], "audience": self.cleaned_data["audience"]}


class CampaignForm(SettingsForm):
    """Opens a listening campaign."""

    title = forms.CharField(label="What is it called?", subject="what it is called", max_length=120)
    about = forms.LongTextField(
        label="Why do you ask?",
        subject="why you ask",
        help_text="People read this above the questions. Say what you want to know, and what you will do with it.",
        rows=4,
        max_length=2_000,
    )
    service = forms.SelectField(label="About which service?", required=False)
    opens_on = forms.DateField(label="First day", subject="the first day")
    closes_on = forms.DateField(label="Last day", subject="the last day")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("service", choices.services(self.organisation.pk, "The organisation as a whole"))

    def arguments(self) -> dict[str, Any]:
        told = dict(self.cleaned_data)
        service = told.pop("service")
        planned = Planned(**told, service_id=int(service) if service else None)
        return {"organisation": self.organisation, "planned": planned}
