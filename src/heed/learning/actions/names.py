"""Who might be named in what is written of learning, and the check of a text against them."""

from collections.abc import Collection, Iterable

from heed.accounts import queries as accounts
from heed.audit.refusals import Refused
from heed.cases.models import Case, ComplainedAbout
from heed.feedback.models import Feedback
from heed.learning import accountability, naming


def staff_of(organisation_id: int, case_ids: Collection[int] = ()) -> list[str]:
    """Names of everybody who works in the organisation, and of those complained about in the cases."""
    names = list(accounts.members(organisation_id).values_list("name", flat=True))
    against = ComplainedAbout.objects.filter(case_id__in=case_ids).exclude(name="")
    return [*names, *against.values_list("name", flat=True)]


def public_of(case_ids: Collection[int] = (), feedback_ids: Collection[int] = ()) -> list[str]:
    """Names of the people behind the cases and the items of feedback."""
    ids = [*feedback_ids, *Case.objects.filter(pk__in=case_ids).values_list("feedback_id", flat=True)]
    behind = ("complainant", "person_affected", "representative")
    columns = [column for who in behind for column in (f"{who}__name", f"{who}__correspondent__address_as")]
    rows = Feedback.objects.filter(pk__in=ids).values_list(*columns)
    return [name for row in rows for name in row if name]


def check_shared(texts: dict[str, str], *, people: Iterable[str], staff: Iterable[str], names_nobody: bool) -> None:
    """What the whole organisation reads names nobody. Raises Refused for a name, number or address, and Questioned for what
    may let somebody be recognised, with the field; `names_nobody`: that was asked and answered."""
    people, staff = list(people), list(staff)
    for field, text in texts.items():
        if refusal := naming.why_not_publish(text, people, staff):
            raise Refused(refusal.replace("this page is public", "the whole organisation can read this"), field)
    accountability.ask(texts, staff, names_nobody=names_nobody)
    for field, text in texts.items():
        if not names_nobody and (sentence := naming.question(text)):
            raise accountability.Questioned(sentence, field)
