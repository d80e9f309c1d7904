"""Early warnings, read: for whom they may concern. Whoever sees no case sees none, for a warning tells of few people; who
sees the cases of one service sees the warnings of that service."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.db.models import QuerySet

from heed.accounts.permissions import Permission, Viewer
from heed.cases.models import Case
from heed.design import words
from heed.facts.models import CaseFact
from heed.insight.models import Alarm, AlarmPoint, AlarmStep
from heed.insight.warning import wording
from heed.insight.warning.judging import Finding
from heed.insight.warning.periods import Every, ends, number, start_of
from heed.insight.warning.wording import KINDS, Said
from heed.organisations import code_lists
from heed.organisations.models import Organisation, Service

STATES = {"open": "Open", "acknowledged": "Acknowledged", "snoozed": "Snoozed", "past": "Past", "apart": "Kept apart"}
SHOWN = 200  # in a list
CASES = 100  # on the page of a warning


class Names:
    """What an organisation calls its services and subjects; a code that is no longer listed is shown as it is."""

    def __init__(self, organisation: Organisation):
        self.place = organisation.name
        self.services = dict(Service.objects.filter(organisation=organisation).values_list("code", "name"))
        self.subjects = dict(code_lists.load(organisation.subject_list).choices())

    def service(self, code: str) -> str:
        return self.services.get(code, code)

    def subject(self, code: str) -> str:
        return self.subjects.get(code, code.replace("_", " ").capitalize())

    def said(self, of: Alarm) -> Said:
        """What the sentence of a warning is made of."""
        every: Every = "week" if of.every == "week" else "month"
        return Said(
            every, of.start, of.periods, of.count, of.expected, of.low, of.high, self.service(of.service),
            self.subject(of.subject) if of.subject else "", self.place,
        )  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A warning as it is told. `parts`: those that belong to it. `now`: its latest period, where it has gone on."""

    alarm: Alarm
    name: str
    sentence: str
    notes: tuple[str, ...]
    now: str
    parts: tuple["Line", ...] = ()

    @cached_property
    def chances(self) -> str:
        return wording.GRADES[self.alarm.grade]

    @property
    def many(self) -> int:
        """How many belong to it, those of its parts too."""
        return sum(1 + part.many for part in self.parts)

    @property
    def excess(self) -> int:
        return round(self.alarm.count - self.alarm.expected)

    @property
    def all_parts(self) -> list["Line"]:
        """All that belong to it: one subject in one service first, the largest excess before others."""
        found = [one for part in self.parts for one in (part, *part.all_parts)]
        narrow = {line.alarm.pk: bool(line.alarm.service and line.alarm.subject) for line in found}
        return sorted(found, key=lambda line: (not narrow[line.alarm.pk], -line.excess))


def visible(viewer: Viewer) -> QuerySet[Alarm]:
    """The warnings that the person may see, and act on: where they may see the cases."""
    alarms = Alarm.objects.filter(organisation_id=viewer.organisation_id)
    if viewer.may(Permission.SEE_ALL_CASES):
        return alarms
    own = Service.objects.filter(pk__in=viewer.services_for(Permission.SEE_SERVICE_CASES)).values("code")
    return alarms.filter(service__in=own).exclude(service="")


def _in(alarms: QuerySet[Alarm], state: str) -> QuerySet[Alarm]:
    return alarms.exclude(apart="") if state == "apart" else alarms.filter(apart="", state=state)


def counts(viewer: Viewer) -> dict[str, int]:
    """How many there are in each list; of those that are not over, without those that belong to another one listed."""
    found = dict.fromkeys(STATES, 0)
    rows = list(visible(viewer).order_by().values_list("pk", "parent_id", "state", "apart"))
    where = {pk: "apart" if apart else state for pk, _, state, apart in rows}
    for pk, parent_id, _, _ in rows:
        found[where[pk]] += where.get(parent_id) != where[pk]
    return found


def listed(viewer: Viewer, organisation: Organisation, state: str) -> list[Line]:
    """The warnings of one list, the furthest out first (what is past: the latest first), each with what belongs to it."""
    order = ("-start", "-exceedance", "pk") if state in ("past", "apart") else ("-exceedance", "pk")
    alarms = _in(visible(viewer), state).defer("history").prefetch_related("points")
    return lines(organisation, alarms.order_by(*order)[:SHOWN])


def lines(organisation: Organisation, alarms: Iterable[Alarm]) -> list[Line]:
    """Warnings in words, in the order given, those that belong to another of them beneath it."""
    rows, names = list(alarms), Names(organisation)
    there = {alarm.pk: alarm for alarm in rows}

    def one(alarm: Alarm) -> Line:
        parts = tuple(one(part) for part in rows if part.parent_id == alarm.pk)
        return replace(_line(alarm, names), parts=parts)

    return [one(alarm) for alarm in rows if alarm.parent_id not in there]


def _line(alarm: Alarm, names: Names) -> Line:
    said = names.said(alarm)
    notes = [wording.YOUNG] if alarm.young else []
    notes += [wording.SPARSE] if alarm.sparse else []
    notes += wording.apart(alarm.files, alarm.repeats)
    if alarm.apart:
        notes = [wording.kept_apart(alarm.files, alarm.repeats, alarm.count, alarm.apart)]
    point = max(alarm.points.all(), key=lambda one: one.start, default=None)
    now = _now(said, point) if point else ""
    return Line(alarm, wording.name(said.service, said.subject, said.place), wording.sentence(said), tuple(notes), now)


