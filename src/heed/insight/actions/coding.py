"""Blind coding: start a round, code a text, end a round. No case is changed by any of it (R193, R194)."""

import random
import secrets
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from heed.accounts import queries as accounts
from heed.accounts.models import User
from heed.accounts.permissions import Permission, Viewer
from heed.audit.actions import record
from heed.audit.actor import Actor
from heed.audit.refusals import Refused
from heed.cases import lifecycle
from heed.cases.models import Case
from heed.insight.models import Coding, CodingRound, CodingText
from heed.insight.models.coding import CANNOT_TELL
from heed.insight.queries.coding import SEES_TEXTS
from heed.organisations import code_lists
from heed.organisations.models import Organisation

MOST = 200  # texts a round: more than a week's reading for anybody
STATES = {"closed": ("closed",), "open": lifecycle.OPEN, "both": tuple(lifecycle.STATUSES)}


def start_round(
    *, organisation: Organisation, first_id: int, second_id: int, texts: int, which: str, since: date, by: Actor,
    at: datetime, seed: int | None = None,
) -> CodingRound:  # fmt: skip
    """Draw `texts` at random, or all where there are fewer, from the cases received since a day that all three may see and
    whose words are still there. which: closed, open or both. seed: for drawing the same again; by default a new one."""
    if first_id == second_id:
        raise Refused("Choose two different people.", "second")
    if not 1 <= texts <= MOST:
        raise Refused(f"Choose between 1 and {MOST} texts.", "texts")
    coders = [_viewer(first_id, organisation, "first"), _viewer(second_id, organisation, "second")]
    starter = _viewer(by.member_id, organisation, None)
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        ids = _drawn_from([starter, *coders], which, since)
        if not ids:
            raise Refused(
                "There is no case with words that you and both of them may see. Choose others, or an earlier day."
            )
        seed = secrets.randbelow(2**31) if seed is None else seed
        made = CodingRound.objects.create(
            organisation=organisation, number=CodingRound.objects.filter(organisation=organisation).count() + 1,
            which=which, since=since, asked=texts, population=len(ids), seed=seed, first_id=first_id,
            second_id=second_id, started_by_id=by.member_id, started_at=at,
        )  # fmt: skip
        chosen = random.Random(seed).sample(ids, min(texts, len(ids)))  # noqa: S311  a sample, no secret
        CodingText.objects.bulk_create(
            CodingText(round=made, number=number, case_id=case_id) for number, case_id in enumerate(chosen, 1)
        )
        detail = {"texts": len(chosen), "population": len(ids), "seed": seed}
        _record("coding_round_started", made, by, at, detail)
    return made


def _viewer(person_id: int, organisation: Organisation, field: str | None) -> Viewer:
    person = User.objects.filter(pk=person_id).first()
    viewer = accounts.viewer(person, organisation) if person else None
    if viewer is None or not viewer.may(Permission.SEE_INSIGHT) or not any(map(viewer.may, SEES_TEXTS)):
        raise Refused("Choose somebody who sees cases and figures here.", field)
    return viewer


def _drawn_from(viewers: list[Viewer], which: str, since: date) -> list[int]:
    """Ids of the cases that all may see, in their order."""
    cases: QuerySet[Case] = Case.objects.filter(status__in=STATES[which], received_at__date__gte=since)
    for viewer in viewers:
        cases = cases.filter(pk__in=Case.objects.visible_to(viewer).order_by().values("pk"))
    return list(cases.exclude(feedback__narrative__text="").order_by("pk").values_list("pk", flat=True))


def code_text(*, round_id: int, number: int, risk: str, subject: str, by: Actor, at: datetime) -> CodingRound:
    """Keep what one of the two makes of a text: codes, or CANNOT_TELL. It may be changed until the round has ended, which
    it does by itself when both have coded everything."""
    with transaction.atomic():
        of = CodingRound.objects.select_for_update().select_related("organisation").get(pk=round_id)
        _refuse_what_cannot_be(of, risk, subject, by)
        text = of.texts.filter(number=number).first()
        if text is None:
            raise Refused("This text is not part of the round.")
        Coding.objects.update_or_create(
            text=text, by_id=by.member_id, defaults={"risk": risk, "subject": subject, "at": at}
        )
        if Coding.objects.filter(text__round=of).count() == 2 * of.texts.count():
            _end(of, by, at)
    return of


def _refuse_what_cannot_be(of: CodingRound, risk: str, subject: str, by: Actor) -> None:
    if by.member_id not in (of.first_id, of.second_id):
        raise Refused("Only the two people who were asked can code these texts.")
    if of.ended_at:
        raise Refused("The round has ended, so what was coded stays as it is.")
    if risk != CANNOT_TELL and risk not in code_lists.load("risk"):
        raise Refused("Choose a risk, or that you cannot tell.", "risk")
    if subject != CANNOT_TELL and subject not in code_lists.load(of.organisation.subject_list):
        raise Refused("Choose a subject, or that you cannot tell.", "subject")


def end_round(*, round_id: int, by: Actor, at: datetime) -> CodingRound:
    """End a round before both have coded everything. What both have coded is compared; the rest is left out."""
    with transaction.atomic():
        of = CodingRound.objects.select_for_update().get(pk=round_id)
        if of.ended_at:
            raise Refused("The round has ended already.")
        _end(of, by, at)
    return of


def _end(of: CodingRound, by: Actor, at: datetime) -> None:
    of.ended_at = at
    of.save(update_fields=["ended_at"])
    _record("coding_round_ended", of, by, at, {})


def _record(verb: str, of: CodingRound, by: Actor, at: datetime, detail: dict[str, int]) -> None:
    record(
        by=by, at=at, verb=verb, kind="coding_round", object_id=of.pk, organisation=of.organisation.code, detail=detail
    )
