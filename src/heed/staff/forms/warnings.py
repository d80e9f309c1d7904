"""What is done about an early warning."""

from typing import Any

from heed.design import forms
from heed.staff.forms import choices
from heed.staff.forms.base import StaffForm, VersionField
from heed.staff.forms.lessons import SharedLessonForm
from heed.staff.forms.promise import ActionForm


class WarningForm(StaffForm):
    """Changes a warning, and carries the version that it was made from."""

    version = VersionField(required=False)

    def __init__(self, *args: Any, alarm: Any, **kwargs: Any):
        self.alarm = alarm
        kwargs["initial"] = {"version": alarm.version, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

    def arguments(self) -> dict[str, Any]:
        return {"alarm_id": self.alarm.pk, **self.cleaned_data}

    def renew(self) -> None:
        self.data = self.data.copy()
        self.data["version"] = str(self.alarm.version)


class AcknowledgeForm(WarningForm):
    verdict = forms.ChoiceField(
        label="What do you make of it?",
        subject="what you make of it",
        choices=[
            ("real", "Something is behind it"),
            ("explained", "It has another reason, such as a new way of recording"),
            ("chance", "Nothing was found, so it may be chance"),
            ("open", "Not known yet"),
        ],
        help_text="What has a reason is left out when the thresholds are set, so that the next rise is not missed.",
    )
    note = forms.LongTextField(
        label="What did you look at, or who will?", subject="what you looked at, or who will", max_length=2000, rows=3,
        help_text="Others who see this warning read it. Name nobody who complained.",
    )  # fmt: skip


class SnoozeForm(WarningForm):
    until = forms.DateField(label="When shall it be back?", subject="the day when it shall be back", when="future")
    note = forms.LongTextField(label="Why then?", required=False, max_length=2000, rows=2)


class NewLevelForm(WarningForm):
    since = forms.DateField(
        label="Since when is it like this?", subject="the day since when it is like this", when="past"
    )
    reason = forms.LongTextField(
        label="What changed for good?", subject="what changed for good", max_length=2000, rows=3,
        help_text="A new clinic, another way of recording, a service twice as large. It is kept with your name.",
    )  # fmt: skip


class LearnForm(SharedLessonForm):
    """One thing that was learned from what many say together."""

    service_id = forms.SelectField(
        label="Which service does it concern?", choices=[], required=False, empty="Not one service"
    )

    def __init__(self, *args: Any, organisation: Any, service: Any, **kwargs: Any):
        self.organisation, self.service = organisation, service
        super().__init__(*args, **kwargs)
        if service:  # whoever sees the warning of one service acts for that one
            del self.fields["service_id"]
        else:
            self.offer("service_id", choices.services(organisation.pk, "Not one service"))

    def arguments(self) -> dict[str, Any]:
        values = super().arguments()
        chosen = values.pop("service_id", "")
        service_id = self.service.pk if self.service else int(chosen) if chosen else None
        return {**values, "organisation_id": self.organisation.pk, "service_id": service_id}


class PromiseForm(ActionForm):
    """A promise that comes of what many said: there is nobody alone to tell."""

    def __init__(self, *args: Any, who: str = "the people who told us", **kwargs: Any):
        whole = type(self).fieldsets
        self.fieldsets = (whole[0], (who[:1].upper() + who[1:], ("involvement",)), *whole[2:])
        super().__init__(*args, **kwargs)
        for name in ("tell_person", "not_told_reason", "message"):
            del self.fields[name]
        asked: Any = self.fields["involvement"]
        asked.label = f"How are {who} involved?"
        asked.help_text = "For example: some of them try it first. If nobody is, say why."
        self.fields["step"].help_text = "One step, so that anybody could see whether it was done."

    def arguments(self) -> dict[str, Any]:
        return {**super().arguments(), "tell_person": False}
