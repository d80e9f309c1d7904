"""Lines, stories and briefings: writing, deciding on marks, approving, taking down, sharing."""

from typing import Any

from heed.design import forms, words
from heed.learning import pieces
from heed.learning.queries import pieces as queries
from heed.staff.forms import choices
from heed.staff.forms.base import StaffForm, VersionField

HINTS = {
    "you_said": "What people told you, in general words: “It took weeks to get an answer about test results.”",
    "we_did": "What is different now: “Results are given by phone within five working days.”",
    "text": "As it may be told: without names, places and days, and in the person’s own voice as far as you can.",
    "happened": "In two or three sentences. Nobody who reads it should be able to say who it was.",
    "learned": "What made it likely. It is about how the work is set up, not about who did it.",
    "standard": "What people may expect of us, and where that is written down.",
    "questions": "Each on a line of its own.",
    "bulletin": "A few sentences for the newsletter or the intranet, if you have one.",
}


SHORT, LONG = 120, 2000  # characters
EVERY = "All, or that of the actions"
NO_SERVICE = "Not of one service"
OFFERED = 20  # actions to choose from; to tell of another one begins on its page
SHARED_WITH = [
    ("", "Nobody outside our organisation"),
    ("network", "The bodies of our network"),
    ("everyone", "Every body that uses this Heed"),
]


def _number(text: str) -> int | None:
    return int(text) if text else None


def _asked(part: pieces.Part) -> Any:
    """One text of a piece, as a line or a box of a size that fits."""
    given: dict[str, Any] = {
        "label": part.label, "required": False, "max_length": part.longest, "help_text": HINTS.get(part.name, "")
    }  # fmt: skip
    short = part.longest <= SHORT
    asked: Any = (
        forms.CharField(**given) if short else forms.LongTextField(**given, rows=10 if part.longest > LONG else 4)
    )
    asked.mark_optional = not part.is_needed  # a gap may be kept, and is asked for before approval
    return asked


def _where_and_when(action: Any) -> str:
    """What tells apart two actions of the same words."""
    when = (
        f"completed on {words.day(action.completed_on)}"
        if action.completed_on
        else f"due by {words.day(action.finish_on)}"
    )
    return f"{action.service}, {when}" if action.service else when.capitalize()