def _now(said: Said, point: AlarmPoint) -> str:
    later = replace(said, start=point.start, periods=1)
    usual = f"{point.low} to {point.high}" if point.low != point.high else str(point.low)
    return f"{wording.when(later)}: {point.count:,}, where {usual} is usual."


def said(organisation: Organisation, every: Every, finding: Finding) -> str:
    """A finding in a sentence, before it is kept as a warning."""
    service, subject = wording.as_code(finding.key)
    alarm = Alarm(
        every=every, start=finding.start, periods=finding.periods, count=finding.count, expected=finding.expected,
        low=finding.low, high=finding.high, service=service, subject=subject,
    )  # fmt: skip
    return wording.sentence(Names(organisation).said(alarm))


def one(viewer: Viewer, organisation: Organisation, alarm_id: int) -> Line | None:
    """A warning with what belongs to it, as far as the person may see it; None where they may not."""
    alarm = visible(viewer).prefetch_related("points").filter(pk=alarm_id).first()
    if alarm is None:
        return None
    family, newest = [alarm], [alarm.pk]
    while newest:
        parts = list(visible(viewer).defer("history").prefetch_related("points").filter(parent_id__in=newest))
        newest = [part.pk for part in parts if part.pk not in {one.pk for one in family}]
        family += parts
    return next(line for line in lines(organisation, family) if line.alarm.pk == alarm.pk)


def whole(viewer: Viewer, organisation: Organisation, alarm: Alarm) -> Line | None:
    """What a warning belongs to, where the person may see that."""
    found = visible(viewer).prefetch_related("points").filter(parts=alarm).first()
    return _line(found, Names(organisation)) if found else None


Row = tuple[date, str, int, float, int, int, int, bool]


def course(alarm: Alarm) -> list[Row]:
    """The periods of a warning's chart, oldest first: first day, name, count, expected, usual from and to, bound, whether it
    stands out. Those up to the warning are as they were that night."""
    every: Every = "week" if alarm.every == "week" else "month"
    first = start_of(every, number(every, alarm.start) - alarm.periods + 1)
    before = [(date.fromisoformat(start), *figures) for start, *figures in alarm.history]
    rows = [(*row, first <= row[0] <= alarm.start) for row in before]
    rows += [
        (point.start, point.count, point.expected, point.low, point.high, point.bound, point.stands_out)
        for point in alarm.points.all()
    ]
    return [(row[0], period_name(every, row[0]), *row[1:]) for row in rows]


def period_name(every: Every, start: date) -> str:
    """Week to 14 June 2026; June 2026."""
    last = ends(every, start)
    return words.month(last) if every == "month" else f"Week to {words.day(last)}"


def steps(alarm: Alarm) -> Sequence[AlarmStep]:
    """What was done and what became of it, newest first."""
    return list(AlarmStep.objects.filter(alarm=alarm).select_related("by").order_by("-at", "-pk"))


def cases(viewer: Viewer, alarm: Alarm) -> list[Case]:
    """The cases that a warning counts, those of its latest period too, as far as the person may see them; newest first."""
    every: Every = "week" if alarm.every == "week" else "month"
    first = start_of(every, number(every, alarm.start) - alarm.periods + 1)
    latest = max((point.start for point in alarm.points.all() if point.stands_out), default=alarm.start)
    counted = CaseFact.objects.filter(
        organisation=alarm.organisation.code, kind__in=KINDS, received_on__gte=first,
        received_on__lte=ends(every, latest),
    )  # fmt: skip
    for column in ("service", "subject"):
        if code := getattr(alarm, column):
            counted = counted.filter(**{column: code})
    ids = [
        int(pk) for pk in counted.order_by("-received_on", "-case_id").values_list("case_id", flat=True)[: CASES * 5]
    ]
    seen = Case.objects.visible_to(viewer).filter(pk__in=ids).select_related("service", "handler")
    return list(seen.order_by("-received_at", "-pk")[:CASES])


def open_line(viewer: Viewer) -> int | None:
    """How many warnings are open for the person, for a line on other pages; None for who may see none."""
    if not (viewer.may(Permission.SEE_ALL_CASES) or viewer.may(Permission.SEE_SERVICE_CASES)):
        return None
    return counts(viewer)["open"]


def origin_of(organisation_id: int, alarm_id: str) -> tuple[str, str, date, date] | None:
    """(service, subject, first and last month) of the warning that something came of, as far as it had gone on; None where
    there is no such warning. Months are first days."""
    alarm = (
        Alarm.objects.filter(organisation_id=organisation_id, pk=int(alarm_id)).first() if alarm_id.isdigit() else None
    )
    if alarm is None:
        return None
    every: Every = "week" if alarm.every == "week" else "month"
    first = start_of(every, number(every, alarm.start) - alarm.periods + 1)
    latest = max((point.start for point in alarm.points.all() if point.stands_out), default=alarm.start)
    return alarm.service, alarm.subject, first.replace(day=1), ends(every, latest).replace(day=1)
