"""Blind coding and the monthly re-check: start a round, code a text, check a case against its papers."""

from datetime import date
from typing import Any

from heed.design import forms
from heed.insight.actions.coding import MOST
from heed.insight.actions.recheck import Verdict
from heed.insight.queries.recheck import DAYS, OUTCOMES
from heed.staff.forms import choices
from heed.staff.forms.base import StaffForm, VersionField

CANNOT_TELL = "cannot_tell"


class RoundForm(StaffForm):
    """Starts a round of blind coding."""

    error_title = "The round cannot be started yet"
    first = forms.SelectField(label="The first who codes", subject="the first who codes")
    second = forms.SelectField(label="The second who codes", subject="the second who codes")
    texts = forms.NumberField(
        label="How many texts", help_text="30 or more, or there is no telling beyond chance. 40 take about two hours.",
        subject="how many texts", least=1, most=MOST, initial=40,
    )  # fmt: skip
    which = forms.ChoiceField(
        label="Of which cases", subject="of which cases", initial="closed",
        choices=[("closed", "Closed cases"), ("open", "Open cases"), ("both", "Open and closed cases")],
    )  # fmt: skip
    since = forms.DateField(label="Received on this day or later", subject="the earliest day", when="past")

    def __init__(self, *args: Any, coders: list[Any], since: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"since": since, "texts": 40, "which": "closed"}, **kwargs)
        people = [(str(person.pk), choices.named(person)) for person in coders]
        self.offer("first", people)
        self.offer("second", people)

    def arguments(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        coders = {"first_id": int(data.pop("first")), "second_id": int(data.pop("second"))}
        return {**data, **coders}


class CodeForm(StaffForm):
    """What one of the two makes of a text."""

    risk = forms.ChoiceField(label="How serious is what they tell?", subject="a risk, or that you cannot tell")
    subject = forms.SelectField(label="What is it mainly about?", subject="a subject, or that you cannot tell")

    def __init__(self, *args: Any, subject_list: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(
            "risk", [*choices.codes("risk"), (CANNOT_TELL, "I cannot tell from this text")], choices.hints("risk")
        )
        grouped = choices.grouped(subject_list)
        self.offer("subject", [*grouped, (CANNOT_TELL, "I cannot tell from this text")])
        risk: Any = self.fields["risk"]
        risk.divider_before = CANNOT_TELL


class CheckForm(StaffForm):
    """For each thing on record: right, wrong and then what it should be, or that the papers do not tell."""

    error_title = "Say of each whether it is right"
    mark_optional = False
    version = VersionField(required=False)

    def __init__(self, *args: Any, found: Any, subject_list: str, **kwargs: Any) -> None:
        super().__init__(*args, initial={"version": found.case.version}, **kwargs)
        self.found = found
        fields: Any = self.fields
        for one in found.recorded:
            should = f"{one.field}_should"
            fields[one.field] = forms.ChoiceField(
                label=f"{one.title}: {one.text}", subject=f"whether this is right: {one.title.lower()}",
                choices=[("right", "Right"), ("wrong", "Wrong"), (CANNOT_TELL, "Cannot tell from the papers")],
                reveals={"wrong": [should]},
            )  # fmt: skip
            fields[should] = _should(one.field, subject_list)
        self.order_fields(list(fields))

    def arguments(self) -> dict[str, Any]:
        data = self.cleaned_data
        verdicts = {}
        for one in self.found.recorded:
            given = data.get(f"{one.field}_should")
            should = given.isoformat() if isinstance(given, date) else given or ""
            verdicts[one.field] = Verdict(data[one.field], should)
        return {"verdicts": verdicts, "version": data["version"]}


def _should(field: str, subject_list: str) -> Any:
    label, nothing = "What it should be", "Nothing: it should be empty"
    if field in DAYS:
        hint = "" if field == "received_on" else "Leave it empty if it did not happen."
        return forms.DateField(label=label, subject="the right day", when="past", help_text=hint, required=not hint)
    if field == "outcome":
        return forms.SelectField(label=label, choices=list(OUTCOMES.items()), empty=nothing, required=False)
    if field == "risk":
        return forms.SelectField(label=label, choices=choices.codes("risk"), empty=nothing, required=False)
    return forms.SelectField(label=label, choices=choices.grouped(subject_list, nothing), required=False)
