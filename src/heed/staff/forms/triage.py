"""Register, acknowledge, list the issues, rate the risk, choose the approach."""

from datetime import datetime, time
from typing import Any

from django.utils import timezone

from heed.accounts.permissions import Permission
from heed.cases.actions.triage import HIGH_RISKS, Against, why_not_late
from heed.design import forms
from heed.organisations import procedures
from heed.staff.forms import choices
from heed.staff.forms.base import CaseForm

OWN_CHANNELS = ("phone", "letter", "in_person", "text_message", "video")


class RegisterForm(CaseForm):
    kind = forms.ChoiceField(
        label="What it is",
        subject="what it is",
        choices=[("complaint", "A complaint"), ("concern", "A concern")],
        hints={"concern": "They want it known or put right, and do not want it looked into as a complaint."},
    )
    service = forms.SelectField(label="Which service it is about", subject="the service")
    handler = forms.SelectField(
        label="Who looks after it",
        help_text="They speak with the person from receipt to close.",
        subject="who looks after it",
    )
    happened_on = forms.DateField(
        label="When it happened",
        help_text="The last day of it, as far as you know.",
        subject="the day it happened",
        when="past",
        required=False,
    )
    late_reason = forms.LongTextField(
        label="Why it is looked into although it is late",
        subject="why it is looked into although it is late",
        required=False,
        rows=2,
        max_length=2000,
        count=False,
    )
    against = forms.SelectField(
        label="Who is complained about, if they sign in to Heed",
        help_text="They lose sight of the case at once, and can never look into it or sign it.",
        required=False,
    )
    against_names = forms.LongTextField(
        label="Others who are complained about",
        help_text="A name a line.",
        required=False,
        rows=2,
        max_length=1000,
        count=False,
    )

    def __init__(self, *args: Any, viewer: Any, **kwargs: Any) -> None:
        case = kwargs["case"]
        handler = viewer.person_id if viewer.may(Permission.HANDLE) else ""
        given = {
            "kind": case.kind,
            "service": case.service_id or "",
            "handler": case.handler_id or handler,
            "happened_on": case.feedback.happened_on,
        }
        super().__init__(*args, **{**kwargs, "initial": given})
        self.fields["service"].choices = choices.services(case.organisation_id)
        self.fields["handler"].choices = choices.people(Permission.HANDLE, case.organisation_id)
        self.fields["against"].choices = choices.members(case.organisation_id, "Nobody, or not known")
        months = procedures.load(case.procedure).clock.complain_within_months.value
        is_late = why_not_late(case, "") is not None
        self.fields["late_reason"].required = is_late
        self.fields[
            "late_reason"
        ].help_text = f"{'It' if is_late else 'Only if it'} happened more than {months} months before it came in."

    def arguments(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "kind": data["kind"],
            "service_id": int(data["service"]),
            "handler_id": int(data["handler"]),
            "happened_on": data["happened_on"],
            "late_reason": data["late_reason"],
            "against": against_of(data),
            "version": data["version"],
        }


class AgainstForm(CaseForm):
    against = forms.SelectField(
        label="Who is complained about, if they sign in to Heed",
        help_text="They lose sight of the case at once, and can never look into it or sign it.",
        required=False,
    )
    against_names = forms.LongTextField(
        label="Others who are complained about",
        help_text="A name a line.",
        required=False,
        rows=2,
        max_length=1000,
        count=False,
    )
    mark_optional = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["against"].choices = choices.members(self.case.organisation_id, "Nobody who signs in")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not (cleaned.get("against") or cleaned.get("against_names")) and not self.errors:
            self.add_error("against", "Choose somebody, or write a name below")
        return cleaned

    def arguments(self) -> dict[str, Any]:
        return {"against": against_of(self.cleaned_data), "version": self.cleaned_data["version"]}


def against_of(data: dict[str, Any]) -> list[Against]:
    """Everybody named: who signs in, then the names, a line each."""
    chosen = [Against(person_id=int(data["against"]))] if data["against"] else []
    return chosen + [Against(name=line.strip()[:200]) for line in data["against_names"].split("\n") if line.strip()]


