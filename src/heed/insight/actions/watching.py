"""A night's run: warnings are raised, go on, become worse, wake and end, all of an organisation in one transaction. The same
night run twice makes nothing twice, and no figure is ever written again."""

import time
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from heed.audit.actor import Actor
from heed.audit.refusals import Refused
from heed.insight.actions.looking import Look, key_of, look
from heed.insight.actions.telling import tell
from heed.insight.models import Alarm, AlarmPoint, AlarmStep, Repeated, Watch, WatchCalibration, WatchRun
from heed.insight.queries import watching as reading
from heed.insight.warning.belonging import attached, graded, is_over, is_worse
from heed.insight.warning.judging import Finding, Line
from heed.insight.warning.periods import Every
from heed.insight.warning.wording import as_code
from heed.organisations.models import Organisation

EVERY: tuple[Every, ...] = ("week", "month")


@dataclass
class Night:
    """What a run did, or with `dry_run` would do. `looks`: of weeks and of months, where there is anything to look at."""

    looks: list[tuple[Look, float]] = field(default_factory=list)
    raised: list[Alarm] = field(default_factory=list)
    again: list[Alarm] = field(default_factory=list)
    ended: int = 0
    messages: int = 0


def watch(*, organisation: Organisation, on: date, dry_run: bool = False, by: Actor, at: datetime) -> Night:
    """Look at every series of an organisation as it was before the day `on`, and keep what was found. Raises Refused for a
    day before one that was looked at already."""
    if not dry_run and (
        latest := WatchRun.objects.filter(organisation=organisation, on__gt=on).order_by("-on").first()
    ):
        raise Refused(
            f"The figures up to {latest.on.isoformat()} were looked at already; a day before it is not looked at again."
        )
    night, standing = Night(), {key_of(row) for row in _not_over(organisation)}
    for every in EVERY:
        began = time.monotonic()
        found = look(organisation, every, on, reading.watch_of(organisation), standing)
        if found is not None:
            night.looks.append((found, time.monotonic() - began))
    if not dry_run:
        _keep(organisation, night, on, by, at)
    return night


def _not_over(organisation: Organisation) -> list[Alarm]:
    rows = Alarm.objects.filter(organisation=organisation, apart="").exclude(state="past")
    return list(rows.defer("history").order_by("start", "pk"))


@transaction.atomic
def _keep(organisation: Organisation, night: Night, on: date, by: Actor, at: datetime) -> None:
    Watch.objects.get_or_create(organisation=organisation)
    Watch.objects.select_for_update().get(organisation=organisation)  # two runs at once: one after the other
    for found, seconds in night.looks:
        kept = _Keeping(night, found, _not_over(organisation), at)
        kept.note(seconds)
        kept.raise_or_go_on()
        kept.attach()
        kept.go_on_quietly()
        kept.wake_and_end(on)
    night.messages = tell(organisation=organisation, alarms=[*night.raised, *night.again], by=by, at=at)


