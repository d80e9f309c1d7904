"""What is due, what somebody has room for, and what numbers may be told: pure, and without a judgement of anybody."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from heed.deadlines.counting import last_day_of_months
from heed.design import words

# A training that runs out within these days is "due soon": time enough to find a place on a course.
SOON_DAYS = 60
STATES = {"overdue": "Ran out", "missing": "Not had yet", "soon": "Due soon", "had": "Had"}
DUE = ("overdue", "missing", "soon")
REMIND_AGAIN_DAYS = 30
FEW = 5  # numbers under it are not told (R256)
PROMISES_AHEAD = 5  # working days
TOLD_HOW = {"in_person": "In person", "phone": "By phone", "writing": "In writing", "manager": "By their own manager"}
PARTS = {"about": "Complained about", "involved": "Involved in what is complained about"}
POSTS = {"question": "A question", "practice": "Something that works for us"}
# The adjustments and risk flags of a case that a skill answers to: that skill is named first when the case is given.
FITTING = {
    "bsl": "bsl", "interpreter": "languages", "easy_read": "easy_read", "plain_words": "easy_read",
    "bereaved": "bereavement", "death": "bereavement", "safeguarding": "safeguarding", "abuse_or_neglect": "safeguarding",
    "litigation": "law", "misconduct": "investigation",
}  # fmt: skip


def runs_out_on(had_on: date, months: int | None) -> date | None:
    """The last day for which it holds; None: it holds for good."""
    return last_day_of_months(had_on + timedelta(days=1), months) if months else None


def state(had_on: date | None, months: int | None, today: date) -> str:
    """One of STATES."""
    if had_on is None:
        return "missing"
    until = runs_out_on(had_on, months)
    if until is None or until > today + timedelta(days=SOON_DAYS):
        return "had"
    return "soon" if until >= today else "overdue"


def needs(course_roles: str, held: Iterable[str]) -> bool:
    """Whether who holds these roles needs a course for `course_roles` (codes parted by spaces; "" for everybody)."""
    return not course_roles or bool(set(course_roles.split()) & set(held))


def may_remind(last_on: date | None, today: date) -> bool:
    """Once a month at most."""
    return last_on is None or (today - last_on).days >= REMIND_AGAIN_DAYS


@dataclass(frozen=True)
class Load:
    """What somebody carries now, and the most that was agreed (None: nothing was). Counts of cases."""

    person_id: int
    name: str
    open: int = 0
    high: int = 0
    soon: int = 0
    late: int = 0
    most: int | None = None
    hours: int | None = None

    @property
    def room(self) -> int | None:
        """How many cases more fit; negative where there are more than agreed."""
        return None if self.most is None else self.most - self.open

    @property
    def over(self) -> int:
        """How many more than agreed."""
        return max(0, -(self.room or 0))

    @property
    def standing(self) -> str:
        """What stands beside the name when a case is given: room, never a number of cases."""
        if self.room is None:
            return "nothing agreed yet"
        if self.room > 0:
            return f"has room for {self.room}"
        return "has as many as agreed" if self.room == 0 else f"has {-self.room} more than agreed"


def sentences(loads: Sequence[Load]) -> list[str]:
    """What a manager should know first, in the order of the names: who carries too much, who has room, who was not asked."""
    over = [f"{one.name} has {-one.room} more than agreed" for one in loads if one.room is not None and one.room < 0]
    free = [f"{one.name} has room for {one.room}" for one in loads if one.room is not None and one.room > 0]
    unasked = [one.name for one in loads if one.room is None and one.open]
    found = [f"{words.join(over)}." for _ in over[:1]] + [f"{words.join(free)}." for _ in free[:1]]
    if over and not free:
        found.append(
            "Nobody has room: there is more work than was agreed, and that is for the service to change, not for them."
        )
    if unasked:
        found.append(f"With {words.join(unasked)} nothing is agreed yet.")
    return found


def carried(loads: Sequence[Load]) -> str:
    """The same for everybody to read: without names, and without numbers that would tell of somebody. "" where nobody has
    more than was agreed: what is too much is then for a person to say."""
    if not any(one.over for one in loads):
        return ""
    free = any((one.room or 0) > 0 for one in loads)
    some = "Some of the people who handle complaints have more cases than was agreed with them"
    return f"{some}, while others have room." if free else f"{some}, and nobody has room."


def told_number(number: int) -> str:
    """A number for people who see no names: under five it is not told, and none at all is not told from few."""
    return f"{number:,}" if number >= FEW else "fewer than 5"


def quarter_of(day: date) -> date:
    """The first day of its quarter."""
    return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)


def quarters_before(day: date, number: int) -> list[date]:
    """The first days of the quarters that are over, newest first. One that still runs would tell, from one day to the
    next, that somebody asked."""
    found = [quarter_of(day)]
    while len(found) <= number:
        found.append(quarter_of(found[-1] - timedelta(days=1)))
    return found[1:]


def within_a_day(asked_at: datetime, answered_at: datetime | None) -> bool:
    return answered_at is not None and answered_at - asked_at <= timedelta(days=1)


def why_not_capacity(hours: int, cases: int) -> tuple[str, str] | None:
    """(sentence, field)."""
    if not 1 <= hours <= 60:
        return "Enter the hours a week that they have for complaints: 1 to 60.", "hours_a_week"
    if not 0 <= cases <= 500:
        return "Enter the most cases at a time: 0 to 500.", "most_cases"
    return None


def fitting(codes: Iterable[str]) -> set[str]:
    """The skills that a case with these adjustments and flags asks for."""
    return {FITTING[code] for code in codes if code in FITTING}
