"""What may be done with feedback that has no case."""

from typing import Any

from heed.design import forms
from heed.staff.forms import choices
from heed.staff.forms.base import StaffForm


class FeedbackForm(StaffForm):
    def __init__(self, *args: Any, feedback: Any, **kwargs: Any) -> None:
        self.feedback = feedback
        super().__init__(*args, **kwargs)


class PassOnForm(FeedbackForm):
    service = forms.SelectField(label="Pass it on to", subject="the service to pass it on to")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"service": kwargs["feedback"].service_id or ""}})
        self.fields["service"].choices = choices.services(self.feedback.organisation_id)

    def arguments(self) -> dict[str, Any]:
        return {"feedback_id": self.feedback.pk, "service_id": int(self.cleaned_data["service"])}


class OpenForm(FeedbackForm):
    kind = forms.ChoiceField(
        label="What it is",
        subject="what it is",
        choices=[("complaint", "A complaint"), ("concern", "A concern")],
        hints={"concern": "They want it known or put right, and do not want it looked into as a complaint."},
    )

    def arguments(self) -> dict[str, Any]:
        return {"feedback_id": self.feedback.pk, "kind": self.cleaned_data["kind"]}
