"""Why it happened: whether to look closer, what was found, who is asked, and what is concluded."""

from typing import Any

from heed.design import forms
from heed.learning import proportion
from heed.learning.queries import analyses as queries
from heed.staff.forms import choices
from heed.staff.forms.base import StaffForm
from heed.staff.forms.named import NamedForm, VersionedForm

ASK = (
    "What is it like to do this work, and what gets in the way? What would have to be different, so that it does not happen "
    "again?"
)
ASK_PERSON = "What do you think made it possible for this to happen? What would have had to be different?"


class DecideForm(NamedForm):
    """Whether a case deserves a detailed analysis (R149)."""

    wanted = forms.YesNoField(
        label="Does this case deserve a detailed analysis of why it happened?",
        subject="whether it deserves a detailed analysis", reveals={"yes": ["ground"]},
        hints={"yes": "Only where something failed seriously, or the effect on somebody was serious.",
               "no": "Most cases need none, even where something went wrong. What was learned is recorded all the same."},
    )  # fmt: skip
    ground = forms.ChoiceField(
        label="What makes it so serious?", subject="what makes it so serious",
        choices=list(proportion.GROUNDS.items()),
    )  # fmt: skip
    reason = forms.LongTextField(
        label="Why?", subject="why", max_length=2000, rows=3,
        help_text="One or two sentences that somebody else would understand in a year.",
    )  # fmt: skip
    seen = forms.HiddenField(required=False)

    def __init__(self, *args: Any, case: Any, stands: Any, **kwargs: Any):
        self.case = case
        super().__init__(*args, **{"initial": {"seen": str(stands.pk) if stands else ""}, **kwargs})
        if stands:
            self.fields["reason"].label = "Why does the decision change?"

    def arguments(self) -> dict[str, Any]:
        values = super().arguments()
        seen = values.pop("seen")
        return {
            **values,
            "case_id": self.case.pk,
            "seen_id": int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 19 else None,
        }


class BeginForm(NamedForm):
    """What the analysis asks, and which other cases it draws on."""

    question = forms.CharField(
        label="What does the analysis ask?", subject="what it asks", max_length=200,
        help_text="Of the system and of nobody: “What made it likely that calls for help went unanswered at night?”",
    )  # fmt: skip
    others = forms.LongTextField(
        label="Other cases that show the same", required=False, max_length=1000, rows=2, count=False,
        help_text="A reference a line. Only whoever may see all of the cases sees the analysis.",
    )  # fmt: skip

    def __init__(self, *args: Any, case: Any, viewer: Any, **kwargs: Any):
        self.case, self.viewer = case, viewer
        super().__init__(*args, **kwargs)

    def clean_others(self) -> list[int]:
        """Primary keys of the cases that the person may see; a reference that leads to none is named."""
        found = []
        for line in self.cleaned_data["others"].split():
            case = queries.case_for_analysis(self.viewer, line.strip(",;"))
            if case is None:
                raise forms.ValidationError(f"You see no case with the reference {line}. Check each letter and number.")
            found.append(case.pk)
        return found

    def arguments(self) -> dict[str, Any]:
        values = super().arguments()
        others = values.pop("others")
        return {**values, "case_ids": [self.case.pk, *others]}


class AnalysisForm(VersionedForm):
    """Changes an analysis."""

    key = "analysis_id"

    @staticmethod
    def renewed(pk: int) -> int:
        return queries.version_of_analysis(pk)


class QuestionForm(AnalysisForm):
    question = forms.CharField(
        label="What does the analysis ask?", subject="what it asks", max_length=200,
        help_text="Of the system and of nobody.",
    )  # fmt: skip


class AddCaseForm(AnalysisForm):
    reference = forms.CharField(
        label="The reference of the case", subject="the reference of the case", width=20,
        help_text="Whoever may not see this case will not see the analysis any more.",
    )  # fmt: skip

    def __init__(self, *args: Any, viewer: Any, **kwargs: Any):
        self.viewer = viewer
        super().__init__(*args, **kwargs)

    def clean_reference(self) -> Any:
        case = queries.case_for_analysis(self.viewer, self.cleaned_data["reference"])
        if case is None:
            raise forms.ValidationError("You see no case with this reference. Check each letter and number.")
        return case

    def arguments(self) -> dict[str, Any]:
        values = super().arguments()
        values.pop("names_nobody")
        case = values.pop("reference")
        return {**values, "case_id": case.pk}


class RemoveCaseForm(AnalysisForm):
    """Draw on a case no more."""

    def arguments(self) -> dict[str, Any]:
        return {"analysis_id": self.of_what.pk, "version": self.cleaned_data["version"]}


class WorkForm(AnalysisForm):
    """The work as it is meant and the work as it is (R96)."""

    prescribed = forms.LongTextField(
        label="How should the work be done?", required=False, max_length=10_000, rows=5,
        help_text="What the policy, the standard or the training says.",
    )  # fmt: skip
    done = forms.LongTextField(
        label="How is it done?", required=False, max_length=10_000, rows=5,
        help_text="On an ordinary day, by those who do it. Ask them: it is seldom what is written, and mostly for a reason.",
    )  # fmt: skip


