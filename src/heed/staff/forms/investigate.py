"""Who looks into it, what was gathered, and what was found."""

from typing import Any

from heed.cases import rules
from heed.cases.actions.investigate import FindingGiven
from heed.cases.queries.work import Candidate
from heed.design import forms
from heed.organisations import code_lists
from heed.staff.forms.base import CaseForm
from heed.staff.forms.files import FileForm


class InvestigatorForm(CaseForm):
    """Somebody independent, or the service itself with the reason (R83)."""

    investigator_id = forms.SelectField(label="Who will look into it?", subject="who will look into it", choices=[])
    reason = forms.LongTextField(
        label="If they work in the service itself: why is it right that it answers?", required=False,
        max_length=2000, rows=2,
    )  # fmt: skip

    def __init__(self, *args: Any, candidates: list[Candidate], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.offer("investigator_id", [(str(one.person_id), _described(one)) for one in candidates])

    def arguments(self) -> dict[str, Any]:
        return {**self.cleaned_data, "investigator_id": int(self.cleaned_data["investigator_id"])}

    def add_error(self, field: str | None, error: Any) -> None:
        super().add_error("investigator_id" if field == "investigator" else field, error)


def _described(one: Candidate) -> str:
    title = f", {one.job_title}" if one.job_title else ""
    return f"{one.name}{title}{' (works in this service)' if one.own_service else ''}"


class EvidenceForm(FileForm, CaseForm):
    """Something that was gathered, with its file if there is one (R85-R88)."""

    takes_version = False
    files_field = "attached"
    kind = forms.SelectField(
        label="What kind of evidence is it?", subject="what kind of evidence it is",
        choices=lambda: code_lists.load("evidence").choices(),
    )  # fmt: skip
    title = forms.CharField(
        label="What is it?", subject="what it is", max_length=200, help_text="For example: the ward's handover sheet."
    )
    what_it_shows = forms.LongTextField(label="What does it show?", required=False, max_length=10000, rows=4)
    obtained_on = forms.DateField(
        label="When did you get it?", subject="the day you got it", when="past", required=False
    )
    issue_id = forms.SelectField(label="Which issue is it about?", choices=[], required=False, empty="The whole case")
    attached = forms.FilesField(label="File", required=False, most_files=1)

    def __init__(self, *args: Any, issues: list[Any], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.files_of = self.case.organisation_id
        self.offer("issue_id", [(str(issue.pk), f"{issue.number}. {issue.summary[:80]}") for issue in issues])

    def arguments(self) -> dict[str, Any]:
        beside = ("attached", "kept_files")
        values = {name: value for name, value in self.cleaned_data.items() if name not in beside}
        values["issue_id"] = int(values["issue_id"]) if values["issue_id"] else None
        files = self.attachments()
        return {**values, "attachment": files[-1] if files else None}  # a file that is chosen again takes the place


class FindingForm(CaseForm):
    """What was found on one issue, on the balance of probability, and why (R89, R90)."""

    what_happened = forms.LongTextField(
        label="What happened?", subject="what happened", max_length=20000, rows=8,
        help_text="The facts, in order. Where accounts differ, what is more likely than not.",
    )  # fmt: skip
    what_should_have = forms.LongTextField(
        label="What should have happened?", required=False, max_length=20000, rows=5,
        help_text="Name the standard, policy or guidance.",
    )  # fmt: skip
    outcome = forms.ChoiceField(
        label="What do you find?", subject="what you find", choices=list(rules.OUTCOMES.items()),
        hints={"upheld": "What they told us about happened, and should not have.",
               "partly_upheld": "Some of it did.", "not_upheld": "It did not, or it was as it should be."},
    )  # fmt: skip
    reasoning = forms.LongTextField(
        label="How did you reach this?", subject="how you reached this", max_length=20000, rows=8,
        help_text="Which evidence weighed most, and why. The person will read it.",
    )  # fmt: skip
    effect_on_person = forms.LongTextField(label="How did it affect them?", required=False, max_length=10000, rows=3)

    def arguments(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        version = values.pop("version")
        return {"given": FindingGiven(**values), "version": version}