class WriteForm(StaffForm):
    """The texts of a piece of one kind. `piece`: the one that is written anew, None for a new one."""

    version = VersionField(required=False)

    def __init__(
        self, data: Any = None, files: Any = None, *, kind: str, viewer: Any, piece: Any = None, at: Any, **kwargs: Any
    ):
        self.kind, self.viewer, self.piece = kind, viewer, piece
        if piece:
            kwargs["initial"] = {"version": piece.version, **(kwargs.get("initial") or {})}
        super().__init__(data, files, **kwargs)
        if kind in ("line", "briefing") and piece is None:
            self._ask_actions()
        for part in pieces.PARTS[kind]:
            self.fields[part.name] = _asked(part)
        self.fields["service_id"] = forms.SelectField(
            label="Which service is it about?", required=False, empty=None,
            choices=choices.services(viewer.organisation_id, EVERY if "action_ids" in self.fields else NO_SERVICE),
        )  # fmt: skip
        if kind == "briefing":
            told = [(str(pk), title) for pk, title in queries.stories_for_briefing(viewer, at)]
            self.fields["story_id"] = forms.SelectField(
                label="A story that goes with it", required=False, empty=None, choices=[("", "None"), *told],
                help_text="Only stories whose person agreed to training. If they withdraw it, it leaves the briefing at once.",
            )  # fmt: skip
        if kind == "story" and piece is None:
            self.fields["case"] = forms.CharField(
                label="Which case does it come from?", required=False, max_length=20, width=10,
                help_text="Its reference, if it comes from one. The names in it are then looked for.",
            )  # fmt: skip

    def _ask_actions(self) -> None:
        is_line = self.kind == "line"
        named = self.initial.get("action_ids", [])
        found = queries.offered_actions(self.viewer, self.kind, named, OFFERED)
        more = (
            f" These are the newest {OFFERED}; to tell of another, begin on its page." if len(found) >= OFFERED else ""
        )
        hint = "One, or several that belong together." if is_line else "If it comes of any."
        self.fields["action_ids"] = forms.MultipleChoiceField(
            label="Which action does it tell of?" if is_line else "Which actions does it come of?",
            subject="the action", required=is_line, help_text=hint + more,
            choices=[(str(action.pk), action.step) for action in found],
            hints={str(action.pk): _where_and_when(action) for action in found},
        )  # fmt: skip

    def clean_case(self) -> Any:
        reference = self.cleaned_data["case"]
        if not reference:
            return None
        found = queries.case_for_story(self.viewer, reference)
        if found is None:
            raise forms.ValidationError("There is no such case that you may see. Check the reference")
        return found.pk

    def arguments(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        named = {
            "words": {part.name: values[part.name] for part in pieces.PARTS[self.kind]},
            "service_id": _number(values["service_id"]),
            "story_id": _number(values.get("story_id", "")),
        }
        if self.piece:
            return {**named, "piece_id": self.piece.pk, "version": values["version"]}
        action_ids = [int(pk) for pk in values.get("action_ids", [])]
        new = {"organisation_id": self.viewer.organisation_id, "kind": self.kind, "case_id": values.get("case")}
        return {**named, **new, "action_ids": action_ids}


class PieceForm(StaffForm):
    """A form that changes a piece, and carries the version that its page was made from."""

    version = VersionField(required=False)

    def __init__(self, data: Any = None, files: Any = None, *, piece: Any, **kwargs: Any):
        self.piece = piece
        kwargs["initial"] = {"version": piece.version, **(kwargs.get("initial") or {})}
        super().__init__(data, files, **kwargs)

    def arguments(self) -> dict[str, Any]:
        return {"piece_id": self.piece.pk, **self.cleaned_data}


class LookForm(PieceForm):
    """Each mark of the check, decided by a person: other words, or "I have looked"."""

    mark_optional = False

    def __init__(self, *args: Any, marks: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.keys = {f"mark_{place}": one.key for place, one in enumerate(marks)}
        for name, one in zip(self.keys, marks, strict=True):
            instead = f"“{one.mark.instead}” stands there instead" if one.mark.instead else "It is left out"
            offered = [("out", f"Take it out. {instead}, and you read it again.")]
            if not one.mark.must_go:
                offered.append(("fine", "I have looked: nobody can be recognised by this."))
            self.fields[name] = forms.ChoiceField(
                label=f"“{one.mark.words}”", subject="what to do with it", required=False, choices=offered,
                help_text=f"This is {one.mark.what}, so it cannot stay. {one.mark.why}" if one.mark.must_go
                else f"This may be {one.mark.what}. {one.mark.why}",
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not any(cleaned.get(name) for name in self.keys):
            self.add_error(next(iter(self.keys), None), "Decide on at least one of the marks")
        return cleaned

    def arguments(self) -> dict[str, Any]:
        values = self.cleaned_data
        return {
            "piece_id": self.piece.pk, "version": values["version"],
            "decided": {key: values[name] for name, key in self.keys.items() if values[name]},
        }  # fmt: skip


class AskForm(PieceForm):
    """Put it before somebody else."""


class ApproveForm(PieceForm):
    """Approve what somebody else wrote."""

    read = forms.TickField(
        label="I have read it as a stranger would, and as a neighbour would: nobody can be recognised in it",
        required=False,
    )


class ReasonForm(PieceForm):
    """Send it back, take it down, or say that it still holds: with the reason."""

    mark_optional = False
    reason = forms.LongTextField(label="Why?", subject="the reason", max_length=2000, rows=3, required=False)

    def __init__(self, *args: Any, label: str, hint: str = "", **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label, self.fields["reason"].help_text = label, hint


class ShareForm(PieceForm):
    """With whom it is shared."""

    mark_optional = False
    reach = forms.ChoiceField(
        label="Who else may read it?", subject="who else may read it",
        choices=SHARED_WITH,
        hints={"network": "Those who oversee us, those whom we oversee, and those overseen by the same body."},
        required=False,
    )  # fmt: skip


class ConsentForm(PieceForm):
    """What the person agreed to, when and how they said so, and until when."""

    uses = forms.MultipleChoiceField(
        label="What did they agree that it is used for?", subject="what they agreed to",
        choices=choices.codes("story-uses"), hints=choices.hints("story-uses"),
    )  # fmt: skip
    given_on = forms.DateField(
        label="On what day did they say so?", subject="the day on which they said so", when="past"
    )
    how = forms.ChoiceField(
        label="How did they say so?", subject="how they said so",
        choices=[(code, label) for code, label in pieces.HOW_GIVEN.items() if code != "page"],
    )  # fmt: skip
    until = forms.DateField(
        label="Until what day does it hold?", subject="the last day", required=False,
        help_text="Leave it out if they named none. They can take it back at any moment.",
    )  # fmt: skip


class UseForm(StaffForm):
    """Where a story was used."""

    use = forms.ChoiceField(label="What was it used for?", subject="what it was used for", choices=[])
    on = forms.DateField(label="On what day?", subject="the day", when="past")
    where = forms.CharField(
        label="Where?", subject="where it was used", max_length=200, help_text="For example, ward managers’ meeting."
    )

    def __init__(self, data: Any = None, files: Any = None, *, piece: Any, **kwargs: Any):
        self.piece = piece
        super().__init__(data, files, **kwargs)
        self.offer("use", choices.codes("story-uses", piece.consent.uses.split()))

    def arguments(self) -> dict[str, Any]:
        return {"piece_id": self.piece.pk, **self.cleaned_data}


class TakeForm(StaffForm):
    """What we learn from what another organisation shares."""

    text = forms.LongTextField(label="What do we learn from it?", subject="what you learn", max_length=10000, rows=5)
    service_id = forms.SelectField(label="Which service does it concern?", choices=[], required=False, empty=None)

    names_nobody = forms.TickField(label="I have looked: it names nobody", required=False)

    def __init__(self, data: Any = None, files: Any = None, *, organisation_id: int, **kwargs: Any):
        super().__init__(data, files, **kwargs)
        self.organisation_id = organisation_id
        self.offer("service_id", choices.services(organisation_id, "All of them"))

    def arguments(self) -> dict[str, Any]:
        service_id = _number(self.cleaned_data["service_id"])
        level = "service" if service_id else "organisation"
        return {
            "organisation_id": self.organisation_id, "text": self.cleaned_data["text"], "service_id": service_id,
            "level": level, "names_nobody": self.cleaned_data["names_nobody"],
        }  # fmt: skip


class SoughtForm(forms.Form):
    """Who raised the same thing: asked by GET."""

    mark_optional = False
    service = forms.SelectField(label="Service", choices=[], required=False, empty=None)
    subject = forms.SelectField(label="Subject", choices=[], required=False, empty=None)
    since = forms.DateField(label="Since", required=False)
    words = forms.CharField(label="Words in it", required=False, max_length=200)

    def __init__(self, data: Any, *, organisation: Any, **kwargs: Any):
        super().__init__(data, **kwargs)
        fields: Any = self.fields
        fields["service"].choices = choices.services(organisation.pk, "Any service")
        fields["subject"].choices = choices.grouped(organisation.subject_list, "Any subject")


class ConsentGoneForm(StaffForm):
    """The person takes their consent back: nothing is asked."""

    def __init__(self, data: Any = None, files: Any = None, *, piece: Any, **kwargs: Any):
        self.piece = piece
        super().__init__(data, files, **kwargs)

    def arguments(self) -> dict[str, Any]:
        return {"piece_id": self.piece.pk}
