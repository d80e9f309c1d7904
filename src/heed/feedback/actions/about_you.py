"""Somebody says who they are, or takes it back. Nothing is written to any log or trail: that somebody answered, and when,
is theirs alone (R256)."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from heed.audit.actor import Actor
from heed.audit.refusals import Refused
from heed.feedback.about_you import keyed
from heed.feedback.models import AboutYouAnswer, Feedback
from heed.feedback.rules import PREFER_NOT_TO_SAY
from heed.organisations import queries as organisations
from heed.organisations.models import Organisation

# Enough for the figures of a year, which are made three months after it, with as much again for a year begun late.
MONTHS_KEPT = 27


def tell(*, feedback_id: int, answers: Mapping[str, str], by: Actor, at: datetime) -> None:
    """Keep answers by the key of their question, instead of what was said before. "" leaves a question as it was;
    PREFER_NOT_TO_SAY keeps nothing of it. Raises Refused for anybody but the person, and for what is not asked."""
    organisation = _own(feedback_id, by)
    asked = {question.key: question for question in organisations.questions_asked(organisation.pk, at.date())}
    told = {key: answer for key, answer in answers.items() if answer}
    for key, answer in told.items():
        if key not in asked or (answer != PREFER_NOT_TO_SAY and answer not in asked[key]):
            raise Refused("This is not asked any more. Open the page again.")
    who = keyed(feedback_id)
    with transaction.atomic():
        AboutYouAnswer.objects.filter(who=who, question__in=told).delete()
        AboutYouAnswer.objects.bulk_create(
            [
                AboutYouAnswer(
                    organisation=organisation.code, who=who, question=key, answer=answer, told_in=f"{at:%Y-%m}"
                )
                for key, answer in told.items()
                if answer != PREFER_NOT_TO_SAY
            ],
            update_conflicts=True,  # the same page sent twice at the same moment
            unique_fields=["who", "question"],
            update_fields=["answer", "told_in"],
        )


def take_back(*, feedback_id: int, by: Actor) -> None:
    """The person wants nothing of it kept. Raises Refused for anybody else."""
    _own(feedback_id, by)
    erase(feedback_ids=[feedback_id])


def erase(*, feedback_ids: Iterable[int]) -> None:
    """Nothing is left of what was said with these items: part of erasing a person."""
    AboutYouAnswer.objects.filter(who__in=[keyed(of) for of in feedback_ids]).delete()


def forget_old(*, at: datetime) -> int:
    """Answers that were counted long ago go. Returns how many went."""
    return AboutYouAnswer.objects.filter(told_in__lt=first_month_kept(at)).delete()[0]


def first_month_kept(at: datetime) -> str:
    """What was said before this month is kept no longer: "2024-08"."""
    years, months = divmod(at.year * 12 + at.month - 1 - MONTHS_KEPT, 12)
    return f"{years:04}-{months + 1:02}"


def _own(feedback_id: int, by: Actor) -> Organisation:
    if by.kind != "public" or by.id != str(feedback_id):
        raise Refused("Only the person themselves can answer this.")
    return Feedback.objects.select_related("organisation").get(pk=feedback_id).organisation
