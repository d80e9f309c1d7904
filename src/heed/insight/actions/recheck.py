"""The monthly re-check: draw the sample, and keep what the papers say. No case is changed by it (R194)."""

import random
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from heed.accounts import queries as accounts
from heed.accounts.models import User
from heed.audit.actions import record
from heed.audit.actor import Actor
from heed.audit.refusals import Refused, Stale
from heed.cases.models import Case
from heed.facts.models import CaseFact
from heed.insight.models import Recheck, RecheckAnswer, RecheckCase
from heed.insight.models.recheck import VERDICTS
from heed.insight.periods import last_day
from heed.insight.queries import recheck as queries
from heed.organisations import code_lists
from heed.organisations.models import Organisation

SIZE = 20


@dataclass(frozen=True)
class Verdict:
    """What the papers say of a field. `should_be`: a day as 2026-05-31, a code, or "" for that there should be nothing;
    read only where the verdict is wrong."""

    verdict: str
    should_be: str = ""


def draw(
    *, organisation: Organisation, month: date, by: Actor, at: datetime, size: int = SIZE, seed: int | None = None
) -> Recheck:
    """Draw `size` of the cases closed in a month that is over, or all where there are fewer. seed: for drawing the same
    again; by default a new one. Refused where the month was drawn already, or nothing was closed in it."""
    if month.day != 1 or last_day(month) >= timezone.localdate(at):
        raise Refused("Only a month that is over can be re-checked.")
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        if queries.is_drawn(organisation.pk, month):
            raise Refused("The cases of this month are drawn already.")
        closed = CaseFact.objects.filter(organisation=organisation.code, closed_on__range=(month, last_day(month)))
        ids = sorted(int(case_id) for case_id in closed.values_list("case_id", flat=True))
        if not ids:
            raise Refused("No case was closed in this month, so there is nothing to check.")
        seed = secrets.randbelow(2**31) if seed is None else seed
        made = Recheck.objects.create(
            organisation=organisation, month=month, population=len(ids), seed=seed, drawn_at=at, drawn_by_id=by.staff_id
        )
        chosen = random.Random(seed).sample(ids, min(size, len(ids)))  # noqa: S311  a sample, no secret
        RecheckCase.objects.bulk_create(
            RecheckCase(recheck=made, number=number, case_id=case_id) for number, case_id in enumerate(chosen, 1)
        )
        detail = {"month": month.isoformat(), "cases": len(chosen), "population": len(ids), "seed": seed}
        _record("recheck_drawn", made, by, at, **detail)
    return made


def check(
    *, recheck_id: int, number: int, verdicts: Mapping[str, Verdict], version: int, by: Actor, at: datetime
) -> RecheckCase:
    """Keep what somebody who had no part in the case found in the papers, a verdict for each of `queries.FIELDS`.
    `version`: of the case whose record they looked at."""
    with transaction.atomic():
        row = RecheckCase.objects.select_for_update().filter(recheck_id=recheck_id, number=number).first()
        if row is None:
            raise Refused("This case is not part of the sample.")
        if row.checked_at:
            raise Refused("Somebody has checked this case already.")
        found = _waiting_for(by, row)
        if found.case.version != version:
            raise Stale("Somebody", "the case")
        answers = [_answer(found, one.field, one.value, verdicts.get(one.field)) for one in found.recorded]
        RecheckAnswer.objects.bulk_create(answers)
        row.checked_by_id, row.checked_at = by.member_id, at
        row.save(update_fields=["checked_by", "checked_at"])
        wrong = [answer.field for answer in answers if answer.verdict == "wrong"]
        _record("recheck_answered", row.recheck, by, at, number=number, wrong=wrong)
    return row


def _waiting_for(by: Actor, row: RecheckCase) -> queries.ToCheck:
    person = User.objects.get(pk=by.member_id)
    viewer = accounts.viewer(person, row.recheck.organisation)
    found = queries.to_check(viewer, row.recheck_id, row.number) if viewer else None
    if found is None:
        raise Refused("This has to be checked by somebody who may see the case and had no part in it.")
    return found


def _answer(found: queries.ToCheck, field: str, value: str, given: Verdict | None) -> RecheckAnswer:
    title = queries.FIELDS[field].lower()
    if given is None or given.verdict not in VERDICTS:
        raise Refused(f"Say whether this is right: {title}.", field)
    should_be = given.should_be if given.verdict == "wrong" else ""
    if given.verdict == "wrong":
        if should_be == value:
            raise Refused(
                f"That is what stands on record. Choose “Right”, or say what it should be: {title}.", f"{field}_should"
            )
        if should_be and not _is_known(found.case, field, should_be):
            raise Refused(f"Say what it should be: {title}.", f"{field}_should")
    return RecheckAnswer(of=found.of, field=field, recorded=value, verdict=given.verdict, should_be=should_be)


def _is_known(case: Case, field: str, value: str) -> bool:
    if field in queries.DAYS:
        try:
            date.fromisoformat(value)
        except ValueError:
            return False
        return True
    if field == "outcome":
        return value in queries.OUTCOMES
    return value in code_lists.load("risk" if field == "risk" else case.organisation.subject_list)


def _record(verb: str, of: Recheck, by: Actor, at: datetime, **detail: object) -> None:
    record(by=by, at=at, verb=verb, kind="recheck", object_id=of.pk, organisation=of.organisation.code, detail=detail)