class AcknowledgeForm(CaseForm):
    """Heed sends the letter, or the handler says what they did themselves. Where there is no e-mail address, or the case
    was brought in from elsewhere, only the second can be."""

    way = forms.ChoiceField(
        label="How do you acknowledge it?",
        subject="how you acknowledge it",
        choices=[("email", "Send the email below"), ("own", "I have told them myself")],
        reveals={"own": ["channel", "on", "at_time", "discussion"]},
    )
    channel = forms.SelectField(label="How you told them", subject="how you told them")
    on = forms.DateField(label="The day", subject="the day", when="past")
    at_time = forms.TimeField(
        label="The time", subject="the time", required=False, help_text="Leave it empty if it was just now."
    )
    discussion = forms.ChoiceField(
        label="Did you offer to talk about how it will be handled?",
        help_text="What they most want looked into, how, how long it is likely to take, and how to keep in touch.",
        subject="whether you offered to talk",
        choices=[
            ("accepted", "Yes, and they would like to talk, or did"),
            ("declined", "Yes, and they would rather not"),
            ("waiting", "Yes, and they have not answered yet"),
            ("no", "No"),
        ],
    )
    note = forms.LongTextField(
        label="Anything to remember of it", required=False, rows=3, max_length=5000, count=False, subject="the note"
    )

    def __init__(self, *args: Any, letter: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"on": timezone.localdate()}})
        self.fields["channel"].choices = choices.codes("channels", OWN_CHANNELS)
        if letter is None:
            del self.fields["way"]
        else:
            self.fields["way"].hints = {
                "email": f"Heed sends it now, to {letter.to_address}. The offer to talk is in it."
            }

    def arguments(self) -> dict[str, Any]:
        data = self.cleaned_data
        told = {"note": data["note"], "version": data["version"]}
        if data.get("way") == "email":
            sent = {"channel": "email", "acknowledged_at": timezone.now()}
            return {**told, **sent, "discussion_offered": True, "discussion_result": "waiting"}
        offered = data["discussion"] != "no"
        return {
            **told,
            "channel": data["channel"],
            "acknowledged_at": self._moment(),
            "discussion_offered": offered,
            "discussion_result": data["discussion"] if offered else "",
        }

    def _moment(self) -> datetime:
        on, at_time = self.cleaned_data["on"], self.cleaned_data["at_time"]
        if at_time is None and on == timezone.localdate():
            return timezone.now()
        return timezone.make_aware(datetime.combine(on, at_time or time(12)))


