"""Who needs which course, when they had it, and what is due. The number of questions asked of the database is the same
however many people there are."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from heed.accounts.models import Membership
from heed.accounts.permissions import Permission
from heed.accounts.roles import roles_with
from heed.care import rules
from heed.care.models import Course, Training

ORDER = {name: place for place, name in enumerate(rules.STATES)}


@dataclass(frozen=True)
class Line:
    """One person and one course that they need, or had all the same. `until`: the last day for which it holds."""

    person_id: int
    name: str
    course_id: int
    course: str
    what_for: str
    had_on: date | None
    until: date | None
    evidence: str
    state: str
    needed: bool

    @property
    def is_due(self) -> bool:
        return self.state in rules.DUE

    @property
    def in_words(self) -> str:
        return rules.STATES[self.state]


def courses(organisation_id: int) -> list[Course]:
    """Those on the list, by name."""
    return list(Course.objects.filter(organisation_id=organisation_id, ended_at=None).order_by("name", "pk"))


def course(organisation_id: int, course_id: int) -> Course | None:
    """One of them."""
    return Course.objects.filter(organisation_id=organisation_id, pk=course_id, ended_at=None).first()


def lines(organisation_id: int, today: date, person_id: int | None = None) -> list[Line]:
    """Every person and course, what ran out first, then by name; of one person, with `person_id`."""
    found = list(_lines(organisation_id, today, person_id))
    return sorted(
        found, key=lambda line: (ORDER[line.state], line.until or date.min, line.name.casefold(), line.course)
    )


def _lines(organisation_id: int, today: date, person_id: int | None) -> Iterator[Line]:
    listed, people = courses(organisation_id), _people(organisation_id, person_id)
    had = _had(organisation_id, person_id)
    for person, (name, held) in people.items():
        for one in listed:
            had_on, evidence = had.get((one.pk, person), (None, ""))
            needed = rules.needs(one.roles, held)
            if had_on is None and not needed:
                continue
            # What ran out and is not needed any more is only something that they had.
            state = rules.state(had_on, one.months, today) if needed else "had"
            until = rules.runs_out_on(had_on, one.months) if had_on else None
            yield Line(person, name, one.pk, one.name, one.what_for, had_on, until, evidence, state, needed)


def _people(organisation_id: int, person_id: int | None) -> dict[int, tuple[str, set[str]]]:
    """Name and roles of those who work here."""
    rows = Membership.objects.filter(
        organisation_id=organisation_id, user__is_active=True, role__in=roles_with(Permission.LOOK_AFTER_SELF)
    )
    if person_id is not None:
        rows = rows.filter(user_id=person_id)
    found: dict[int, tuple[str, set[str]]] = {}
    for person, name, role in rows.order_by("user__name_folded", "user_id").values_list(
        "user_id", "user__name", "role"
    ):
        found.setdefault(person, (name, set()))[1].add(role)
    return found


def _had(organisation_id: int, person_id: int | None) -> dict[tuple[int, int], tuple[date | None, str]]:
    """The last time that each had each course, and what shows it."""
    rows = Training.objects.filter(course__organisation_id=organisation_id, course__ended_at=None)
    if person_id is not None:
        rows = rows.filter(person_id=person_id)
    listed = rows.order_by("had_on", "pk").values_list("course_id", "person_id", "had_on", "evidence")
    return {(of, person): (had_on, evidence) for of, person, had_on, evidence in listed}


def due_by_person(organisation_id: int, today: date) -> Counter[int]:
    """How many courses are due, of each of whom any is."""
    return Counter(line.person_id for line in lines(organisation_id, today) if line.is_due)


def chosen(found: list[Line], *, state: str = "", course_id: int | None = None) -> list[Line]:
    """Of these lines, those of a state ("due": any that is due) and a course."""
    wanted = rules.DUE if state == "due" else (state,)
    return [
        line
        for line in found
        if (not state or line.state in wanted) and (course_id is None or line.course_id == course_id)
    ]


def as_rows(found: list[Line]) -> Iterator[tuple[object, ...]]:
    """The register as a table: a line for each person and course."""
    yield ("Name", "Course", "State", "Had on", "Holds until", "Evidence")
    for line in found:
        yield (line.name, line.course, line.in_words, line.had_on or "", line.until or "", line.evidence)
