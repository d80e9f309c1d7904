"""Staff are told by e-mail that something waits for them: counts and a link, never words, a name or a case."""

from datetime import datetime

from django.conf import settings

from heed.accounts.models import User
from heed.audit.actor import system
from heed.care.models import CareThread
from heed.correspondence import actions as correspondence
from heed.correspondence.models import Message, Thread
from heed.organisations.models import Organisation


def tell(
    *, organisation: Organisation, person: User, letter: str, page: str, fields: dict[str, str], at: datetime
) -> Message | None:
    """Queue a letter to one of the staff, in the caller's transaction. `page` is the address below the staff pages that the
    letter's field `page` leads to. Heed itself is the one who writes: neither outbox nor audit trail tells who asked."""
    by = system("care", organisation.code)
    thread = _thread(organisation, person, at)
    link = f"{settings.PUBLIC_ADDRESS}/{organisation.code}/staff/{page}"
    return correspondence.notify(thread=thread, letter=letter, fields={**fields, "page": link}, by=by, at=at)


def _thread(organisation: Organisation, person: User, at: datetime) -> Thread:
    """Where the person is written to, at the address that they sign in with now."""
    by = system("care", organisation.code)
    kept = CareThread.objects.select_related("thread__correspondent").filter(organisation=organisation, person=person)
    found = kept.first()
    if found is None:
        reader = correspondence.add_correspondent(name=person.name, email=person.email, by=by, at=at)
        thread = correspondence.open_thread(organisation_id=organisation.pk, correspondent=reader, at=at)
        CareThread.objects.create(organisation=organisation, person=person, thread=thread)
        return thread
    if found.thread.correspondent.email != person.email:
        found.thread.correspondent = correspondence.update_correspondent(
            correspondent=found.thread.correspondent, email=person.email, by=by, at=at
        )
    return found.thread
