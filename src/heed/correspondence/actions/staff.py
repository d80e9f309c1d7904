"""Where Heed writes to one of the staff: a thread for each purpose, so that one says nothing of the others."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from heed.accounts.models import User
from heed.audit.actor import Actor
from heed.correspondence.actions.correspondents import add_correspondent, update_correspondent
from heed.correspondence.actions.messages import open_thread
from heed.correspondence.models import Thread
from heed.organisations.models import Organisation


def staff_thread(
    threads: QuerySet[Any], *, organisation: Organisation, person: User, by: Actor, at: datetime
) -> Thread:
    """The thread of one of the staff, at the address that they sign in with now; opened with the first letter.

    `threads`: the table of one purpose, with the columns organisation, person and thread, a row for each pair."""
    kept = threads.select_related("thread__correspondent").filter(organisation=organisation, person=person).first()
    if kept is None:
        reader = add_correspondent(name=person.name, email=person.email, by=by, at=at)
        thread = open_thread(organisation_id=organisation.pk, correspondent=reader, at=at)
        threads.create(organisation=organisation, person=person, thread=thread)
        return thread
    found: Thread = kept.thread
    if found.correspondent.email != person.email:
        found.correspondent = update_correspondent(correspondent=found.correspondent, email=person.email, by=by, at=at)
    return found
