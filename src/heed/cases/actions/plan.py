"""Agree the plan with the person, keep them informed, and tell a later date when one is needed."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from heed.audit.actor import Actor
from heed.audit.refusals import Refused
from heed.cases import lifecycle, ombudsman, projections
from heed.cases.actions.letters import tell
from heed.cases.actions.log import Change, changing
from heed.cases.models import Case, Extension, Plan
from heed.deadlines import clock
from heed.organisations import procedures


@dataclass(frozen=True)
class Planned:
    """What a plan says (R67). `respond_by` only where the procedure lets the date be agreed."""

    will_do: str
    how_updated: str
    agreed: str
    agreed_on: date | None = None
    outcomes_wanted: str = ""
    not_possible: str = ""
    update_every_days: int | None = None
    support: str = ""
    at_once: str = ""
    respond_by: date | None = None
    why_changed: str = ""


@transaction.atomic
def agree_plan(*, case_id: int, planned: Planned, by: Actor, at: datetime, version: int) -> Plan:
    """Keep a new version of the plan, with the date told where the procedure has it agreed (R66-R68, R71; reg 13).

    A later version with another date is an extension, which `extend` records; here the date stays as told."""
    with changing(case_id, by=by, at=at, version=version) as change:
        case = change.case
        refusal = _answered(case) or _why_not(case, planned, at)
        if refusal:
            raise refusal
        number = case.plans.count() + 1
        plan = Plan.objects.create(case=case, version=number, made_at=at, made_by_id=by.member_id, **asdict(planned))
        case.next_update_on = _next_update(case, planned.update_every_days, at)
        change.event("plan_agreed", plan_id=plan.pk, version=number, agreed=planned.agreed)
        if planned.respond_by and _first_period(case):
            how = "agreement" if planned.agreed == "agreed" else "body"
            change.event(
                "period_agreed",
                clock={"until": planned.respond_by.isoformat(), "by": how},
                until=planned.respond_by,
                by=how,
            )
    tell(case, "plan_agreed", by=by, at=at, respond_by=case.respond_by, next_update_by=case.next_update_on)
    return plan


def _answered(case: Case) -> Refused | None:
    if case.status in lifecycle.ANSWERED:
        return Refused("The case was answered. Take it up again before you change what was agreed.")
    return None


def _why_not(case: Case, planned: Planned, at: datetime) -> Refused | None:
    if not planned.will_do.strip():
        return Refused("Say what will be done.", "will_do")
    if case.plans.exists() and not planned.why_changed.strip():
        return Refused("Say why the plan changes. The earlier version is kept.", "why_changed")
    agreed_period = procedures.load(case.procedure).period_is_agreed
    if planned.respond_by is None:
        if agreed_period and _first_period(case) and case.stage == 1:
            return Refused("Give the date by which they will have the response.", "respond_by")
        return None
    if not agreed_period:
        return Refused("The procedure counts the date itself; leave it empty, or record an extension.", "respond_by")
    if planned.respond_by < timezone.localdate(at):
        return Refused("The date of the response cannot be in the past.", "respond_by")
    if not _first_period(case) and planned.respond_by != case.respond_by:
        return Refused("A date was told already. To tell another, record an extension.", "respond_by")
    return None


def _first_period(case: Case) -> bool:
    return not case.events.filter(kind="period_agreed").exists()


def _next_update(case: Case, every: int | None, at: datetime) -> date | None:
    """The day of the next promised update, counted in working days."""
    if not every:
        return None
    return projections.calendar(case).add_working_days(timezone.localdate(at), every)


def keep_update_promise(change: Change) -> None:
    """They were updated: the next promise is counted from now."""
    plan = change.case.plans.order_by("-version").first()
    change.case.next_update_on = _next_update(change.case, plan.update_every_days if plan else None, change.at)


@transaction.atomic
def extend(
    *,
    case_id: int,
    until: date,
    reason: str,
    agreed: bool,
    good_reason: bool = False,
    by: Actor,
    at: datetime,
    version: int,
) -> Extension:
    """Tell a later date. Whether it counts is for the clock: a refusal by the person is recorded, and the told date
    stands (R71, R73; SI 2009/309 reg 14; LGSCO Code 6)."""
    if not reason.strip():
        raise Refused("Say why more time is needed. The person will read it.", "reason")
    with changing(case_id, by=by, at=at, version=version) as change:
        case = change.case
        old = _date_to_extend(case, until)
        change.event(
            "extended",
            clock={"until": until.isoformat(), "agreed": agreed, "reason": "given", "good_reason": good_reason},
            until=until,
            agreed=agreed,
            reason_id=change.reason(reason),
        )
        stands = _date_of_stage(projections.due(case), case.stage) == until
        extension = Extension.objects.create(
            case=case, stage=case.stage, old_until=old, until=until, reason=reason, agreed=agreed,
            good_reason=good_reason, counted=stands, at=at,
        )  # fmt: skip
    if stands:
        told = ombudsman.letter_fields(case) if procedures.load(case.procedure).extension_tells_ombudsman else {}
        tell(case, "extension_told", by=by, at=at, respond_by=until, promised_by=old, **told)
    return extension


def _date_to_extend(case: Case, until: date) -> date:
    if refusal := _answered(case):
        raise refusal
    old = case.respond_by if case.stage == 1 else case.stage_2_respond_by
    if old is None:
        raise Refused("No date was told yet, so there is none to extend. Agree the plan first.", "until")
    if until <= old:
        raise Refused("The new date has to be later than the one that was told.", "until")
    return old


def _date_of_stage(due: clock.Due, stage: int) -> date | None:
    return due.due["respond_by" if stage == 1 else "stage_2_respond_by"]


def pause(*, case_id: int, reason: str, by: Actor, at: datetime, version: int) -> Case:
    """The clock stands while we wait for something that only the person can give, where the procedure lets it."""
    if not reason.strip():
        raise Refused("Say what we are waiting for.", "reason")
    with changing(case_id, by=by, at=at, version=version) as change:
        if refusal := _answered(change.case):
            raise refusal
        if not procedures.load(change.case.procedure).timescales.pauses_move:
            raise Refused("In this procedure a pause moves no date, so there is none to record.")
        change.event("paused", clock={}, reason_id=change.reason(reason))
    return change.case


def resume(*, case_id: int, by: Actor, at: datetime, version: int) -> Case:
    """The clock runs again."""
    with changing(case_id, by=by, at=at, version=version) as change:
        change.event("resumed", clock={})
    return change.case
