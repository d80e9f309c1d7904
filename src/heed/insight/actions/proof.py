"""Ask whether an action worked, and keep the answer with all that it rests on. Nothing that was answered is written again."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from heed.audit import actions as audit
from heed.audit.actor import Actor
from heed.audit.refusals import Refused
from heed.design import words
from heed.insight.models import Verdict
from heed.insight.proof import judging, wording
from heed.insight.proof.evidence import METHOD, Found, plain
from heed.insight.queries.proof import dated, gathered
from heed.learning.models import Action, Aim
from heed.learning.queries import aims
from heed.statistics.impact import EARLY, FALL, RISE, UNCLEAR

CODES = {FALL: "fall", UNCLEAR: "unclear", RISE: "rise", EARLY: "early"}
NO_AIM = "Nobody has said yet what this action should change, so there is nothing to ask."
AT_ONCE = 50  # answers of one run of the worker


def ask(*, action_id: int, by: Actor, at: datetime) -> Verdict:
    """Work out whether the action worked from the figures of this moment, and keep that as its latest answer.

    Raises Refused with a sentence where there is nothing to ask, or where the latest answer would only be said again."""
    with transaction.atomic():
        action = Action.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=action_id)
        aim = Aim.objects.filter(action=action).first()
        if aim is None:
            raise Refused(NO_AIM)
        aim.action = action
        inputs, measure, as_of = gathered(aim, at=at)
        found = judging.judge(inputs)
        kept, before = plain(inputs), latest(action_id)
        if before and before.inputs == kept and before.method == METHOD:
            raise Refused(f"Nothing has changed since {words.day(before.asked_at)}, so the answer is the same.")
        verdict = Verdict.objects.create(
            action=action, number=before.number + 1 if before else 1, verdict=_code(found), reading=found.reading,
            sentence=wording.sentence(inputs, found), measure=measure.key, measure_version=measure.version,
            service=aim.service, subject=aim.subject, method=METHOD, software=settings.VERSION, inputs=kept,
            found=plain(found), again_on=found.again_on, computed_at=as_of, asked_by_id=by.staff_id, asked_at=at,
        )  # fmt: skip
        audit.record(
            by=by, at=at, verb="did_it_work_asked", kind="action", object_id=action_id,
            organisation=action.organisation.code, detail={"number": verdict.number, "verdict": verdict.verdict},
        )  # fmt: skip
    return verdict


def latest(action_id: int) -> Verdict | None:
    return Verdict.objects.filter(action_id=action_id).order_by("-number").first()


def _code(found: Found) -> str:
    return "never" if found.reading == judging.NEVER else CODES[found.outcome.verdict]


def answer_due(*, organisation_id: int, by: Actor, at: datetime) -> int:
    """Answer, once, for the organisation's completed actions after which enough months are over and that nobody has asked
    since; returns how many were answered. Later answers are for somebody to ask for."""
    today = timezone.localdate(at)
    answered = set(
        Verdict.objects.filter(action__organisation_id=organisation_id)
        .exclude(verdict="early")
        .values_list("action_id", flat=True)
    )
    due = [
        aim for aim in aims.of_completed(organisation_id, today).exclude(action__in=answered).order_by("action_id")
        if dated(aim).enough_on <= today
    ]  # fmt: skip
    return sum(_answered(aim.action_id, by, at) for aim in due[:AT_ONCE])


def _answered(action_id: int, by: Actor, at: datetime) -> bool:
    try:
        ask(action_id=action_id, by=by, at=at)
    except Refused:
        return False
    return True
