"""Taking down what somebody said: eight questions and a box to tick, by keyboard, while they are still on the line."""

from datetime import datetime, time
from typing import Any

from django.utils import timezone

from heed.cases.queries.worklist import Calendars
from heed.design import forms, words
from heed.feedback import codes, rules
from heed.feedback.given import Given, PersonGiven
from heed.staff.forms import choices
from heed.staff.forms.base import StaffForm

END_OF_DAY = time(17)
NO_CALL = "no"


def call_back_times(organisation: Any, now: datetime) -> dict[str, datetime]:
    """When a call-back may be promised: by five today, on the next working day, or on the one after."""
    today = timezone.localdate(now)
    calendar = Calendars(organisation.pk).of(organisation.procedure, organisation.nation)
    days = {"today": today, "next": calendar.add_working_days(today, 1), "after": calendar.add_working_days(today, 2)}
    times = {code: timezone.make_aware(datetime.combine(day, END_OF_DAY)) for code, day in days.items()}
    return {code: at for code, at in times.items() if at > now}


def call_back_choices(times: dict[str, datetime]) -> list[tuple[str, str]]:
    return [(NO_CALL, "No call-back promised")] + [
        (code, f"By {words.clock(at)}, {words.short_day(at)}") for code, at in times.items()
    ]


class LogForm(StaffForm):
    """At most eight questions and one box to tick (R19). The date and time are asked for only when it was not just now."""

    text = forms.LongTextField(
        label="What they said",
        help_text="In their own words. Read it back to them.",
        subject="what they said",
        max_length=rules.LONGEST_TEXT,
        rows=7,
        count=False,
    )
    name = forms.CharField(label="Their name", required=False, max_length=200, autocomplete="off", width=30)
    reach = forms.CharField(
        label="How to reach them",
        help_text="A phone number, an email address or a postal address.",
        subject="how to reach them",
        required=False,
        max_length=400,
        autocomplete="off",
    )
    service = forms.SelectField(label="Which service it is about", required=False)
    kind = forms.ChoiceField(
        label="What it is", subject="what it is", choices=rules.KINDS, initial="complaint", inline=True
    )
    channel = forms.ChoiceField(
        label="How it came",
        subject="how it came",
        choices=[(code, code) for code in choices.TAKEN_DOWN],
        initial="phone",
        inline=True,
    )
    when = forms.ChoiceField(
        label="When",
        subject="when it was",
        choices=[("now", "Just now"), ("earlier", "Earlier")],
        reveals={"earlier": ["received_on", "received_time"]},
        initial="now",
    )
    received_on = forms.DateField(
        label="The day they said it, or the letter arrived", subject="the day it was received", when="past"
    )
    received_time = forms.TimeField(label="The time, if you know it", subject="the time", required=False)
    call_back = forms.SelectField(
        label="Call them back", subject="whether to call them back", initial=NO_CALL, empty=None
    )
    hear = forms.TickField(
        label=rules.HEAR_OF_CHANGES,
        help_text="Ask: “Would you like us to tell you if something changes because of this?” Tick it only if they say yes.",
        required=False,
    )
    submission_key = forms.HiddenField()

    mark_optional = False
    error_title = "It is not logged yet"

    def __init__(self, *args: Any, organisation: Any, now: datetime, **kwargs: Any) -> None:
        kwargs["initial"] = {"submission_key": codes.new_submission_key(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.organisation, self.now = organisation, now
        self.call_back_times = call_back_times(organisation, now)
        self.fields["service"].choices = choices.services(organisation.pk, "Not known yet")
        self.fields["channel"].choices = choices.codes("channels", choices.TAKEN_DOWN)
        self.fields["call_back"].choices = call_back_choices(self.call_back_times)
        if not self.is_bound:  # what is wrong is read first
            self.fields["text"].widget.attrs["autofocus"] = True

    def clean_reach(self) -> dict[str, str]:
        """One box for all: what it is shows in what was written."""
        return read_reach(self.cleaned_data["reach"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("call_back") in self.call_back_times and "reach" in cleaned and "phone" not in cleaned["reach"]:
            self.add_error("reach", "Enter the phone number to call them back on")
        return cleaned

    def arguments(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "organisation": self.organisation,
            "given": self.given(),
            "received_at": self.received_at(),
            "submission_key": data["submission_key"],
        }

    def given(self) -> Given:
        data = self.cleaned_data
        return Given(
            kind=data["kind"],
            channel=data["channel"],
            text=data["text"],
            service_id=int(data["service"]) if data["service"] else None,
            complainant=self._person(),
            call_back_by=self.call_back_times.get(data["call_back"]),
            hear_of_changes=data["hear"],
        )

    def _person(self) -> PersonGiven | None:
        """Who it is; None when nothing is known of them and they want to hear nothing."""
        data = self.cleaned_data
        known = data["name"] or data["reach"] or data["hear"]
        return PersonGiven(name=data["name"], **data["reach"]) if known else None

    def received_at(self) -> datetime:
        """The true moment of receipt. Of a day whose hour nobody knows it is midday, or now if that is yet to come."""
        data = self.cleaned_data
        if data["when"] == "now":
            return self.now
        at = timezone.make_aware(datetime.combine(data["received_on"], data["received_time"] or time(12)))
        return min(at, self.now) if data["received_time"] is None else at


def read_reach(text: str) -> dict[str, str]:
    """An e-mail address, a phone number or else a postal address, with the way that they then prefer."""
    if not text:
        return {}
    if "@" in text:
        return {"email": forms.EmailField(label="Email").clean(text), "preferred_channel": "email"}
    if sum(letter.isdigit() for letter in text) >= 7 and not any(
        letter.isalpha() for letter in text.lower().split("ext")[0]
    ):
        return {"phone": forms.PhoneField(label="Phone").clean(text), "preferred_channel": "phone"}
    return {"postal_address": text, "preferred_channel": "post"}
