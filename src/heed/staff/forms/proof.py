"""What an action should change, and whether it did."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from heed.design import forms, words
from heed.insight.proof import outcomes
from heed.learning.aiming import MOST_PHASE_IN, Aimed
from heed.staff.forms import choices
from heed.staff.forms.base import StaffForm
from heed.staff.forms.learning import StepForm

SERVICE = "service:"  # begins the choice of one service as control
FRAME = ("action_id", "version", "reason")
DIRECTIONS = [("fall", "It should fall"), ("rise", "It should rise")]


class AimForm(StepForm):
    """The outcome, what it is held beside, and the months that do not count. After the start it asks why only now."""

    fieldsets: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("The outcome", ("measure", "service", "subject", "direction")),
        ("What it is held beside", ("control", "no_control_reason")),
        ("Months that do not count", ("peak_first", "peak_last", "phase_in")),
        ("After the start", ("reason",)),
    )

    measure = forms.SelectField(
        label="Which figure should move?", subject="which figure should move", choices=[],
        help_text="What people would notice. Fewer complaints are never a success by themselves: what was found wrong, who "
        "came back and who still speaks up are always looked at too.",
    )  # fmt: skip
    service = forms.SelectField(label="In which service?", choices=[], required=False, empty="All services")
    subject = forms.SelectField(label="About which theme?", choices=[], required=False, empty="All themes")
    direction = forms.ChoiceField(label="Which way?", subject="which way it should move", choices=DIRECTIONS)
    control = forms.SelectField(
        label="Where is nothing done, so that the two can be compared?", subject="where nothing is done, or “Nowhere”",
        choices=[],
        help_text="If it falls there as much, it was not the action.",
    )  # fmt: skip
    no_control_reason = forms.CharField(
        label="If there is nothing to compare it with, why not?", required=False, max_length=500,
        help_text="Such as: every service does it, for every theme.",
    )  # fmt: skip
    peak_first = forms.SelectField(
        label="Did the action come of a bad spell? Its first month", choices=[], required=False, empty="No bad spell",
        help_text="After a bad spell figures come down by themselves. Its months are left out, so that this is not taken for "
        "the action’s work.",
    )  # fmt: skip
    peak_last = forms.SelectField(label="Its last month", choices=[], required=False, empty="No bad spell")
    phase_in = forms.SelectField(
        label="How many months does it take to settle in?", subject="how long it takes to settle in", choices=[], empty=None,
        help_text="After completion, for training and habit. They are left out.",
    )  # fmt: skip
    reason = forms.LongTextField(
        label="Why is it chosen only now?", subject="why it is chosen only now", max_length=2000, rows=2,
        help_text="The action has started. Whoever reads the verdict reads this too.",
    )  # fmt: skip

    def __init__(
        self, *args: Any, organisation: Any, measures: Sequence[tuple[str, str]], months: Sequence[date], **kwargs: Any
    ):
        super().__init__(*args, **kwargs)
        services = choices.service_codes(organisation.pk)
        spell = [(month.isoformat(), words.month(month)) for month in reversed(months)]
        bedding = [
            (str(number), words.count(number, "month") if number else "None") for number in range(MOST_PHASE_IN + 1)
        ]
        self.offer("measure", [("", "Choose one"), *measures])
        self.offer("service", [("", "All services"), *services])
        self.offer("subject", choices.grouped(organisation.subject_list, "All themes"))
        self.offer("control", _controls(services))
        self.offer("phase_in", bedding)
        for name in ("peak_first", "peak_last"):
            self.offer(name, [("", "No bad spell"), *spell])
        if self.action.state == "promised":
            del self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        measure = outcomes.known(values.get("measure", ""))
        if measure and (why := outcomes.why_not_narrowed(measure, values.get("subject", ""))):
            self.add_error("subject", why)
        return values

    def arguments(self) -> dict[str, Any]:
        values = super().arguments()
        frame: dict[str, Any] = {name: values.pop(name) for name in FRAME if name in values}
        control, _, code = values.pop("control").partition(":")
        values |= {
            name: date.fromisoformat(values[name]) if values[name] else None for name in ("peak_first", "peak_last")
        }
        values |= {"phase_in": int(values["phase_in"]), "control": control, "control_service": code}
        return {**frame, "aimed": Aimed(**values)}


def _controls(services: list[tuple[str, str]]) -> list[tuple[str, Any]]:
    return [
        ("", "Choose one"),
        ("themes", "Other themes of the same service"),
        ("others", "All other services together"),
        ("One other service", [(f"{SERVICE}{code}", name) for code, name in services]),
        ("none", "Nowhere: there is nothing to compare it with"),
    ]


class AskForm(StaffForm):
    """Nothing to fill in: the answer is kept with who asked and when."""
