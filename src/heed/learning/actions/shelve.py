"""Keep the library of what was learned in order: learn a thing again, say it better, and link it to what should change."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from heed.audit import actions as audit
from heed.audit.actor import Actor
from heed.audit.refusals import Refused, Stale
from heed.cases.models import Case
from heed.design.text import clean_text
from heed.feedback.models import Feedback
from heed.learning import entries, library
from heed.learning.actions import names
from heed.learning.actions.learn import Origin, check_names, write_factors
from heed.learning.actions.log import refuse_if_against, staff_id
from heed.learning.models import AnalysisCase, LearningPoint, PointLink, Recurrence
from heed.learning.queries import known
from heed.search import actions as search


@transaction.atomic
def learn_again(
    *,
    point_id: int,
    case_id: int | None = None,
    feedback_id: int | None = None,
    analysis_id: int | None = None,
    origin: Origin | None = None,
    by: Actor,
    at: datetime,
) -> LearningPoint:
    """Something else shows the same: a case, an item of feedback, all cases of an analysis, or what lies above or outside. One
    of the four. Said twice, it counts once. Raises Refused."""
    point = LearningPoint.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=point_id)
    where = _where(point, case_id, feedback_id, analysis_id, origin)
    refuse_if_against(by, _case_ids(case_id, analysis_id))
    sentence = clean_text(origin.sentence).strip() if origin else ""
    more = {"analysis_id": analysis_id, "by_id": staff_id(by), "at": at, "origin_sentence": sentence}
    made = [Recurrence.objects.get_or_create(point=point, **one, defaults=more)[1] for one in where]
    if any(made):
        audit.record(
            by=by, at=at, verb="learned_again", kind="learning_point", object_id=point.pk,
            organisation=point.organisation.code, detail={"count": sum(made)},
        )  # fmt: skip
    return point


def _where(
    point: LearningPoint, case_id: int | None, feedback_id: int | None, analysis_id: int | None, origin: Origin | None
) -> list[dict[str, object]]:
    """The columns of each recurrence; only of the same organisation, and not of where the point itself was learned."""
    if origin is not None:
        return [{"origin_kind": origin.kind, "origin_id": origin.id}]
    if feedback_id is not None:
        item = Feedback.objects.get(pk=feedback_id)
        _refuse_elsewhere(point, item.organisation_id)
        return [{"feedback_id": item.pk}]
    case_ids = _case_ids(case_id, analysis_id)
    own = set(point.case_ids)
    for organisation_id in set(Case.objects.filter(pk__in=case_ids).values_list("organisation_id", flat=True)):
        _refuse_elsewhere(point, organisation_id)
    if analysis_id is None and own & set(case_ids):
        raise Refused("It was learned from this case already.", "reference")
    return [{"case_id": one} for one in case_ids if one not in own]


def _case_ids(case_id: int | None, analysis_id: int | None) -> list[int]:
    if case_id is not None:
        return [case_id]
    if analysis_id is None:
        return []
    drawn_on = AnalysisCase.objects.filter(analysis_id=analysis_id).order_by("pk")
    return list(drawn_on.values_list("case_id", flat=True))


def _refuse_elsewhere(point: LearningPoint, organisation_id: int) -> None:
    if organisation_id != point.organisation_id:
        raise Refused("That is of another organisation.")


@contextmanager
def _changing(point_id: int, by: Actor, version: int) -> Iterator[LearningPoint]:
    point = LearningPoint.objects.select_for_update(of=("self",)).select_related("organisation", "by").get(pk=point_id)
    if point.version != version:
        raise Stale("Somebody", "what was learned was said in other words")
    refuse_if_against(by, point.case_ids)
    yield point
    point.version += 1
    point.save()
    search.index(**entries.entry(point))


@transaction.atomic
def reword(
    *,
    point_id: int,
    text: str,
    level: str,
    factors: Sequence[str] = (),
    names_nobody: bool = False,
    by: Actor,
    at: datetime,
    version: int,
) -> LearningPoint:
    """Say better what was learned, for whom, and which factors made it likely. It is checked for names as if it were new, so
    that what was kept to a few can be read by all. Raises Refused, Questioned or Stale."""
    text = clean_text(text).strip()
    if refusal := library.why_not_learn(text=text, level=level):
        raise Refused(*refusal)
    with _changing(point_id, by, version) as point:
        if level == "person" and not point.case_id:
            raise Refused("It comes of no single person. Choose the service, or the organisation.", "level")
        feedback_ids = [point.feedback_id] if point.feedback_id else []
        check_names(
            point.organisation_id, text, level, case_ids=point.case_ids, feedback_ids=feedback_ids,
            names_nobody=names_nobody,
        )  # fmt: skip
        point.text, point.level, point.is_shared = text, level, level != "person"
        point.factors.all().delete()
        write_factors(point, factors)
    _record("learning_reworded", point, by, at)
    return point


@transaction.atomic
def link_point(
    *,
    point_id: int,
    kind: str,
    name: str,
    change: str,
    reference: str = "",
    names_nobody: bool = False,
    by: Actor,
    at: datetime,
    version: int,
) -> PointLink:
    """Link it to a risk in the register, a policy, a contract or training, and say what should change there (R168, R171)."""
    texts = {"name": clean_text(name).strip(), "change": clean_text(change).strip()}
    if refusal := library.why_not_link(kind=kind, **texts):
        raise Refused(*refusal)
    with _changing(point_id, by, version) as point:
        people = known.public_of(point.case_ids, [point.feedback_id] if point.feedback_id else [])
        staff = names.staff_of(point.organisation_id, point.case_ids)
        names.check_shared(texts, people=people, staff=staff, names_nobody=names_nobody)
        link = PointLink.objects.create(
            point=point, kind=kind, reference=clean_text(reference).strip()[:80], by_id=staff_id(by), at=at, **texts
        )
    _record("learning_linked", point, by, at)
    return link


@transaction.atomic
def unlink_point(*, link_id: int, by: Actor, at: datetime, version: int) -> LearningPoint:
    """The link was a mistake, or what should change has changed and stands elsewhere."""
    link = PointLink.objects.get(pk=link_id)
    with _changing(link.point_id, by, version) as point:
        link.delete()
    _record("learning_unlinked", point, by, at)
    return point


def _record(verb: str, point: LearningPoint, by: Actor, at: datetime) -> None:
    audit.record(
        by=by, at=at, verb=verb, kind="learning_point", object_id=point.pk, organisation=point.organisation.code
    )
