"""Learn how an organisation codes, and remember what was suggested."""

import hashlib
from datetime import datetime

from django.db import transaction

from heed.audit.actions import record
from heed.audit.actor import Actor
from heed.audit.refusals import Refused
from heed.cases.models import Case
from heed.insight.models import SubjectModel, Suggestion
from heed.insight.queries.coded import CodedText, coded_texts
from heed.insight.queries.suggesting import ENOUGH, suggest
from heed.insight.themes.learn import CouldNotLearn, learn_apart
from heed.organisations.models import Organisation

KEPT = 2  # models that can still suggest: the one in use, and the one before it while pages of it are open


def learn_subjects(*, organisation: Organisation, by: Actor, at: datetime) -> SubjectModel:
    """Learn from all that the organisation coded. Refused where that is too little, or nothing was coded since. Takes a
    minute or so, in a process of its own, and no transaction is open meanwhile."""
    texts = coded_texts(organisation)
    complaints = len({text.case_id for text in texts})
    if complaints < ENOUGH:
        raise Refused(f"Only {complaints} complaints are coded. Heed learns from {ENOUGH} on.")
    newest = _newest(texts)
    last = SubjectModel.objects.filter(organisation=organisation).first()
    if last and (last.newest, last.subject_list) == (newest, organisation.subject_list):
        raise Refused("Nothing was coded since Heed last learned.")
    labels = sorted({subject for text in texts for subject in text.subjects})
    if len(labels) < 2:
        raise Refused("All complaints are coded alike, so there is nothing to tell apart.")
    try:
        measured, content = learn_apart({"labels": labels, "texts": [text.as_json() for text in texts]})
    except CouldNotLearn as reason:
        raise Refused(f"Heed could not learn: {reason}") from None
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        last = SubjectModel.objects.filter(organisation=organisation).first()
        made = SubjectModel.objects.create(
            organisation=organisation, number=last.number + 1 if last else 1, subject_list=organisation.subject_list,
            learned_at=at, complaints=complaints, texts=len(texts), newest=newest, measured=measured, content=content,
        )  # fmt: skip
        old = SubjectModel.objects.filter(organisation=organisation, number__lte=made.number - KEPT)
        old.update(content=None)
        record(
            by=by, at=at, verb="subjects_learned", kind="subject_model", object_id=str(made.pk),
            organisation=organisation.code, detail={"complaints": complaints},
        )  # fmt: skip
    return made


def _newest(texts: list[CodedText]) -> str:
    """What tells one state of the coding from another, without any of the words."""
    told = "\n".join(f"{text.case_id} {' '.join(text.subjects)}" for text in texts)
    return hashlib.sha256(told.encode()).hexdigest()


def keep_suggestion(*, case: Case, version: int, at: datetime) -> None:
    """Remember what was suggested for the words of a case when it was first coded, to hold it beside what people chose.
    `version` is that of the page; if Heed has learned since, what was shown is no longer known and nothing is kept."""
    suggested = suggest(case.organisation, case.feedback.narrative.text)
    if suggested.version != version or not suggested.offers:
        return
    offered = [[offer.code, offer.probability] for offer in suggested.offers]
    Suggestion.objects.get_or_create(
        case_id=str(case.pk), version=version,
        defaults={"organisation": case.organisation, "offered": offered, "made_at": at},
    )  # fmt: skip
