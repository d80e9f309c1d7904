"""What was learned, what is promised because of it, and what was done."""

from typing import Any

from heed.design import forms
from heed.learning import library, lifecycle, queries
from heed.learning.rules import DATE_FIELDS, Promised
from heed.staff.forms import choices
from heed.staff.forms.base import CaseForm, StaffForm, VersionField
from heed.staff.forms.files import FileForm


def _offer(form: Any, name: str, offered: choices.Choices) -> None:
    form.fields[name].choices = offered


class LearningForm(CaseForm):
    """One thing that was learned (R148)."""

    takes_version = False
    text = forms.LongTextField(
        label="What was learned?", subject="what was learned", max_length=10000, rows=5,
        help_text="What went wrong, or well, and why. Look for what made it likely, not for who is to blame.",
    )  # fmt: skip
    issue_id = forms.SelectField(
        label="Which issue did it come from?", choices=[], required=False, empty="The whole case"
    )
    level = forms.ChoiceField(
        label="Who should learn from it?", subject="who should learn from it",
        choices=list(library.LEVELS.items()), hints=library.LEVEL_HINTS,
    )  # fmt: skip
    service_id = forms.SelectField(
        label="Which service does it concern?", choices=[], required=False, empty="The service of the case"
    )

    def __init__(self, *args: Any, issues: list[Any], **kwargs: Any):
        super().__init__(*args, **kwargs)
        _offer(
            self, "issue_id",
            [("", "The whole case"), *((str(issue.pk), f"{issue.number}. {issue.summary[:80]}") for issue in issues)],
        )  # fmt: skip
        _offer(self, "service_id", choices.services(self.case.organisation_id, "The service of the case"))

    def arguments(self) -> dict[str, Any]:
        numbers = {name: _number(self.cleaned_data[name]) for name in ("issue_id", "service_id")}
        return {**self.cleaned_data, **numbers}


def _number(text: str) -> int | None:
    return int(text) if text else None


def _plan(label: str, subject: str, hint: str) -> forms.LongTextField:
    return forms.LongTextField(label=label, subject=subject, help_text=hint, max_length=3000, rows=2)


