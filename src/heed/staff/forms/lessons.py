"""What was learned: written once, compared with what was learned before, said better, linked."""

import hashlib
from typing import Any

from heed.design import forms
from heed.design.text import clean_text
from heed.learning import library
from heed.learning.actions import Origin
from heed.learning.queries import library as queries
from heed.staff.forms import choices
from heed.staff.forms.base import CaseForm
from heed.staff.forms.named import NamedForm, VersionedForm


def _text() -> forms.LongTextField:
    return forms.LongTextField(
        label="What was learned?", subject="what was learned", max_length=library.LONGEST, rows=5,
        help_text="What went wrong, or well, and why. Look for what made it likely, not for who is to blame. Name nobody.",
    )  # fmt: skip


def _level(*, person: bool = True) -> forms.ChoiceField:
    levels = [(code, label) for code, label in library.LEVELS.items() if person or code != "person"]
    return forms.ChoiceField(
        label="Who should learn from it?", subject="who should learn from it", choices=levels,
        hints=library.LEVEL_HINTS,
    )  # fmt: skip


def _factors() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label="What made it likely?", required=False, choices=choices.codes("factors"),
        help_text="Leave this out where nobody has looked.",
    )  # fmt: skip


class LessonForm(NamedForm):
    """One thing that was learned. Before it is kept, what says nearly the same is shown once for these words (`alike`)."""

    alike: Any = ()
    text = _text()
    level = _level()
    factors = _factors()
    compared = forms.HiddenField(required=False)
    taken = forms.HiddenField(required=False)

    def compare(self, viewer: Any) -> bool:
        """Whether there is something alike that has not been shown for these words. It is now."""
        if not (self.is_sent and self.is_valid()) or self.cleaned_data["compared"] == digest(self.cleaned_data["text"]):
            return False
        self.alike = queries.alike(viewer, self.cleaned_data["text"])
        self.data = self.data.copy()
        self.data["compared"] = digest(self.cleaned_data["text"])
        return bool(self.alike)

    def arguments(self) -> dict[str, Any]:
        values = super().arguments()
        taken, _ = values.pop("taken", ""), values.pop("compared", "")
        return {**values, "taken_from_id": _number(taken)}


def digest(text: str) -> str:
    """So that words which were changed since are compared again."""
    return hashlib.blake2b(text.strip().encode(), digest_size=8).hexdigest()


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


class CaseLessonForm(LessonForm, CaseForm):
    """What a case taught: by what it was about, by how it was handled, or by what the Ombudsman decided (R148, R172)."""

    takes_version = False
    fieldsets = ()
    source = forms.ChoiceField(
        label="What was it learned from?", subject="what it was learned from", initial="complaint",
        choices=[(code, library.SOURCES[code]) for code in library.OF_CASES],
        hints={"handling": "How we received, looked into and answered it, also where nothing was upheld."},
        reveals={"ombudsman": ["decision"]},
    )  # fmt: skip
    decision = forms.CharField(label="Which decision of the Ombudsman?", subject="which decision", width=20)
    issue_id = forms.SelectField(
        label="Which issue did it come from?", choices=[], required=False, empty="The whole case"
    )
    service_id = forms.SelectField(
        label="Which service does it concern?", choices=[], required=False, empty="The service of the case"
    )

    def __init__(self, *args: Any, issues: list[Any], **kwargs: Any):
        super().__init__(*args, **kwargs)
        listed = [(str(issue.pk), f"{issue.number}. {issue.summary[:80]}") for issue in issues]
        self.offer("issue_id", [("", "The whole case"), *listed])
        self.offer("service_id", choices.services(self.case.organisation_id, "The service of the case"))

    def arguments(self) -> dict[str, Any]:
        values = super().arguments()
        return {**values, **{name: _number(values[name]) for name in ("issue_id", "service_id")}}


class SharedLessonForm(LessonForm):
    """What comes of more than one person: for the service, or wider."""

    level = _level(person=False)


class OutsideLessonForm(SharedLessonForm):
    """What was learned outside: from a decision of the Ombudsman, a report, an inspection, what happened to others."""

    source = forms.ChoiceField(
        label="What was it learned from?", subject="what it was learned from",
        choices=[(code, library.SOURCES[code]) for code in library.OUTSIDE],
    )  # fmt: skip
    sentence = forms.CharField(
        label="Which one, in a sentence?", subject="which one it was",
        help_text="The number and day of the decision, or the title of the report and who wrote it.",
    )  # fmt: skip
    service_id = forms.SelectField(label="Which service does it concern?", choices=[], required=False)

    def __init__(self, *args: Any, organisation: Any, **kwargs: Any):
        self.organisation = organisation
        super().__init__(*args, **kwargs)
        self.offer("service_id", choices.services(organisation.pk, "Not one service"))

    def arguments(self) -> dict[str, Any]:
        values = super().arguments()
        kind, sentence = values.pop("source"), clean_text(values.pop("sentence")).strip()
        origin = Origin(kind, hashlib.blake2b(sentence.encode(), digest_size=10).hexdigest(), sentence)
        service_id = _number(values.pop("service_id"))
        return {**values, "origin": origin, "organisation_id": self.organisation.pk, "service_id": service_id}


class PointForm(VersionedForm):
    """Something about a learning point that is there."""

    key = "point_id"

    @staticmethod
    def renewed(pk: int) -> int:
        return queries.version_of_point(pk)


class RewordForm(PointForm):
    text = _text()
    level = _level()
    factors = _factors()

    def __init__(self, *args: Any, of: Any, **kwargs: Any):
        known = {"text": of.text, "level": of.level, "factors": [row.factor for row in of.factors.all()]}
        super().__init__(*args, of=of, initial=known, **kwargs)
        if of.case_id is None:
            self.offer("level", [pair for pair in library.LEVELS.items() if pair[0] != "person"])


class LinkForm(PointForm):
    """A risk, a policy, a contract or training that should change because of it (R168, R171)."""

    kind = forms.ChoiceField(
        label="What should change because of it?", subject="what should change", choices=list(library.LINKS.items()),
        hints={"risk": "So that what was learned stands beside the risk, and it is rated again."},
    )  # fmt: skip
    name = forms.CharField(label="Which one?", subject="which one it is", max_length=200,
                           help_text="Its name, as people know it: “Handover policy”.")  # fmt: skip
    reference = forms.CharField(
        label="Its reference", required=False, max_length=80, width=20,
        help_text="Its number in the register, or where it can be found.",
    )  # fmt: skip
    change = forms.LongTextField(
        label="What should change in it?", subject="what should change in it", max_length=2000, rows=3
    )


class UnlinkForm(PointForm):
    """Take a link away."""

    def arguments(self) -> dict[str, Any]:
        return {"version": self.cleaned_data["version"]}


class AgainForm(NamedForm):
    """Another case shows the same."""

    reference = forms.CharField(
        label="The reference of the case", subject="the reference of the case", width=20,
        help_text="For example RV-4K7M-Q2PX. You find it on top of the case.",
    )  # fmt: skip

    def case(self, viewer: Any, find: Any) -> Any:
        """The case, if the person may see it; None with the reason in the form."""
        if not (self.is_sent and self.is_valid()):
            return None
        found = find(viewer, self.cleaned_data["reference"])
        if found is None:
            self.add_error("reference", "You see no case with this reference. Check each letter and number.")
        return found
