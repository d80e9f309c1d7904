"""The promise of an action: what is needed first, the rest with good defaults, and what to look at again in the wording."""

from collections.abc import Callable
from typing import Any

from heed.design import forms
from heed.learning import rules, smart
from heed.learning.rules import Promised
from heed.staff.forms.base import StaffForm
from heed.staff.forms.learning import OwnerQuestions

PROGRESS = "The owner says how far it is, and what is in the way."
MAINTENANCE = "Somebody looks again at the same things as when it was checked that it was done."
REST = "Days of the checks, who helps and what it needs"
BESIDE: dict[str, Any] = {"tell_person": True, "not_told_reason": "", "message": "", "keep_reason": ""}
KEEP = "If you have looked, and keep it as it is"


def _plan(label: str, subject: str, hint: str = "", **more: Any) -> forms.LongTextField:
    return forms.LongTextField(label=label, subject=subject, help_text=hint, max_length=3000, rows=2, **more)


def _check_day(kind: str, when: str) -> forms.DateField:
    return forms.DateField(
        label=f"On what day is {kind} checked?", subject=f"the day of the {kind} check", required=False,
        help_text=f"Leave it empty for {when}.",
    )  # fmt: skip


class ActionForm(StaffForm, OwnerQuestions):
    """A promise: one step, an owner, a start and a finish, and how anybody will know (R153-R163).

    `asked`: what the wording leaves open (`smart`), once it was sent. Sent again with the reason for keeping it, or in
    other words, it is promised."""

    fieldsets: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("What is promised",
         ("step", "owner_id", "outside_name", "outside_email", "start_on", "finish_on", "standard_met")),
        ("The person who told us", ("involvement", "tell_person", "message")),
        ("How you will know", ("embedded", "completion_check", "impact_check")),
        (REST, ("completion_check_on", "impact_check_on", "progress_check", "progress_check_on", "maintenance_check",
                "maintenance_check_on", "team", "resources")),
        (KEEP, ("keep_reason",)),
    )  # fmt: skip
    folded: tuple[str, ...] = (REST,)
    field_order = tuple(name for _, names in fieldsets for name in names)
    asked: list[smart.Question] = []

    step = forms.LongTextField(
        label="What exactly will be done?", subject="exactly what will be done", max_length=500, rows=2,
        help_text="One step, so that anybody could see whether it was done. The person reads this.",
    )  # fmt: skip
    start_on = forms.DateField(label="When does it start?", subject="the day it starts")
    finish_on = forms.DateField(label="By when is it done?", subject="the day by which it is done", when="future")
    standard_met = _plan(
        "Which standard does it meet?", "which standard it meets",
        "A professional or other standard, a policy, a guideline. If there is none, say so.",
    )  # fmt: skip
    involvement = _plan(
        "How is the person involved?", "how the person is involved",
        "Write it to them, because they read this: “You read the new leaflet before it is used.” If they do not want to "
        "take part, say so.",
    )  # fmt: skip
    tell_person = forms.YesNoField(
        label="Tell the person about it?", subject="whether to tell the person",
        hints={"yes": "They get a message on their page, and an email that says so if we have their address.",
               "no": "Only if they asked not to be told."},
        reveals={"yes": ["message"], "no": ["not_told_reason"]}, initial=True,
    )  # fmt: skip
    not_told_reason = forms.CharField(
        label="How do you know that they do not want to be told?",
        subject="how you know that they do not want to be told",
    )
    message = forms.LongTextField(
        label="Anything to add to what they are told?", required=False, max_length=5000, rows=3,
        help_text="They are told what will be done, by whom and by when, and how they are involved.",
    )  # fmt: skip
    embedded = _plan(
        "What will it look like once it is how things are done?", "what it will look like", required=False,
        hint="What somebody who walks in would see, hear or find.",
    )  # fmt: skip
    completion_check = _plan(
        "How will you check that it was done, and that it worked?", "how you will check that it worked",
        "Somebody other than who did it will look. Say at what, and at how many.",
    )  # fmt: skip
    impact_check = _plan(
        "How will you find out whether it changed things for people?", "how you will find out what it changed"
    )
    completion_check_on = _check_day("completion", "two weeks after the finish")
    impact_check_on = _check_day("the impact", "six months after the finish")
    progress_check = _plan(
        "How will you see that it is on its way?", "how you will see that it is on its way", initial=PROGRESS
    )
    progress_check_on = _check_day("progress", "halfway between start and finish")
    maintenance_check = _plan(
        "How will you check that it is still being done?", "how you will check that it is still being done",
        initial=MAINTENANCE,
    )  # fmt: skip
    maintenance_check_on = _check_day("maintenance", "three months after the finish")
    team = _plan("Who works on it with the owner?", "who works on it", required=False)
    resources = _plan(
        "What does it need?", "what it needs", "Time, money, people, a room. If it needs nothing new, leave it empty.",
        required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, owners: list[tuple[int, str]], learned: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.learned = learned
        self.offer_owners(owners)
        if "keep_reason" in self.data:
            self._ask_for_reason()

    def _ask_for_reason(self) -> None:
        self.fields["keep_reason"] = forms.LongTextField(
            label="Why do you keep it as it is?", required=False, max_length=1000, rows=2,
            help_text="It stays in the history of the action. Leave it empty if you have changed the words.",
        )  # fmt: skip

    @property
    def asked_of(self) -> list[tuple[str, smart.Question]]:
        """What is asked, each with the label of the question that it is about."""
        return [(str(self.fields[question.field].label), question) for question in self.asked]

    def arguments(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        beside = {name: values.pop(name, empty) for name, empty in BESIDE.items()}
        values["owner_id"] = int(values["owner_id"]) if values["owner_id"] else None
        for name, on in rules.suggested(values["start_on"], values["finish_on"]).items():
            values[name] = values[name] or on
        return {"promised": Promised(**values), **beside}

    def apply(self, action: Callable[..., Any], **more: Any) -> bool:
        if self.is_sent and self.is_valid() and self._asks():
            return False
        return super().apply(action, **more)

    def _asks(self) -> bool:
        """Whether there is something to look at again before it is promised."""
        arguments = self.arguments()
        asked = smart.questions(arguments["promised"], learned=self.learned)
        if not asked or arguments["keep_reason"].strip():
            return False
        self.asked = asked
        if any(question.field in dict(self.fieldsets)[REST] for question in asked):
            self.folded = ()
        self._ask_for_reason()
        return True