class FactorForm(AnalysisForm):
    """One of the six groups."""

    contributed = forms.ChoiceField(
        label="Did it contribute?", subject="whether it contributed", choices=list(proportion.CONTRIBUTED.items()),
    )  # fmt: skip
    found = forms.LongTextField(
        label="What was found?", required=False, max_length=10_000, rows=6,
        help_text="How the work was set up, not who did it. It may be left empty where the group did not contribute.",
    )  # fmt: skip
    workload = forms.TickField(
        label="Too much work, or stress, was part of it", required=False,
        help_text="A cause in the system: it should lead to an action. It is kept about the work and about nobody.",
    )  # fmt: skip

    def __init__(self, *args: Any, factor: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        found: Any = self.fields["found"]
        found.mark_optional = False  # the words below the question say when it may be left empty
        if factor not in proportion.WORKLOAD:
            del self.fields["workload"]


class AskForm(AnalysisForm):
    """What somebody is asked, and what they are shown."""

    question = forms.LongTextField(label="What do you ask them?", subject="what you ask", max_length=2000, rows=3)
    extract = forms.LongTextField(
        label="What do they need to read before?", required=False, max_length=5000, rows=5,
        help_text="Only what they need to answer. They see nothing else of the case, and neither do they see what others say. "
        "Leave out names and whatever is nobody’s business.",
    )  # fmt: skip


class AskStaffForm(AskForm):
    person_id = forms.SelectField(
        label="Who?", choices=[], required=False,
        help_text="They read it when they are signed in, and get a link by email.",
    )  # fmt: skip
    name = forms.CharField(label="Or somebody without an account: their name", required=False, max_length=200)
    email = forms.EmailField(
        label="Their email address",
        required=False,
        help_text="They get a link that works for two weeks and ends with their answer.",
    )
    field_order = ("person_id", "name", "email", "question", "extract")

    def __init__(self, *args: Any, of: Any, **kwargs: Any):
        super().__init__(*args, of=of, initial={"question": ASK}, **kwargs)
        self.offer("person_id", choices.members(of.organisation_id, "Somebody without an account"))
        for name in ("person_id", "name", "email"):  # one of the two ways is needed
            field: Any = self.fields[name]
            field.mark_optional = False

    def arguments(self) -> dict[str, Any]:
        values = super().arguments()
        return {**values, "person_id": int(values["person_id"]) if values["person_id"] else None}


class AskPersonForm(AskForm):
    case_id = forms.ChoiceField(label="The person of which case?", subject="the person", choices=[])
    field_order = ("case_id", "question", "extract")

    def __init__(self, *args: Any, of: Any, **kwargs: Any):
        drawn_on = [row.case for row in of.drawn_on.all()]
        first = {"question": ASK_PERSON, "case_id": str(drawn_on[0].pk) if len(drawn_on) == 1 else ""}
        super().__init__(*args, of=of, initial=first, **kwargs)
        named = [
            (str(case.pk), f"{case.complainant_name or 'Somebody who gave no name'}, {case.reference}")
            for case in drawn_on
        ]
        self.offer("case_id", named)

    def arguments(self) -> dict[str, Any]:
        values = super().arguments()
        return {**values, "case_id": int(values["case_id"])}


class WordsForm(StaffForm):
    """What somebody says, in their own words; or what they said, written down by somebody else."""

    words = forms.LongTextField(label="What would you like to say?", subject="what you would like to say", rows=10)

    def __init__(self, *args: Any, asked: Any, told: bool = False, **kwargs: Any):
        self.asked, self.way = asked, "told" if told else "account"
        super().__init__(*args, **kwargs)
        if told:
            self.fields["words"].label = "What did they say?"
            self.fields["words"].help_text = "As nearly as you can in their own words. Read it back to them."

    def arguments(self) -> dict[str, Any]:
        return {**super().arguments(), "contribution_id": self.asked.pk, "way": self.way}


class ConfirmForm(StaffForm):
    """A step that only asks to be confirmed."""

    def __init__(self, *args: Any, asked: Any, **kwargs: Any):
        self.asked = asked
        super().__init__(*args, **kwargs)

    def arguments(self) -> dict[str, Any]:
        return {"contribution_id": self.asked.pk}


class ConcludeForm(AnalysisForm):
    conclusions = forms.LongTextField(
        label="What made it likely?", subject="what made it likely", max_length=10_000, rows=6,
        help_text="In plain sentences that those who were asked would recognise.",
    )  # fmt: skip
    extent = forms.ChoiceField(
        label="How far does it go?", subject="how far it goes", choices=list(proportion.EXTENTS.items()),
        hints={"systemic": "It can happen again to others, as long as nothing changes.",
               "one_off": "What came together will hardly come together again."},
    )  # fmt: skip
    extent_reason = forms.LongTextField(
        label="What shows that?", subject="what shows that", max_length=2000, rows=3,
        help_text="Other cases, what staff say, a look at the records.",
    )  # fmt: skip
    not_asked_reason = forms.LongTextField(
        label="Why was somebody not asked?", subject="why somebody was not asked", required=False, max_length=2000, rows=2,
        help_text="Front-line staff and the person should both be asked before anything is concluded.",
    )  # fmt: skip

    def __init__(self, *args: Any, of: Any, everybody_asked: bool, **kwargs: Any):
        known = {name: getattr(of, name) for name in ("conclusions", "extent", "extent_reason", "not_asked_reason")}
        super().__init__(*args, of=of, initial=known, **kwargs)
        if everybody_asked:
            del self.fields["not_asked_reason"]


class ReopenForm(AnalysisForm):
    reason = forms.LongTextField(
        label="Why is it looked at again?", subject="why it is looked at again", max_length=2000, rows=3
    )
