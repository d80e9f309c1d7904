"""Letters about a case as they will go, to be looked at before."""

from datetime import date, datetime

from heed.accounts import queries as accounts
from heed.cases.models import Case
from heed.correspondence import queries as correspondence


def acknowledgement_fields(case: Case) -> dict[str, str | date | None]:
    """What the letter of acknowledgement is told of a case."""
    handler = accounts.names([case.handler_id]).get(case.handler_id) if case.handler_id else None
    return {"handler": handler, "respond_by": case.respond_by}


def acknowledgement(case: Case, at: datetime) -> correspondence.Composed | None:
    """The e-mail that would acknowledge the case; None where the person cannot be told by e-mail."""
    thread = case.feedback.thread
    if thread is None or case.imported:
        return None
    fields = {"reference": case.reference, **acknowledgement_fields(case)}
    return correspondence.composed(thread=thread, letter="acknowledgement", fields=fields, at=at)
