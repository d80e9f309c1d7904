"""Contacts, updates and messages."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from heed.cases.actions.investigate import ContactGiven
from heed.design import forms
from heed.organisations import code_lists
from heed.staff.forms.base import CaseForm

SPOKEN = ("phone", "in_person", "letter", "email", "video", "text_message")


def spoken_channels() -> list[tuple[str, str]]:
    """How we are in touch outside Heed's own page."""
    labels = code_lists.load("channels")
    return [(code, labels.label(code)) for code in SPOKEN]


class ContactForm(CaseForm):
    """What was said, with whom and when (R81)."""

    takes_version = False
    direction = forms.ChoiceField(
        label="Who made contact?", subject="who made contact",
        choices=[("out", "We contacted them"), ("in", "They contacted us")], inline=True, initial="out",
    )  # fmt: skip
    channel = forms.SelectField(label="How?", subject="how you were in touch", choices=spoken_channels)
    with_whom = forms.CharField(label="With whom?", subject="with whom", max_length=200)
    with_person = forms.TickField(label="This was the person who complained, or who acts for them", required=False)
    on = forms.DateField(label="On which day?", subject="the day", when="past")
    time = forms.TimeField(label="At what time?", required=False)
    summary = forms.LongTextField(label="What was said?", subject="what was said", max_length=20000, rows=5)
    is_update = forms.TickField(
        label="This kept our promise to update them", required=False,
        help_text="The next update is then counted from today.",
    )  # fmt: skip

    def arguments(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        on, at_time = values.pop("on"), values.pop("time")
        now = timezone.localtime()
        moment = at_time or (now.time() if on == now.date() else datetime.min.time().replace(hour=12))
        values["happened_at"] = timezone.make_aware(datetime.combine(on, moment))
        return {"given": ContactGiven(**values)}


UNTOLD = "We have no email address, so nothing tells them that it is there: ring or write to them as well."


class AgainForm(CaseForm):
    """Nothing to ask: the e-mail goes again."""

    takes_version = False


class OtherwiseForm(CaseForm):
    """How the person was told what an e-mail that failed would have told them."""

    takes_version = False
    how = forms.LongTextField(
        label="How were they told, or why need they not be?", subject="how they were told", max_length=2000, rows=3,
        help_text="For example: rang her on 3 May. It stands in the history.",
    )  # fmt: skip


class MessageForm(CaseForm):
    """Words for their page. Without an `email` they are told by nobody that something is there."""

    takes_version = False
    body = forms.LongTextField(
        label="Your message", subject="your message", max_length=20000, rows=6,
        help_text="It waits on their page. The email that tells them so holds none of these words.",
    )  # fmt: skip

    def __init__(self, *args: Any, email: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not email:
            self.fields["body"].help_text = f"It waits on their page. {UNTOLD}"
