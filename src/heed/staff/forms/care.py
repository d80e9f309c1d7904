"""Looking after each other: training, capacity, skills, talks in confidence, and asking for time or a talk."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from heed.accounts.permissions import Permission
from heed.accounts.roles import ROLES
from heed.care import courses
from heed.care.queries import asking, workload
from heed.design import forms, words
from heed.organisations import code_lists
from heed.staff.forms import choices
from heed.staff.forms.base import StaffForm, VersionField

LONGEST = 10_000


class CareForm(StaffForm):
    """A form of one organisation."""

    def __init__(self, *args: Any, organisation: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = organisation

    def arguments(self) -> dict[str, Any]:
        return {**super().arguments(), "organisation": self.organisation}


def _people(found: Any) -> list[tuple[str, str]]:
    return [(str(person.pk), choices.named(person)) for person in found]


class TakeOverForm(CareForm):
    """Which of the courses that Heed proposes the register begins with."""

    mark_optional = False
    codes = forms.MultipleChoiceField(label="Begin with these courses", subject="at least one course", label_size="m")

    def __init__(self, *args: Any, there: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        new = {code: one for code, one in courses.proposed().items() if code not in there}
        self.offer("codes", [(code, one.name) for code, one in new.items()], {c: _about(o) for c, o in new.items()})


def _about(one: Any) -> str:
    who = words.join([ROLES[role].name.lower() for role in one.roles]) if one.roles else "everybody"
    often = f"every {one.months.value} months (our proposal)" if one.months else "once"
    source = f"Source: {one.source}" if one.status.is_confirmed else one.source
    return f"{one.what_for} For {who}, {often}. {source}."


class CourseForm(CareForm):
    """A course of the organisation's own, or a change of one."""

    name = forms.CharField(label="What is it called?", subject="its name", max_length=120)
    what_for = forms.LongTextField(
        label="What is it for?", subject="what it is for", max_length=400, rows=2, required=False, count=False
    )
    roles = forms.MultipleChoiceField(
        label="Who needs it?", required=False, help_text="Tick nothing where everybody needs it.",
        choices=[(role.key, role.name) for role in ROLES.values() if Permission.LOOK_AFTER_SELF in role.permissions],
    )  # fmt: skip
    months = forms.NumberField(
        label="For how many months does it hold?", subject="for how many months it holds", least=1, most=120,
        width=3, required=False, help_text="Leave it empty where once is enough.",
    )  # fmt: skip


