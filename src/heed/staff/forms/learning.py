"""What was learned, what is promised because of it, and what was done."""

from typing import Any

from heed.design import forms
from heed.learning import involvement, lifecycle, queries
from heed.learning.rules import DATE_FIELDS
from heed.staff.forms import choices
from heed.staff.forms.base import StaffForm, VersionField
from heed.staff.forms.files import FileForm


def _offer(form: Any, name: str, offered: choices.Choices) -> None:
    form.fields[name].choices = offered


def _number(text: str) -> int | None:
    return int(text) if text else None


class PartForm(StaffForm):
    """What the person told somebody of their part: how they wish to hear, what they agreed to, how they said so (R82, R161)."""

    wish = forms.ChoiceField(
        label="How do they wish to be kept informed?", subject="how they wish to be kept informed",
        choices=list(involvement.INFORM.items()),
    )  # fmt: skip
    options = forms.MultipleChoiceField(
        label="What did they agree to take part in?", subject="what they agreed to", required=False, choices=[],
        help_text="Only what they said yes to themselves. What is not ticked any more is kept as withdrawn today.",
    )  # fmt: skip
    how = forms.ChoiceField(
        label="How did they tell us?", subject="how they told us",
        choices=[(key, label) for key, label in involvement.HOW.items() if key != "page"],
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.offer("options", list(involvement.options().items()))


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


class DoneForm(FileForm, StepForm):
    """Done, with what shows it."""

    done_on = forms.DateField(label="When was it done?", subject="the day it was done", when="past")
    evidence = forms.LongTextField(
        label="What shows that it was done?", required=False, max_length=10000, rows=4,
        help_text="What anybody could go and see: the new rota, the minutes, the notice on the ward. Or attach it.",
    )  # fmt: skip
    documents = forms.FilesField(label="Files", required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.files_of = self.action.organisation_id

    def arguments(self) -> dict[str, Any]:
        beside = ("documents", "kept_files")
        values = {name: value for name, value in super().arguments().items() if name not in beside}
        return {**values, "attachments": self.attachments()}


class CheckForm(StepForm):
    """What a check found. One that failed is made again, or its action is done again."""

    kind = forms.ChoiceField(label="Which check?", subject="which check it was", choices=[])
    done_on = forms.DateField(label="When did you look?", subject="the day you looked", when="past")
    note = forms.LongTextField(
        label="What did you look at, and what did you find?", subject="what you looked at and what you found",
        max_length=10000, rows=4,
    )  # fmt: skip
    worked = forms.YesNoField(label="Is it as it should be?", subject="whether it is as it should be")
    again_on = forms.DateField(
        label="If it is not: by what day is it put right, or looked at again?", subject="the day", when="future",
        required=False,
        help_text="If it is as it should be, leave this empty, or name a day on which you will look once more. An action that "
        "was not done as promised goes back to its owner until this day; one that did not last begins again.",
    )  # fmt: skip
    message = forms.LongTextField(
        label="Anything to add to what the person is told?", required=False, max_length=5000, rows=3,
        help_text="They are told when an action is completed, and when it did not last, unless they asked not to be.",
    )  # fmt: skip

    def __init__(self, *args: Any, offered: list[str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        kinds = [lifecycle.CHECKS[kind] for kind in offered]
        self.offer("kind", [(check.kind, check.name) for check in kinds], {check.kind: check.asks for check in kinds})
        if self.action.not_told_reason or not self.action.learning_point.case_id:
            del self.fields["message"]


class ProgressForm(StepForm):
    """How it goes: one of several reviews on the way (R157)."""

    done_on = forms.DateField(label="When did you look?", subject="the day you looked", when="past")
    standing = forms.ChoiceField(
        label="How does it stand?", subject="how it stands", choices=list(lifecycle.STANDINGS.items()),
        hints={"late": "It will be done, but later than was promised.", "blocked": "Something is in the way."},
    )  # fmt: skip
    note = forms.LongTextField(
        label="What did you find?", subject="what you found", max_length=10000, rows=4,
        help_text="How far it is. If it is late or blocked: what is in the way, and who could move it.",
    )  # fmt: skip
    again_on = forms.DateField(
        label="When is progress looked at next?", subject="the day of the next review", when="future", required=False,
        help_text="Leave this empty if the next look is when it is done.",
    )  # fmt: skip

    def arguments(self) -> dict[str, Any]:
        return {**super().arguments(), "kind": "progress", "worked": self.cleaned_data["standing"] == "on_track"}


class CannotForm(StepForm):
    """It cannot be done by whoever owns it."""

    reason = forms.LongTextField(
        label="What is in the way?", subject="what is in the way", max_length=2000, rows=3,
        help_text="Whoever promised the action reads this, and helps or gives it to somebody else.",
    )  # fmt: skip


class LinkForm(StepForm):
    """The link of an owner without an account: sent again, or withdrawn."""


class WaitForm(StepForm):
    """It waits for another action."""

    waits_for = forms.SelectField(label="Which action does it wait for?", subject="the action", choices=[])

    def __init__(self, *args: Any, others: list[tuple[int, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        _offer(self, "waits_for", [("", "Choose one"), *((str(pk), step[:120]) for pk, step in others)])

    def arguments(self) -> dict[str, Any]:
        return {**super().arguments(), "waits_for": int(self.cleaned_data["waits_for"])}


class GoOnForm(StepForm):
    """It no longer waits for another action."""


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


class OwnerQuestions(forms.Form):
    """Who owns it: somebody of the organisation, or a person without an account, who answers through a link."""

    owner_id = forms.SelectField(
        label="Who owns it?", subject="who owns it", choices=[], required=False,
        help_text="Choose somebody here, or name somebody below.",
    )  # fmt: skip
    outside_name = forms.CharField(
        label="Or somebody without an account: their name", required=False, max_length=200,
        help_text="They get a link by email and answer through it, without signing in.",
    )  # fmt: skip
    outside_email = forms.EmailField(label="Their own work email address", required=False)

    def offer_owners(self, owners: list[tuple[int, str]]) -> None:
        """People to choose from. One of the two ways is needed, so neither is marked as optional."""
        for name in ("owner_id", "outside_name", "outside_email"):
            field: Any = self.fields[name]
            field.mark_optional = False
        _offer(self, "owner_id", [("", "Choose one"), *((str(pk), name) for pk, name in owners)])


class OwnerForm(StepForm, OwnerQuestions):
    """Somebody else carries it out from now on."""

    reason = forms.LongTextField(
        label="Why does somebody else take it over?", subject="why somebody else takes it over", max_length=2000, rows=3
    )
    field_order = ("version", "owner_id", "outside_name", "outside_email", "reason")

    def __init__(self, *args: Any, owners: list[tuple[int, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.offer_owners([(pk, name) for pk, name in owners if pk != self.action.owner_id])

    def arguments(self) -> dict[str, Any]:
        return {**super().arguments(), "owner_id": _number(self.cleaned_data["owner_id"])}
