"""Record what was learned: from a case, an item of feedback, an analysis, or what lies above or outside (R148, R166, R167,
R170, R172)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from heed.audit import actions as audit
from heed.audit.actor import Actor
from heed.audit.refusals import Refused
from heed.cases.models import Case, Issue
from heed.design.text import clean_text
from heed.feedback.models import Feedback
from heed.learning import accountability, entries, library
from heed.learning.actions import names
from heed.learning.actions.log import refuse_if_against, staff_id
from heed.learning.models import Analysis, LearningPoint, PointFactor
from heed.learning.queries import known
from heed.organisations import code_lists
from heed.organisations import queries as organisations
from heed.organisations.models import Organisation, Service
from heed.search import actions as search


@dataclass(frozen=True)
class Origin:
    """What something was learned from where that is not one case: the kind of it, its id there, and what it said."""

    kind: str
    id: str
    sentence: str


@dataclass(frozen=True)
class Lesson:
    """What is said of a learning point, wherever it comes from. `factors`: codes of what made it likely; `taken_from_id`: the
    point that was its beginning; `names_nobody`: whoever writes it was asked about a name, and says that it is none."""

    text: str
    level: str
    factors: Sequence[str] = ()
    taken_from_id: int | None = None
    names_nobody: bool = False


@dataclass(frozen=True)
class _Found:
    """Where a lesson comes from, as columns, with who may not be named in it."""

    organisation: Organisation
    source: str
    columns: dict[str, Any]
    service: Service | None
    subject: str = ""
    sentence: str = ""
    case_ids: Sequence[int] = ()
    feedback_ids: Sequence[int] = ()
    noted_on: tuple[str, Any] = field(default=("", ""))


@transaction.atomic
def record_learning(
    *,
    case_id: int,
    text: str,
    level: str,
    issue_id: int | None = None,
    service_id: int | None = None,
    source: str = "complaint",
    decision: str = "",
    factors: Sequence[str] = (),
    taken_from_id: int | None = None,
    names_nobody: bool = False,
    by: Actor,
    at: datetime,
) -> LearningPoint:
    """Keep one thing that a case taught. `service_id` None: the case's own service. `source`: what it was about, how it was
    handled, or what the Ombudsman decided, which `decision` names. A closed case teaches too. The same words of the same
    person, sent twice, are kept once.

    Raises Refused with a sentence and the field that it concerns, Questioned where something may be a name."""
    # Locked, so that a double click finds what the first one wrote.
    cases = Case.objects.select_for_update(of=("self",)).select_related("organisation", "service", "feedback")
    case = cases.get(pk=case_id)
    refuse_if_against(by, [case_id])
    if refusal := library.why_not_from_case(source=source, decision=decision):
        raise Refused(*refusal)
    issue = Issue.objects.filter(case=case, pk=issue_id, removed_at=None).first() if issue_id else None
    if issue_id and issue is None:
        raise Refused("Choose one of the issues of this case.", "issue_id")
    own = case.service
    service = (
        own if service_id is None or (own and own.pk == service_id) else _service(case.organisation_id, service_id)
    )
    found = _Found(
        case.organisation, source, {"case": case, "issue": issue}, service,
        subject=issue.subject if issue else _subject(case), case_ids=[case.pk], noted_on=("case", case.pk),
        sentence=clean_text(decision).strip() if source == "ombudsman" else "",
    )  # fmt: skip
    return _keep(found, Lesson(text, level, factors, taken_from_id, names_nobody), by, at)


@transaction.atomic
def learn_from(
    *,
    organisation_id: int,
    origin: Origin,
    text: str,
    level: str,
    service_id: int | None = None,
    factors: Sequence[str] = (),
    taken_from_id: int | None = None,
    names_nobody: bool = False,
    by: Actor,
    at: datetime,
) -> LearningPoint:
    """Keep one thing that was learned from what many cases say together, such as an early warning, or from outside, such as a
    decision of the Ombudsman. `service_id` None: not of one service. The same words of the same person, sent twice, are kept
    once.

    Raises Refused with a sentence and the field that it concerns, Questioned where something may be a name."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation_id)
    if not origin.sentence.strip():
        raise Refused("Say what it was learned from.", "origin_sentence")
    if level == "person":
        raise Refused("It comes of no single person. Choose the service, or the organisation.", "level")
    found = _Found(
        organisation, origin.kind, {"origin_kind": origin.kind, "origin_id": origin.id},
        _service(organisation.pk, service_id) if service_id else None, sentence=clean_text(origin.sentence).strip(),
        noted_on=(origin.kind, origin.id),
    )  # fmt: skip
    return _keep(found, Lesson(text, level, factors, taken_from_id, names_nobody), by, at)