class RecordTrainingForm(CareForm):
    """Several people had a course."""

    course = forms.SelectField(label="Which course?", subject="the course")
    had_on = forms.DateField(label="When did they have it?", subject="the day", when="past")
    people = forms.MultipleChoiceField(label="Who had it?", subject="at least one person")
    evidence = forms.CharField(
        label="What shows it?", required=False, max_length=300, help_text="Such as “Register of the course, 3 May”."
    )

    def __init__(self, *args: Any, courses: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("course", [(str(course.pk), course.name) for course in courses])
        self.offer("people", choices.members(self.organisation.pk)[1:])

    def arguments(self) -> dict[str, Any]:
        data = super().arguments()
        course = int(data.pop("course"))
        return {**data, "course_id": course, "people": [int(pk) for pk in data["people"]]}


class CapacityForm(CareForm):
    """How much somebody can carry."""

    hours_a_week = forms.NumberField(
        label="Hours a week for complaints", subject="the hours a week", least=1, most=60, width=3
    )
    most_cases = forms.NumberField(label="Most open cases at a time", subject="the most cases", most=500, width=3)


class SkillsForm(CareForm):
    """What somebody can be asked for; each with a line to say more."""

    mark_optional = False
    codes = forms.MultipleChoiceField(label="Skills", label_size="m", required=False)

    def __init__(self, *args: Any, kept: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, initial={"codes": list(kept)}, **kwargs)
        listed = code_lists.load("skills")
        self.offer("codes", listed.choices())
        field: Any = self.fields["codes"]
        field.reveals = {}
        for item in listed.items:
            if item.hint:
                self.fields[f"more_{item.code}"] = forms.CharField(
                    label=item.hint.rstrip("."), required=False, max_length=120, initial=kept.get(item.code, "")
                )
                field.reveals[item.code] = [f"more_{item.code}"]

    def arguments(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "organisation": self.organisation,
            "skills": {code: data.get(f"more_{code}") or "" for code in data["codes"]},
        }


class AskForm(CareForm):
    """Ask somebody for time or a talk. No reason is asked for."""

    helps = forms.MultipleChoiceField(label="What would help?", subject="what would help", exclusive="only_said")
    to = forms.ChoiceField(label="Who would you like to ask?", subject="whom you would like to ask")
    words = forms.LongTextField(
        label="Anything that you would like to add", required=False, rows=3, max_length=2000, count=False,
        help_text="You need no reason. Leave out who the contact was with: only the two of you will read this.",
    )  # fmt: skip

    def __init__(self, *args: Any, person_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("helps", choices.codes("what-helps"))
        self.offer("to", _people(asking.can_be_asked(self.organisation.pk, person_id)))

    def arguments(self) -> dict[str, Any]:
        data = super().arguments()
        to = int(data.pop("to"))
        return {**data, "to_id": to}


class AnswerForm(CareForm):
    answer = forms.LongTextField(
        label="What can you do, and when?", subject="what you can do", rows=4, max_length=2000, count=False,
        help_text="They read it here; the email says only that there is an answer. A talk first is often best.",
    )  # fmt: skip


class SupervisionForm(CareForm):
    """Who talks regularly with whom."""

    supervised = forms.SelectField(label="Who has supervision?", subject="who has supervision")
    supervisor = forms.SelectField(label="With whom?", subject="with whom")
    every_weeks = forms.NumberField(
        label="How many weeks between two talks?", subject="the weeks between two talks", least=1, most=26, width=2,
        initial=6,
    )  # fmt: skip
    next_on = forms.DateField(label="When is the next talk?", subject="the day of the next talk", when="future")

    def __init__(self, *args: Any, viewer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("supervised", "supervisor"):
            self.offer(name, _people(workload.members_with(viewer)))

    def arguments(self) -> dict[str, Any]:
        data = super().arguments()
        pair = {f"{name}_id": int(data.pop(name)) for name in ("supervised", "supervisor")}
        return {**data, **pair}


class TalkForm(CareForm):
    """That the two talked, when they talk next, and what they want to remember."""

    held_on = forms.DateField(label="When did you talk?", subject="the day that you talked", when="past")
    next_on = forms.DateField(label="When do you talk next?", subject="the day of the next talk", when="future")
    text = forms.LongTextField(
        label="What do you want to remember?", required=False, rows=8, max_length=LONGEST,
        help_text="Only the two of you can read it. Leave out the names of people who complained.",
    )  # fmt: skip

    def __init__(self, *args: Any, every_weeks: int, **kwargs: Any) -> None:
        today = timezone.localdate()
        given = {"held_on": today, "next_on": today + timedelta(weeks=every_weeks)}
        super().__init__(*args, initial=given, **kwargs)


class NoteForm(CareForm):
    text = forms.LongTextField(
        label="What do you want to remember?", required=False, rows=10, max_length=LONGEST,
        help_text="Only the two of you can read it. Empty it to forget the note.",
    )  # fmt: skip
    version = VersionField(required=False)


class ReflectionForm(CareForm):
    text = forms.LongTextField(
        label="What do you want to think about?", subject="something", rows=12, max_length=LONGEST,
        help_text="What happened, what it did to you, what went well, what you would do again or otherwise. Leave out the "
        "names of people who complained.",
    )  # fmt: skip
    version = VersionField(required=False)
