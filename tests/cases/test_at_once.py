"""Two at the same moment: nothing is lost, nothing doubled, and each gets a clear answer, on both databases."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from tests import factories

from heed.cases.actions import talk
from heed.cases.actions.receive import receive
from heed.cases.models import Case
from heed.correspondence import queries as correspondence
from heed.correspondence.models import Message, Thread
from heed.feedback.models import Feedback

pytestmark = pytest.mark.django_db(transaction=True)
KEY = "the-same-form-sent-twice"


def at_once(*doings: Callable[[], Any]) -> list[Any]:
    """What each gave back, or the error that it raised; all begin at the same moment, each on a connection of its own."""
    start, found = threading.Barrier(len(doings)), [None] * len(doings)

    def run(place: int, doing: Callable[[], Any]) -> None:
        start.wait()
        try:
            found[place] = doing()
        except Exception as error:  # handed back to the test
            found[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(doings)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_the_same_form_sent_twice_at_once_is_one_and_both_are_told_its_code() -> None:
    of = factories.organisation()

    def send() -> Any:
        return receive(
            organisation=of, given=factories.given(), received_at=factories.NOW, by=factories.PUBLIC,
            at=factories.NOW, submission_key=KEY,
        )  # fmt: skip

    found = at_once(*[send] * 4)
    assert not [error for error in found if isinstance(error, Exception)]
    assert len({(one.feedback.pk, one.case.pk, one.code) for one in found}) == 1
    assert sorted(one.repeated for one in found) == [False, True, True, True]
    assert (Feedback.objects.count(), Case.objects.count()) == (1, 1)
    assert Message.objects.filter(letter="receipt").count() == 1


def test_the_first_messages_of_somebody_without_an_address_all_stand_on_their_page() -> None:
    of = factories.organisation()
    case = factories.case(of, complainant=None)

    def write(body: str) -> Callable[[], Any]:
        return lambda: talk.message_from_person(case_id=case.pk, body=body, by=factories.PUBLIC, at=timezone.now())

    found = at_once(*map(write, "abcd"))
    assert not [error for error in found if isinstance(error, Exception)]
    thread = Feedback.objects.get(pk=case.feedback_id).thread_id
    assert Thread.objects.count() == 1
    assert sorted(message.body for message in correspondence.messages(thread)) == list("abcd")