@transaction.atomic
def learn_from_feedback(
    *,
    feedback_id: int,
    text: str,
    level: str,
    factors: Sequence[str] = (),
    taken_from_id: int | None = None,
    names_nobody: bool = False,
    by: Actor,
    at: datetime,
) -> LearningPoint:
    """Keep one thing that a comment or a compliment taught: what goes well is learned from too (R167)."""
    item = (
        Feedback.objects.select_for_update(of=("self",)).select_related("organisation", "service").get(pk=feedback_id)
    )
    source = item.kind if item.kind in library.SOURCES else "complaint"
    found = _Found(
        item.organisation, source, {"feedback": item}, item.service, subject=item.subject, feedback_ids=[item.pk],
        noted_on=("feedback", item.pk),
    )  # fmt: skip
    return _keep(found, Lesson(text, level, factors, taken_from_id, names_nobody), by, at)


@transaction.atomic
def learn_from_analysis(
    *,
    analysis_id: int,
    text: str,
    level: str,
    factors: Sequence[str] = (),
    taken_from_id: int | None = None,
    names_nobody: bool = False,
    by: Actor,
    at: datetime,
) -> LearningPoint:
    """Keep one thing that an analysis taught, with the factors that made it likely. Of an analysis of one case, it is learned
    from that case too, so that the person behind it is told what comes of it."""
    analysis = (
        Analysis.objects.select_for_update(of=("self",)).select_related("organisation", "service").get(pk=analysis_id)
    )
    case_ids = list(analysis.drawn_on.order_by("pk").values_list("case_id", flat=True))
    refuse_if_against(by, case_ids)
    of_one = Case.objects.select_related("feedback").get(pk=case_ids[0]) if len(case_ids) == 1 else None
    if of_one is None and level == "person":
        raise Refused("The analysis draws on several people’s cases. Choose the service, or the organisation.", "level")
    found = _Found(
        analysis.organisation, "analysis", {"analysis": analysis, "case": of_one}, analysis.service,
        subject=_subject(of_one) if of_one else "", case_ids=case_ids, noted_on=("analysis", analysis.pk),
    )  # fmt: skip
    return _keep(found, Lesson(text, level, factors, taken_from_id, names_nobody), by, at)


def _keep(found: _Found, lesson: Lesson, by: Actor, at: datetime) -> LearningPoint:
    text = clean_text(lesson.text).strip()
    if refusal := library.why_not_learn(text=text, level=lesson.level):
        raise Refused(*refusal)
    check_names(
        found.organisation.pk, text, lesson.level, case_ids=found.case_ids, feedback_ids=found.feedback_ids,
        names_nobody=lesson.names_nobody,
    )  # fmt: skip
    point, is_new = LearningPoint.objects.get_or_create(
        organisation=found.organisation, service=found.service, text=text, level=lesson.level, by_id=staff_id(by),
        source=found.source, **found.columns,
        defaults={
            "at": at, "origin_sentence": found.sentence, "subject": found.subject, "is_shared": lesson.level != "person",
            "taken_from": _taken_from(found.organisation, lesson.taken_from_id),
        },
    )  # fmt: skip
    if is_new:
        write_factors(point, lesson.factors)
        search.index(**entries.entry(point))
        kind, object_id = found.noted_on
        audit.record(
            by=by, at=at, verb="learning_recorded", kind=kind, object_id=object_id, organisation=found.organisation.code,
            detail={"learning_point": point.pk},
        )  # fmt: skip
    return point


def check_names(
    organisation_id: int, text: str, level: str, *, case_ids: Sequence[int], feedback_ids: Sequence[int],
    names_nobody: bool,
) -> None:  # fmt: skip
    """What the whole organisation will read names nobody; what is for one person names nobody who works here."""
    staff = names.staff_of(organisation_id, case_ids)
    if level == "person":
        accountability.ask({"text": text}, staff, names_nobody=names_nobody)
        return
    people = known.public_of(case_ids, feedback_ids)
    names.check_shared({"text": text}, people=people, staff=staff, names_nobody=names_nobody)


def write_factors(point: LearningPoint, factors: Iterable[str]) -> None:
    """The groups of factors that made it likely; an unknown one is passed over."""
    known = code_lists.load("factors")
    wanted = [code for code in dict.fromkeys(factors) if code in known]
    PointFactor.objects.bulk_create([PointFactor(point=point, factor=code) for code in wanted])


def _service(organisation_id: int, service_id: int) -> Service:
    service = organisations.services(organisation_id).filter(pk=service_id).first()
    if service is None:
        raise Refused("Choose one of the organisation’s services.", "service_id")
    return service


def _subject(case: Case) -> str:
    first = case.issues.filter(removed_at=None).order_by("number").first()
    return first.subject if first else case.feedback.subject


def _taken_from(organisation: Organisation, point_id: int | None) -> LearningPoint | None:
    return LearningPoint.objects.filter(organisation=organisation, pk=point_id).first() if point_id else None