class _Keeping:
    """One look on its way into the database. `alarms` are those that are not over, the earliest first."""

    def __init__(self, night: Night, found: Look, alarms: list[Alarm], at: datetime):
        self.night, self.found, self.alarms, self.at = night, found, alarms, at

    @property
    def mine(self) -> list[Alarm]:
        return [alarm for alarm in self.alarms if alarm.every == self.found.every]

    def note(self, seconds: float) -> None:
        """The run, its thresholds where they were set anew, and what is not counted any more."""
        found = self.found
        once: dict[str, Any] = {"organisation": found.organisation, "every": found.every}
        WatchRun.objects.update_or_create(
            **once, on=found.on, defaults={"start": found.start, "at": self.at, "series": found.series,
            "young": found.young, "quiet": found.quiet, "seconds": seconds},
        )  # fmt: skip
        if found.renewed:
            of = found.calibration
            WatchCalibration.objects.update_or_create(
                **once, on=found.on, defaults={
                    "budget": round(of.budget * 10_000), "wide_budget": round(of.wide_budget * 10_000),
                    "single": of.page.single, "sustained": of.page.sustained, "wide_single": of.wide.single,
                    "wide_sustained": of.wide.sustained, "points": of.points, "series": of.series,
                    "alarms": of.alarms, "wide_alarms": of.wide_alarms, "left_out": of.left_out,
                },
            )  # fmt: skip
        for ((service, subject), start), many in found.repeated.items():
            row, is_new = Repeated.objects.get_or_create(
                **once, start=start, service=service, subject=subject, defaults={"many": many}
            )
            if not is_new:
                row.many += many
                row.save(update_fields=["many"])

    def raise_or_go_on(self) -> None:
        """A finding is a later period of a warning that is not over, or a new warning."""
        grades = graded([one.p for one in self.found.findings], self.found.series)
        for finding, grade in zip(self.found.findings, grades, strict=True):
            alarm = next((one for one in self.mine if key_of(one) == finding.key), None)
            if alarm is None:
                self._raise(finding, grade, "")
            elif finding.start > alarm.start:
                self._go_on(alarm, finding)
        for finding, why in self.found.apart:
            self._raise(finding, "maybe", why)

    def _raise(self, finding: Finding, grade: str, apart: str) -> None:
        service, subject = as_code(finding.key)
        line = [row for row in self.found.lines.get(finding.key, []) if row[0] <= finding.start]
        alarm, is_new = Alarm.objects.get_or_create(
            organisation=self.found.organisation, every=self.found.every, service=service, subject=subject,
            start=finding.start,
            defaults={
                "periods": finding.periods, "rule": finding.rule, "count": finding.count, "expected": finding.expected,
                "low": finding.low, "high": finding.high, "bound": finding.bound, "chance": finding.p,
                "level": finding.level, "exceedance": finding.exceedance, "grade": grade, "wide": finding.wide,
                "young": finding.young, "sparse": finding.sparse, "files": finding.files, "repeats": finding.repeats,
                "apart": apart, "history": [[row[0].isoformat(), *row[1:]] for row in line],
                "raised_at": self.at, "worst": finding.exceedance, "most": finding.excess, "told": 0 if apart else 1,
                "state": "past" if apart else "open", "ended_on": self.found.on if apart else None,
            },
        )  # fmt: skip
        if is_new and not apart:
            AlarmStep.objects.create(alarm=alarm, kind="raised", at=self.at)
            self.alarms.append(alarm)
            self.night.raised.append(alarm)

    def _go_on(self, alarm: Alarm, finding: Finding) -> None:
        line = next((row for row in self.found.lines[finding.key] if row[0] == finding.start), None)
        if line is None or not _point(alarm, line, exceedance=finding.exceedance, stands_out=True):
            return
        if alarm.state in ("acknowledged", "snoozed") and is_worse(finding, alarm.worst, alarm.most):
            self._open_again(alarm, "worse")
        alarm.worst, alarm.most = max(alarm.worst, finding.exceedance), max(alarm.most, finding.excess)
        alarm.save(update_fields=["worst", "most"])

    def _open_again(self, alarm: Alarm, why: str, *, tell_of_it: bool = True) -> None:
        alarm.state, alarm.snoozed_until = "open", None
        alarm.told, alarm.version = alarm.told + tell_of_it, alarm.version + 1
        alarm.save(update_fields=["state", "snoozed_until", "told", "version"])
        AlarmStep.objects.create(alarm=alarm, kind=why, at=self.at)
        if tell_of_it:
            self.night.again.append(alarm)

    def attach(self) -> None:
        """A part is told with its whole, and a month with its weeks."""
        weeks = {key_of(alarm): alarm for alarm in self.alarms if alarm.every == "week"}
        there = {**{key_of(alarm): alarm for alarm in self.mine}, **weeks}
        whole = attached({key: alarm.most for key, alarm in there.items()})
        for alarm in self.mine:
            key = key_of(alarm)
            same = weeks.get(key) if alarm.every == "month" else None
            parent = same or (there[whole[key]] if key in whole else None)
            if parent and alarm.parent_id is None and not _reaches(parent, alarm):
                alarm.parent = parent
                alarm.save(update_fields=["parent"])

    def go_on_quietly(self) -> None:
        """How warnings go on in periods that do not stand out, once all of such a period has arrived."""
        for alarm in self.mine:
            for line in self.found.lines.get(key_of(alarm), []):
                if line[0] > alarm.start and line[0] in self.found.settled:
                    _point(alarm, line, exceedance=_exceedance(line), stands_out=False)

    def wake_and_end(self, on: date) -> None:
        for alarm in self.mine:
            points = list(AlarmPoint.objects.filter(alarm=alarm).order_by("start"))
            quiet = next((after for after, point in enumerate(reversed(points)) if point.stands_out), len(points))
            if is_over(self.found.every, quiet):
                end(alarm, "over", on=on, at=self.at)
                self.night.ended += 1
            elif alarm.state == "snoozed" and alarm.snoozed_until and alarm.snoozed_until <= on:
                key, now = key_of(alarm), self.found.start
                still = any((one.key, one.start) == (key, now) for one in self.found.findings)
                self._open_again(alarm, "woke", tell_of_it=still)


def _reaches(alarm: Alarm, other: Alarm) -> bool:
    """Whether a warning belongs to the other, straight or by way of others."""
    above: Alarm | None = alarm
    while above is not None and above.pk != other.pk:
        above = above.parent
    return above is not None


def _point(alarm: Alarm, line: Line, *, exceedance: float, stands_out: bool) -> bool:
    """Keep a later period; False where it was kept already."""
    start, count, expected, low, high, bound = line
    _, is_new = AlarmPoint.objects.get_or_create(
        alarm=alarm, start=start, defaults={
            "count": count, "expected": expected, "low": low, "high": high, "bound": bound, "exceedance": exceedance,
            "stands_out": stands_out,
        },
    )  # fmt: skip
    return is_new


def _exceedance(line: Line) -> float:
    _, count, expected, _, _, bound = line
    return (count - expected) / max(bound - expected, 0.1)


def end(alarm: Alarm, why: str, *, on: date, at: datetime, by_id: int | None = None, note: str = "") -> None:
    """A warning is over; its parts stand for themselves from now on. In the caller's transaction."""
    alarm.state, alarm.ended_on, alarm.snoozed_until, alarm.version = "past", on, None, alarm.version + 1
    alarm.save(update_fields=["state", "ended_on", "snoozed_until", "version"])
    AlarmStep.objects.create(alarm=alarm, kind=why, note=note, by_id=by_id, at=at)
    Alarm.objects.filter(parent=alarm).update(parent=None)
