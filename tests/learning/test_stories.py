"""A story is told with consent only, and one word takes it down everywhere."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from tests import factories
from tests.learning.scene import JUNE_30, noon
from tests.learning.told import STORY, Telling, fresh

from heed.accounts.models import User
from heed.audit.actor import Actor
from heed.audit.refusals import Refused
from heed.cases.models import Case
from heed.correspondence.models import Message
from heed.learning import piece_checks
from heed.learning.actions import approve, stories, write
from heed.learning.models import Consent, LearningPoint, Piece, Wording
from heed.learning.queries import pieces, shared, shown, told
from heed.learning.queries import stories as bank
from heed.organisations.models import Organisation
from heed.search.models import Entry

pytestmark = pytest.mark.django_db
ALL = ("training", "board", "public", "elsewhere")
SECRET = "he could not swallow"


def person_of(case: Case) -> Actor:
    return Actor("public", str(case.feedback_id), case.organisation.code)


def test_nothing_is_told_without_consent_nor_after_it_ran_out(telling: Telling, body: Organisation) -> None:
    piece = telling.write("story")
    telling.decide(piece)
    with pytest.raises(Refused, match="Record first what the person agreed to"):
        telling.do(write.ask, piece)
    telling.agree(piece, "public", until=date(2026, 7, 31))
    telling.do(write.ask, piece)
    telling.do(approve.approve, piece, by=telling.reader, read=True)
    assert [story.title for story in shown.public_stories(body.pk, noon(date(2026, 7, 31)))] == [STORY["title"]]
    assert shown.public_stories(body.pk, noon(date(2026, 8, 1))) == []
    assert shown.public_story(body.pk, piece.token, noon(date(2026, 8, 1))) is None


def test_each_use_is_agreed_to_by_itself(telling: Telling, body: Organisation) -> None:
    piece = telling.approved("story", [], "training")
    assert bank.told_for(body.pk, "training", telling.at).exists()
    for use in ("board", "public", "elsewhere"):
        assert not bank.told_for(body.pk, use, telling.at).exists()
    with pytest.raises(Refused, match="other organisations"):
        telling.do(approve.share, piece, by=telling.reader, reach="everyone")
    with pytest.raises(Refused, match="did not agree to this use"):
        telling.do(stories.use_story, piece, use="board", on=JUNE_30, where="The board")


def test_fewer_uses_take_it_out_of_what_is_no_longer_agreed_to(telling: Telling, body: Organisation) -> None:
    piece = telling.approved("story", [], *ALL)
    telling.do(approve.share, piece, by=telling.reader, reach="everyone")
    other = factories.organisation()
    assert shared.one(other.pk, piece.token, telling.at)
    telling.agree(piece, "training")
    assert shared.one(other.pk, piece.token, telling.at) is None
    assert shown.public_stories(body.pk, telling.at) == []
    assert fresh(piece).state == "published"


@pytest.mark.parametrize("who", ["person", "staff"])
def test_taken_back_it_is_gone_everywhere_at_once(
    telling: Telling, body: Organisation, manager: User, case: Case, who: str
) -> None:
    piece = telling.approved("story", [], *ALL, case_id=case.pk)
    briefing = telling.approved("briefing", [], story_id=piece.pk)
    for one in (piece, briefing):
        telling.do(approve.share, one, by=telling.reader, reach="everyone")
    telling.do(stories.use_story, piece, use="training", on=JUNE_30, where="Ward managers’ meeting")
    other = factories.organisation()
    assert bank.is_told(briefing.wordings.latest("number").story, "training", telling.at)
    if who == "person":
        stories.withdraw_consent(piece_id=piece.pk, by=person_of(case), at=telling.at)
    else:
        telling.do(approve.withdraw, piece, by=telling.reader, reason="She asked us by phone.")
    gone = fresh(piece)
    assert (gone.state, gone.shown, gone.shared) == ("withdrawn", None, "")
    assert shown.public_stories(body.pk, telling.at) == []
    assert shared.one(other.pk, piece.token, telling.at) is None
    assert not Entry.objects.filter(kind="piece", object_id=piece.pk).exists()
    marked = fresh(briefing)
    assert (marked.state, marked.doubted_at) == ("published", telling.at)
    assert not Wording.objects.filter(story=piece).exists()
    assert not any(SECRET in str(row) for row in everything_kept()), "its words are deleted, not hidden"
    letters = Message.objects.filter(letter="story_withdrawn")
    assert [message.to_address for message in letters] == ([manager.email] if who == "person" else [])
    assert all(SECRET not in message.body for message in letters)


def test_what_another_body_learned_from_it_keeps_nothing_of_what_it_said(
    telling: Telling, case: Case, client: Client
) -> None:
    piece = telling.approved("story", [], "elsewhere", case_id=case.pk)
    telling.do(approve.share, piece, by=telling.reader, reach="everyone")
    other = factories.organisation()
    client.force_login(factories.person(other, "complaints_manager"))
    sent = {"text": "We ask before a meal.", "service_id": ""}
    answer = client.post(f"/{other.code}/staff/learning/shared/{piece.token}/learn/", sent)
    assert answer.status_code == 302
    stories.withdraw_consent(piece_id=piece.pk, by=person_of(case), at=telling.at)
    assert LearningPoint.objects.get(organisation=other).origin_sentence == f"Story, shared by {piece.organisation}"
    assert not any(STORY["title"] in str(row) for row in everything_kept())


def everything_kept() -> list[tuple[object, ...]]:
    """Every row of every table of learning, search and correspondence."""
    rows: list[tuple[object, ...]] = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith(("learning_", "search_", "correspondence_", "audit_")):
                cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 (names of tables)
                rows += cursor.fetchall()
    return rows


def test_taking_it_back_twice_writes_to_nobody_twice(telling: Telling, case: Case) -> None:
    piece = telling.approved("story", [], "training", case_id=case.pk)
    telling.do(stories.use_story, piece, use="training", on=JUNE_30, where="A meeting")
    for _ in range(2):
        stories.withdraw_consent(piece_id=piece.pk, by=person_of(case), at=telling.at)
    assert Message.objects.filter(letter="story_withdrawn").count() == 1
    with pytest.raises(Refused, match="its words are gone"):
        telling.do(write.reword, piece, words=STORY)


def test_a_person_tells_their_own_story_and_sees_where_it_is_used(
    telling: Telling, case: Case, body: Organisation
) -> None:
    tell = {"feedback_id": case.feedback_id, "by": person_of(case), "at": telling.at}
    with pytest.raises(Refused, match="at least one thing"):
        stories.tell_story(text="My name is Sarah.", uses=[], **tell)
    piece = stories.tell_story(text="My name is Sarah Whittaker. Nobody came.", uses=["training"], **tell)
    assert stories.tell_story(text="My name is Sarah Whittaker. Nobody came.", uses=["training"], **tell).pk == piece.pk
    own = told.stories_of(case.feedback)[0]
    assert (own.uses, own.words, own.is_approved) == (("Training and meetings of our staff",), "", False)
    with pytest.raises(Refused):
        telling.do(write.ask, piece)
    telling.do(write.reword, piece, words={"title": "Nobody came", "text": "I rang for hours. Nobody came."})
    telling.do(write.ask, piece)
    telling.do(approve.approve, piece, by=telling.reader, read=True)
    telling.do(stories.use_story, piece, use="training", on=JUNE_30, where="Ward managers’ meeting")
    own = told.stories_of(case.feedback)[0]
    assert own.words == "I rang for hours. Nobody came."
    assert own.used == ("30 June 2026: Ward managers’ meeting",)


def test_only_those_who_keep_the_bank_read_a_story_before_it_is_approved(
    telling: Telling, case: Case, body: Organisation
) -> None:
    piece = stories.tell_story(
        feedback_id=case.feedback_id, text="I am Sarah.", uses=["training"], by=person_of(case), at=telling.at
    )
    handler, owner = factories.person(body, "handler"), factories.person(body, "action_owner")
    for person in (handler, owner):
        assert pieces.detail(factories.viewer(person, body), piece.pk) is None
    assert pieces.detail(factories.viewer(telling.reader, body), piece.pk)


def test_a_briefing_tells_only_a_story_that_may_be_told_for_training(telling: Telling) -> None:
    public_only = telling.approved("story", [], "public")
    with pytest.raises(Refused, match="may be used for training"):
        telling.write("briefing", story_id=public_only.pk)
    assert not Piece.objects.filter(kind="briefing", state="published").exists()


def test_consent_is_dated_and_says_how(telling: Telling) -> None:
    piece = telling.write("story")
    for wrong in ({"given_on": JUNE_30 + timedelta(days=1)}, {"how": "page"}, {"until": JUNE_30 - timedelta(days=1)}):
        with pytest.raises(Refused):
            telling.agree(piece, "training", **wrong)
    with pytest.raises(Refused):
        telling.agree(piece, "film")


def test_what_does_not_fit_is_found_by_the_check(telling: Telling, case: Case) -> None:
    piece = telling.approved("story", [], "training")
    assert [line for _, lines in piece_checks.problems() for line in lines] == []
    Entry.objects.filter(kind="piece").delete()
    Consent.objects.update(withdrawn_at=telling.at)
    found = [line for _, lines in piece_checks.problems() for line in lines]
    assert len(found) == 2
    assert "without consent" in found[0]
    taken = telling.approved("story", [], "training", words={"title": "Other"})
    telling.do(approve.withdraw, taken, by=telling.reader, reason="Asked")
    Wording.objects.filter(piece=taken).update(words=STORY)
    assert f"piece {taken.pk} is a story that was taken back" in " ".join(
        line for _, lines in piece_checks.problems() for line in lines
    )
    assert piece.pk != taken.pk
