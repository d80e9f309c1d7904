"""Staff are told by e-mail that something waits for them: counts and a link, never words, a name or a case."""

from datetime import datetime

from django.conf import settings

from heed.accounts.models import User
from heed.audit.actor import system
from heed.care.models import CareThread
from heed.correspondence import actions as correspondence
from heed.correspondence.models import Message
from heed.organisations.models import Organisation


def tell(
    *, organisation: Organisation, person: User, letter: str, page: str, fields: dict[str, str], at: datetime
) -> Message | None:
    """Queue a letter to one of the staff, in the caller's transaction. `page` is the address below the staff pages that the
    letter's field `page` leads to. Heed itself is the one who writes: neither outbox nor audit trail tells who asked."""
    by = system("care", organisation.code)
    thread = correspondence.staff_thread(
        CareThread.objects.all(), organisation=organisation, person=person, by=by, at=at
    )
    link = f"{settings.PUBLIC_ADDRESS}/{organisation.code}/staff/{page}"
    return correspondence.notify(thread=thread, letter=letter, fields={**fields, "page": link}, by=by, at=at)