class IssueForm(CaseForm):
    """Adds an issue, or changes one."""

    summary = forms.LongTextField(
        label="What they complain about, in a sentence or two",
        help_text="One thing that can be decided on its own, as they would say it.",
        subject="what they complain about",
        rows=3,
        max_length=2000,
        count=False,
    )
    suggested = forms.ChoiceField(
        label="Does one of these subjects fit?",
        help_text="Heed read their words. It only suggests: you decide.",
        subject="the subject",
        required=False,
    )
    suggested_by = forms.HiddenField(required=False)
    subject = forms.SelectField(label="Subject")
    service = forms.SelectField(label="Service, if another than that of the case", required=False)
    outcome_wanted = forms.LongTextField(
        label="What they would like to come of this issue",
        help_text="Only where it differs from what they want of the whole: the plan asks for that.",
        subject="what they would like",
        required=False,
        rows=2,
        max_length=2000,
        count=False,
    )

    def __init__(self, *args: Any, suggested: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].choices = choices.grouped(self.case.organisation.subject_list)
        self.fields["service"].choices = choices.services(self.case.organisation_id, "The service of the case")
        if suggested is None or not suggested.offers:
            del self.fields["suggested"], self.fields["suggested_by"]
            return
        self.initial["suggested_by"] = str(suggested.version)
        offered = [(offer.code, offer.label) for offer in suggested.offers]
        self.offer("suggested", offered, {offer.code: offer.why for offer in suggested.offers})
        self.fields["subject"].required = False
        self.fields["subject"].label = "Or another subject"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        ticked, chosen = cleaned.get("suggested", ""), cleaned.get("subject", "")
        if "suggested" in self.fields and not {"suggested", "subject"} & set(self.errors) and not (ticked or chosen):
            self.add_error("subject", "Choose subject")
        elif ticked and chosen and ticked != chosen:
            self.add_error("subject", "Choose one subject: one of those above, or another here")
        return cleaned

    def arguments(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        service, ticked = data.pop("service"), data.pop("suggested", "")
        data.pop("suggested_by", None)
        data["subject"] = data["subject"] or ticked
        return {**data, "service_id": int(service) if service else None}

    @property
    def version_shown(self) -> int:
        """Which model suggested what the page showed; -1 where it showed nothing."""
        told = str(self.cleaned_data.get("suggested_by", ""))
        return int(told) if told.isascii() and told.isdigit() and len(told) < 10 else -1


class RemoveIssueForm(CaseForm):
    reason = forms.LongTextField(
        label="Why it is taken off the list",
        help_text="It stays in the history, with the reason.",
        subject="why it is taken off",
        rows=3,
        max_length=2000,
        count=False,
    )


class RateForm(CaseForm):
    seriousness = forms.ChoiceField(label="How serious it is", subject="how serious it is")
    likelihood = forms.ChoiceField(label="How likely it is to happen again", subject="how likely it is to happen again")
    impact_on_person = forms.ChoiceField(
        label="How hard it hit the person",
        help_text="Rated apart from the effect on the service. It weighs more where they are ill, find it hard to make "
        "themselves understood, or are bereaved.",
        subject="how hard it hit the person",
        required=False,
    )
    flags = forms.MultipleChoiceField(
        label="Does any of this apply?",
        help_text="It stands on the case, for everybody who works on it to see at once.",
        required=False,
    )
    reason = forms.LongTextField(
        label="Why you rate it so",
        subject="why you rate it so",
        required=False,
        rows=3,
        max_length=2000,
        count=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        case = kwargs["case"]
        given = {"seriousness": case.seriousness, "likelihood": case.likelihood, "flags": case.flags.split()}
        super().__init__(*args, **{**kwargs, "initial": given})
        for name in ("seriousness", "likelihood"):
            self.fields[name].choices, self.fields[name].hints = choices.codes(name), choices.hints(name)
        self.fields["impact_on_person"].choices = choices.codes("seriousness")
        self.fields["flags"].choices = choices.codes("risk-flags")
        if case.risk:
            self.fields["reason"].required = True
            self.fields["reason"].help_text = "It was rated before. The earlier rating is kept beside this one."


class ApproachForm(CaseForm):
    approach = forms.ChoiceField(
        label="How it will be handled",
        subject="how it will be handled",
        choices=[("early", "Early resolution"), ("closer", "A closer look")],
        hints={
            "early": "The person is content with it, it can be put right soon, and nobody else is at risk. "
            "It shortens the enquiry, not the answer.",
            "closer": "Somebody independent of the service finds out what happened, and each issue gets a finding.",
        },
    )
    reason = forms.LongTextField(
        label="Why you choose it",
        subject="why you choose it",
        required=False,
        rows=3,
        max_length=2000,
        count=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"approach": kwargs["case"].approach}})
        if when := why_reason_of_approach(self.case):
            self.mark_optional = False  # it depends on the answer above, and the words below the question say how
            self.fields["reason"].help_text = when
            self.fields["reason"].required = self.case.approach == "early" and self.case.risk in HIGH_RISKS


def why_reason_of_approach(case: Any) -> str:
    """When the reason for the approach cannot be left out; "" when it always can. It says what the action asks."""
    high, chosen = case.risk in HIGH_RISKS, case.approach
    if not chosen:
        return "Needed if you choose early resolution, because the risk is high." if high else ""
    other = "a closer look" if chosen == "early" else "early resolution"
    if high and chosen == "early":
        return "Needed, because the risk is high or because you change the approach."
    return f"Needed if you change to {other}."


class ReceivedForm(CaseForm):
    """The true moment of receipt."""

    on = forms.DateField(label="The day it was received", subject="the day it was received", when="past")
    at_time = forms.TimeField(label="The time", subject="the time")
    reason = forms.LongTextField(
        label="How you know",
        help_text="All dates are counted again, as if it had always been known.",
        subject="how you know",
        rows=3,
        max_length=2000,
        count=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        received = timezone.localtime(kwargs["case"].received_at)
        super().__init__(*args, **{**kwargs, "initial": {"on": received.date(), "at_time": received.time()}})

    def arguments(self) -> dict[str, Any]:
        data = self.cleaned_data
        to = timezone.make_aware(datetime.combine(data["on"], data["at_time"]))
        return {"to": to, "reason": data["reason"], "version": data["version"]}
