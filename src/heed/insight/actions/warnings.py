"""What people do with a warning: they have seen it, look again later, or say that a new level is here to stay; and the budget
of false alarms that an organisation states."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from heed.audit import actions as audit
from heed.audit.actor import Actor
from heed.audit.refusals import Refused, Stale
from heed.design.text import clean_text
from heed.insight.actions.watching import end
from heed.insight.models import Alarm, AlarmStep, NewLevel, Watch
from heed.insight.models.warning import VERDICTS
from heed.insight.warning import budgets
from heed.organisations.models import Organisation

LONGEST_SNOOZE = 180  # days


@transaction.atomic
def acknowledge(*, alarm_id: int, verdict: str, note: str, by: Actor, at: datetime, version: int) -> Alarm:
    """Somebody has seen it and says what they make of it, of its parts too. It is told again only if it becomes worse."""
    alarm = _changing(alarm_id, version)
    if verdict not in dict(VERDICTS):
        raise Refused("Say what you make of it. “Not known yet” will do.", "verdict")
    if not note.strip():
        raise Refused("Say in a line what you looked at, or who will.", "note")
    for one in _with_parts(alarm):
        one.state, one.verdict, one.snoozed_until = "acknowledged", verdict, None
        _save(one, "acknowledged", by, at, note=clean_text(note).strip())
    return alarm


@transaction.atomic
def snooze(*, alarm_id: int, until: date, note: str, by: Actor, at: datetime, version: int) -> Alarm:
    """Do not show it among what is open until a day; if it becomes worse it is back before."""
    alarm, today = _changing(alarm_id, version), timezone.localdate(at)
    if not 0 < (until - today).days <= LONGEST_SNOOZE:
        raise Refused("Choose a day after today, within half a year.", "until")
    for one in _with_parts(alarm):
        one.state, one.snoozed_until = "snoozed", until
        _save(one, "snoozed", by, at, note=clean_text(note).strip(), until=until)
    return alarm


@transaction.atomic
def begin_anew(*, alarm_id: int, since: date, reason: str, by: Actor, at: datetime, version: int) -> NewLevel:
    """The level of the series changed for good, for a reason that somebody states: what is usual is learned anew from a day
    on, and the warning is over. Never by itself (R190)."""
    alarm = _changing(alarm_id, version)
    if not reason.strip():
        raise Refused("Say what changed for good, so that others can understand the figures later.", "reason")
    if since > timezone.localdate(at):
        raise Refused("Choose a day that is not in the future.", "since")
    level, _ = NewLevel.objects.get_or_create(
        organisation=alarm.organisation, service=alarm.service, subject=alarm.subject, since=since,
        defaults={"reason": clean_text(reason).strip(), "by_id": by.member_id, "at": at},
    )  # fmt: skip
    end(alarm, "new_level", on=timezone.localdate(at), at=at, by_id=by.member_id, note=level.reason)
    _record("level_begun_anew", alarm, by, at, since=since.isoformat())
    return level


@transaction.atomic
def set_budget(*, organisation: Organisation, budget: int, wide_budget: int, by: Actor, at: datetime) -> Watch:
    """How many false alarms are accepted, in ten-thousandths of series and periods; from the next night on."""
    if budget not in budgets.CHOICES or wide_budget not in budgets.CHOICES:
        raise Refused("Choose one of the budgets.", "budget")
    if wide_budget > budget:
        raise Refused("E-mail about the whole organisation cannot have more false alarms than the page.", "wide_budget")
    Watch.objects.get_or_create(organisation=organisation)
    watch = Watch.objects.select_for_update().get(organisation=organisation)
    watch.budget, watch.wide_budget, watch.changed_by_id, watch.changed_at = budget, wide_budget, by.member_id, at
    watch.save()
    audit.record(
        by=by, at=at, verb="warning_budget_set", kind="organisation", object_id=organisation.pk,
        organisation=organisation.code, detail={"budget": budget, "wide_budget": wide_budget},
    )  # fmt: skip
    return watch


def _changing(alarm_id: int, version: int) -> Alarm:
    """The warning, locked."""
    alarm = Alarm.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=alarm_id)
    if alarm.version != version:
        last = AlarmStep.objects.filter(alarm=alarm).select_related("by").order_by("-at", "-pk").first()
        who = last.by.name if last and last.by else "Heed"
        raise Stale(who, last.get_kind_display().lower() if last else "it changed")
    if alarm.state == "past":
        raise Refused("This warning is over.")
    return alarm


def _with_parts(alarm: Alarm) -> list[Alarm]:
    """The warning and all that belong to it and are not over, theirs too; each once."""
    found, newest = [alarm], [alarm]
    while newest:
        parts = Alarm.objects.select_for_update(of=("self",)).filter(parent__in=newest).exclude(state="past")
        newest = [part for part in parts if part not in found]
        found += newest
    return found


def _save(alarm: Alarm, kind: str, by: Actor, at: datetime, *, note: str, until: date | None = None) -> None:
    alarm.version += 1
    alarm.save(update_fields=["state", "verdict", "snoozed_until", "version"])
    AlarmStep.objects.create(alarm=alarm, kind=kind, note=note, until=until, by_id=by.member_id, at=at)
    _record(f"warning_{kind}", alarm, by, at)


def _record(verb: str, alarm: Alarm, by: Actor, at: datetime, **detail: str) -> None:
    audit.record(
        by=by, at=at, verb=verb, kind="alarm", object_id=alarm.pk, organisation=alarm.organisation.code, detail=detail
    )