class ActionForm(StaffForm):
    """A promise: one step, an owner, a start and a finish, and how anybody will know (R153-R160)."""

    fieldsets: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("What is promised", ("step", "owner_id", "start_on", "finish_on", "standard_met")),
        ("The person who told us", ("involvement", "tell_person", "message")),
        ("How you will know", tuple(f"{kind}_check{end}" for kind in lifecycle.CHECKS for end in ("", "_on"))),
    )

    step = forms.LongTextField(
        label="What exactly will be done?", subject="exactly what will be done", max_length=500, rows=2,
        help_text="One step, so that anybody could see whether it was done. The person reads this.",
    )  # fmt: skip
    owner_id = forms.SelectField(label="Who owns it?", subject="who owns it", choices=[])
    start_on = forms.DateField(label="When does it start?", subject="the day it starts")
    finish_on = forms.DateField(label="By when is it done?", subject="the day by which it is done", when="future")
    standard_met = _plan(
        "Which standard does it meet?", "which standard it meets",
        "A professional or other standard, a policy, a guideline. If there is none, say so.",
    )  # fmt: skip
    involvement = _plan(
        "How is the person involved?", "how the person is involved",
        "For example: they read the new leaflet first, or tell their story to the team. If they do not want to, say so. "
        "The person reads this.",
    )  # fmt: skip
    tell_person = forms.YesNoField(
        label="Tell the person about it?", subject="whether to tell the person",
        hints={"yes": "They get a message on their page, and an e-mail that says so if we have their address.",
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
    progress_check = _plan("How will you see that it is on its way?", "how you will see that it is on its way", "")
    progress_check_on = forms.DateField(label="On what day?", subject="the day of the progress check")
    completion_check = _plan(
        "How will you check that it was done, and that it worked?", "how you will check that it worked", ""
    )
    completion_check_on = forms.DateField(label="On what day?", subject="the day of the completion check")
    maintenance_check = _plan(
        "How will you check that it is still being done?", "how you will check that it is still being done", ""
    )
    maintenance_check_on = forms.DateField(label="On what day?", subject="the day of the maintenance check")
    impact_check = _plan(
        "How will you find out whether it changed things for people?", "how you will find out what it changed", ""
    )
    impact_check_on = forms.DateField(label="On what day?", subject="the day of the impact check")

    def __init__(self, *args: Any, owners: list[tuple[int, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        _offer(self, "owner_id", [("", "Choose one"), *((str(pk), name) for pk, name in owners)])

    def arguments(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        beside = {name: values.pop(name) for name in ("tell_person", "not_told_reason", "message")}
        values["owner_id"] = int(values["owner_id"])
        return {"promised": Promised(**values), **beside}


class StepForm(StaffForm):
    """A form that changes an action, and carries the version of the action that it was made from."""

    version = VersionField(required=False)

    def __init__(self, data: Any = None, files: Any = None, *, action: Any, **kwargs: Any):
        self.action = action
        kwargs["initial"] = {"version": action.version, **(kwargs.get("initial") or {})}
        super().__init__(data, files, **kwargs)

    def arguments(self) -> dict[str, Any]:
        return {"action_id": self.action.pk, **self.cleaned_data}

    def renew(self) -> None:
        data: Any = self.data.copy()
        data["version"] = str(queries.version_of(self.action.pk))
        self.data = data


class StartForm(StepForm):
    started_on = forms.DateField(label="When did it start?", subject="the day it started", when="past")


class CompleteForm(FileForm, StepForm):
    """Done, with what shows it."""

    completed_on = forms.DateField(label="When was it done?", subject="the day it was done", when="past")
    evidence = forms.LongTextField(
        label="What shows that it was done?", required=False, max_length=10000, rows=4,
        help_text="What anybody could go and see: the new rota, the minutes, the notice on the ward. Or attach it.",
    )  # fmt: skip
    documents = forms.FilesField(label="Files", required=False)
    message = forms.LongTextField(
        label="Anything to add to what the person is told?", required=False, max_length=5000, rows=3,
        help_text="They are told that it is done, on what day, and when you will check that it worked.",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.files_of = self.action.organisation_id
        if self.action.not_told_reason:
            del self.fields["message"]

    def arguments(self) -> dict[str, Any]:
        beside = ("documents", "kept_files")
        values = {name: value for name, value in super().arguments().items() if name not in beside}
        return {**values, "attachments": self.attachments()}


class CheckForm(StepForm):
    """What a check found. One that failed is made again."""

    kind = forms.ChoiceField(
        label="Which check?", subject="which check it was",
        choices=[(check.kind, check.name) for check in lifecycle.CHECKS.values()],
        hints={check.kind: check.asks for check in lifecycle.CHECKS.values()},
    )  # fmt: skip
    done_on = forms.DateField(label="When did you look?", subject="the day you looked", when="past")
    note = forms.LongTextField(
        label="What did you look at, and what did you find?", subject="what you looked at and what you found",
        max_length=10000, rows=4,
    )  # fmt: skip
    worked = forms.YesNoField(
        label="Is it as it should be?", subject="whether it is as it should be", reveals={"no": ["again_on"]}
    )
    again_on = forms.DateField(label="When will you look again?", subject="the day you will look again", when="future")


class DatesForm(StepForm):
    """Another finish, or other days for the checks, with the reason."""

    start_on = forms.DateField(label="Start", subject="the start")
    finish_on = forms.DateField(label="Finish", subject="the finish")
    progress_check_on = forms.DateField(label="Check of progress", subject="the day of the progress check")
    completion_check_on = forms.DateField(
        label="Check that it was done and worked", subject="the day of the completion check"
    )
    maintenance_check_on = forms.DateField(label="Check that it lasts", subject="the day of the maintenance check")
    impact_check_on = forms.DateField(label="Check of what it changed", subject="the day of the impact check")
    reason = forms.LongTextField(
        label="Why do the days change?", subject="why the days change", max_length=2000, rows=3,
        help_text="If the finish moves, the person who was told of it reads this.",
    )  # fmt: skip

    def __init__(self, *args: Any, action: Any, **kwargs: Any):
        kwargs["initial"] = {name: getattr(action, name) for name in DATE_FIELDS}
        super().__init__(*args, action=action, **kwargs)

    def arguments(self) -> dict[str, Any]:
        values = super().arguments()
        return {"dates": {name: values.pop(name) for name in DATE_FIELDS}, **values}


class OwnerForm(StepForm):
    """Somebody else carries it out from now on."""

    owner_id = forms.SelectField(label="Who owns it from now on?", subject="who owns it from now on", choices=[])
    reason = forms.LongTextField(
        label="Why does somebody else take it over?", subject="why somebody else takes it over", max_length=2000, rows=3
    )

    def __init__(self, *args: Any, owners: list[tuple[int, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        others = [(str(pk), name) for pk, name in owners if pk != self.action.owner_id]
        _offer(self, "owner_id", [("", "Choose one"), *others])

    def arguments(self) -> dict[str, Any]:
        return {**super().arguments(), "owner_id": int(self.cleaned_data["owner_id"])}


class PublishForm(StepForm):
    """You said, we did: a line for everybody, which names nobody."""

    you_said = forms.LongTextField(
        label="You said", subject="what people told you", max_length=600, rows=3,
        help_text="What people told you, in general words: “It took weeks to get an answer about test results.”",
    )  # fmt: skip
    we_did = forms.LongTextField(
        label="We did", subject="what you did", max_length=600, rows=3,
        help_text="What is different now: “Results are given by phone within five working days.”",
    )  # fmt: skip
    nobody_recognised = forms.TickField(
        label="I have read this as a stranger would, and nobody can be recognised in it", required=False
    )


class WithdrawForm(StepForm):
    """Take the public line back."""
