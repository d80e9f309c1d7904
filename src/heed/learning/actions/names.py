"""Who might be named in what is written of learning, and the check of a text against them."""

from collections.abc import Collection, Iterable

from heed.accounts import queries as accounts
from heed.audit.refusals import Refused
from heed.learning import accountability, naming
from heed.learning.queries import known


def staff_of(organisation_id: int, case_ids: Collection[int] = ()) -> list[str]:
    """Names of everybody who works in the organisation, and of those complained about in the cases."""
    names = accounts.members(organisation_id).values_list("name", flat=True)
    return [*names, *known.complained_about(case_ids)]


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
