"""Whoever raised the same thing and agreed to hear is told once, by nothing that names another."""

from datetime import timedelta

import pytest
from tests import factories
from tests.learning.scene import noon
from tests.learning.told import DID, Telling

from heed.audit.refusals import Refused
from heed.cases.models import Case
from heed.correspondence.models import Message
from heed.feedback.actions.hear import hear_of_changes
from heed.feedback.given import PersonGiven
from heed.feedback.models import Feedback
from heed.learning.actions.tell_others import tell_others
from heed.learning.models import Action, Piece, Told
from heed.learning.queries import hearers
from heed.organisations.models import Organisation

pytestmark = pytest.mark.django_db
ADDRESS = "https://heed.example/body/what-changed/0123456789abcdef/"


def somebody(body: Organisation, name: str, email: str = "", *, hears: bool = True, **fields: object) -> Feedback:
    person = PersonGiven(name=name, email=email)
    item = factories.received(body, complainant=person, hear_of_changes=hears, **fields).feedback
    return Feedback.objects.get(pk=item.pk)


def send(telling: Telling, piece: Piece, *items: Feedback, at: object = None) -> object:
    viewer = factories.viewer(telling.reader, telling.body)
    return tell_others(
        piece_id=piece.pk, feedback_ids=[item.pk for item in items], address=ADDRESS, viewer=viewer,
        by=telling.by(telling.reader), at=at or telling.at,
    )  # fmt: skip


@pytest.fixture
def piece(telling: Telling, completed: Action) -> Piece:
    return telling.approved("line", [completed])


def test_each_is_told_once_on_their_page_and_by_an_email_without_words(
    telling: Telling, piece: Piece, body: Organisation
) -> None:
    complained = somebody(body, "Ali Khan", "ali@post.example")
    praised = somebody(body, "Bo Lund", "bo@post.example", kind="compliment")
    assert send(telling, piece, complained, praised).told == 2
    assert send(telling, piece, complained, praised).told == 0
    assert Told.objects.filter(piece=piece).count() == 2
    for item in (complained, praised):
        said = Message.objects.filter(thread=item.thread, channel="portal").get().body
        assert DID in said
        assert ADDRESS in said
        assert "Khan" not in said
        assert "Lund" not in said
        letter = Message.objects.filter(thread=item.thread, letter="change_told").get()
        assert DID not in letter.body


def test_the_same_person_under_two_references_is_told_once(telling: Telling, piece: Piece, body: Organisation) -> None:
    first, second = (somebody(body, "Ali Khan", email) for email in ("ali@post.example", "ALI@post.example"))
    sent = send(telling, piece, first, second)
    assert (sent.told, sent.passed_over) == (1, 1)


def test_who_did_not_agree_or_no_longer_does_is_not_told(telling: Telling, piece: Piece, body: Organisation) -> None:
    silent, changed = somebody(body, "Cy Dent", hears=False), somebody(body, "Di Roe")
    by = factories.PUBLIC
    hear_of_changes(feedback_id=changed.pk, agrees=False, by=by, at=telling.at)
    assert send(telling, piece, silent, changed).told == 0
    hear_of_changes(feedback_id=changed.pk, agrees=True, by=by, at=telling.at)
    assert send(telling, piece, changed).told == 1


def test_the_complainant_who_was_told_that_it_is_done_is_not_told_again(
    telling: Telling, piece: Piece, case: Case
) -> None:
    hear_of_changes(feedback_id=case.feedback_id, agrees=True, by=factories.PUBLIC, at=telling.at)
    assert send(telling, piece, Feedback.objects.get(pk=case.feedback_id)).told == 0


def test_only_what_is_published_is_told_and_only_to_somebody(telling: Telling, completed: Action, piece: Piece) -> None:
    draft = telling.write("line", [completed], words={"we_did": "Else."})
    with pytest.raises(Refused, match="published"):
        send(telling, draft, somebody(telling.body, "Ali Khan"))
    with pytest.raises(Refused, match="at least one"):
        send(telling, piece)


def test_who_is_suggested_is_what_the_line_came_of(telling: Telling, piece: Piece, body: Organisation) -> None:
    other = factories.service(body, "other")
    here, there = somebody(body, "Ali Khan"), somebody(body, "Bo Lund", service_id=other.pk)
    long_ago = somebody(body, "Cy Dent", at=factories.NOW - timedelta(days=900))
    somebody(body, "Di Roe", hears=False)
    viewer = factories.viewer(telling.reader, body)
    sought = hearers.suggested(piece)
    assert (sought.service_id, sought.since) == (piece.service_id, factories.NOW.date().replace(year=2025, day=1))
    found = hearers.of(viewer, piece, sought)
    assert [item.pk for item in found.agreed] == [here.pk]
    assert (found.others, found.know) == (2, 0), "who did not agree, and the complainant"
    everybody = hearers.of(viewer, piece, hearers.Sought())
    assert {item.pk for item in everybody.agreed} == {here.pk, there.pk, long_ago.pk}
    send(telling, piece, here)
    assert hearers.of(viewer, piece, sought).know == 1


def test_words_find_who_raised_it_among_what_one_may_see(telling: Telling, piece: Piece, body: Organisation) -> None:
    bells = somebody(body, "Ali Khan", text="The call bell rang for an hour.")
    somebody(body, "Bo Lund", text="The car park was dark.")
    elsewhere = factories.organisation()
    somebody(elsewhere, "Cy Dent", text="The call bell rang for an hour.")
    viewer = factories.viewer(telling.reader, body)
    found = hearers.of(viewer, piece, hearers.Sought(words="call bell"))
    assert [item.pk for item in found.agreed] == [bells.pk]
    blind = factories.viewer(factories.person(body, "action_owner"), body)
    assert hearers.of(blind, piece, hearers.Sought()).agreed == []


def test_in_the_same_number_of_questions_however_many_there_are(
    telling: Telling, piece: Piece, body: Organisation, django_assert_num_queries: object
) -> None:
    viewer = factories.viewer(telling.reader, body)
    for number in range(3):
        somebody(body, f"Person {number}", at=noon(factories.NOW.date()))
    with django_assert_num_queries(3):  # type: ignore[operator]
        hearers.of(viewer, piece, hearers.Sought())
