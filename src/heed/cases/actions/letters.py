"""What the letters about a case are told: never the words of the complaint."""

from datetime import date, datetime

from heed.audit.actor import Actor
from heed.cases.models import Case
from heed.correspondence import actions as correspondence


def tell(case: Case, letter: str, *, by: Actor, at: datetime, **fields: str | date | None) -> None:
    """Queue the named letter to whoever the case is with, if they can be reached by e-mail. Imported old cases and
    people who gave no address get none."""
    thread = case.feedback.thread
    if thread is None or case.imported:
        return
    given = {name: value for name, value in fields.items() if value}
    correspondence.notify(thread=thread, letter=letter, fields={"reference": case.reference, **given}, by=by, at=at)
