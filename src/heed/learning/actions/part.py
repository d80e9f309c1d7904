"""Keep the part that the person takes: how they wish to hear of the changes, what they agreed to, what they think of it."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from heed.audit import actions as audit
from heed.audit.actor import Actor
from heed.audit.refusals import Refused
from heed.cases.models import Case
from heed.design.text import clean_text
from heed.learning import involvement
from heed.learning.actions.log import refuse_if_against
from heed.learning.models import Informing, Part, Satisfaction

LONGEST = 5000


@transaction.atomic
def choose_part(
    *, case_id: int, wish: str, options: Collection[str], how: str, by: Actor, at: datetime
) -> tuple[Informing, list[Part]]:
    """Keep how the person wishes to be kept informed (a key of INFORM) and all that they agree to take part in (codes of the
    list involvement): what is not named any more is withdrawn, with the day and how they said so. Consent that was given
    before keeps its day. `how`: a key of HOW.

    Raises Refused with a sentence and the field that it concerns."""
    case = Case.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=case_id)
    refuse_if_against(by, [case_id])
    _refuse(wish, options, how)
    informing, _ = Informing.objects.update_or_create(
        case=case, defaults={"wish": wish, "how": how, "at": at, "by_kind": by.kind, "by_id": by.id}
    )
    agreed = {part.option: part for part in Part.objects.filter(case=case, withdrawn_at=None)}
    for option, part in agreed.items():
        if option not in options:
            part.withdrawn_at, part.withdrawn_how = at, how
            part.save(update_fields=["withdrawn_at", "withdrawn_how"])
    for option in sorted(set(options) - set(agreed)):
        Part.objects.create(case=case, option=option, agreed_at=at, how=how, by_kind=by.kind, by_id=by.id)
    audit.record(
        by=by, at=at, verb="part_chosen", kind="case", object_id=case.pk, organisation=case.organisation.code,
        detail={"wish": wish, "agreed": sorted(options), "withdrawn": sorted(set(agreed) - set(options)), "how": how},
    )  # fmt: skip
    return informing, list(Part.objects.filter(case=case, withdrawn_at=None))


def _refuse(wish: str, options: Collection[str], how: str) -> None:
    if wish not in involvement.INFORM:
        raise Refused("Choose how you would like to hear of it.", "wish")
    if not set(options) <= involvement.options().keys():
        raise Refused("Choose from what is offered.", "options")
    if how not in involvement.HOW:
        raise Refused("Say how they told us.", "how")


@transaction.atomic
def say_satisfied(*, case_id: int, answer: str, words: str = "", how: str, by: Actor, at: datetime) -> Satisfaction:
    """Keep what the person says of whether it can happen again to somebody else (R165). Asked again, the latest counts; what
    was said before stays. Their words are kept apart and can be erased.

    Raises Refused with a sentence and the field that it concerns."""
    case = Case.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=case_id)
    refuse_if_against(by, [case_id])
    if answer not in involvement.SATISFIED:
        raise Refused("Choose one of the answers.", "answer")
    if how not in involvement.HOW:
        raise Refused("Say how they told us.", "how")
    if len(words) > LONGEST:
        raise Refused(f"Say it in {LONGEST:,} characters or fewer.", "words")
    said = clean_text(words).strip()
    last = Satisfaction.objects.filter(case=case).first()
    if last and (last.answer, last.words) == (answer, said):
        return last
    made = Satisfaction.objects.create(case=case, answer=answer, words=said, how=how, at=at)
    audit.record(
        by=by, at=at, verb="satisfaction_said", kind="case", object_id=case.pk, organisation=case.organisation.code,
        detail={"satisfaction": made.pk, "answer": answer},
    )  # fmt: skip
    return made
