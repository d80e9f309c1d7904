"""The pages on which staff write what is told: what they offer, ask and refuse."""

import io
import zipfile

import pytest
from tests.learning.test_pages import Visitor, words
from tests.learning.told import BRIEFING, LINE, Telling, newest

from heed.accounts.models import User
from heed.learning.actions import approve, write
from heed.learning.models import Action

pytestmark = pytest.mark.django_db
LINES = "learning/lines/new/"


@pytest.fixture
def writer_at(telling: Telling) -> Visitor:
    return Visitor(telling.writer, telling.body)


def copy(action: Action) -> Action:
    twin = Action.objects.get(pk=action.pk)
    twin.pk, twin._state.adding = None, True
    twin.save()
    return twin


def test_actions_of_the_same_words_are_told_apart_and_the_one_asked_for_stands_first(
    completed: Action, writer_at: Visitor
) -> None:
    others = [copy(completed) for _ in range(25)]
    form = writer_at.get(f"{LINES}?action={completed.pk}").context["form"]
    offered = [pk for pk, _ in form.fields["action_ids"].choices]
    assert offered[0] == str(completed.pk)
    assert len(offered) == len(set(offered)) == 21
    assert set(offered[1:]) <= {str(action.pk) for action in others}
    page = words(writer_at.get(LINES))
    assert "completed on" in page
    assert "These are the newest 20; to tell of another, begin on its page." in page


def test_what_is_needed_for_approval_is_not_called_optional(writer_at: Visitor) -> None:
    page = words(writer_at.get("learning/briefings/new/"))
    assert "What happened (optional)" not in page
    assert "For the bulletin (optional)" in page


def test_a_decision_on_no_mark_is_no_decision(completed: Action, telling: Telling, writer_at: Visitor) -> None:
    piece = telling.write("line", [completed], words={"you_said": "Sarah waited."})
    address = f"learning/pieces/{piece.pk}/"
    page = words(writer_at.send(f"{address}look/", version=str(piece.version)))
    assert "Decide on at least one of the marks" in page
    assert "Your decisions are kept" not in page
    assert newest(piece).looked == []
    page = words(writer_at.send(f"{address}look/", version=str(piece.version), mark_0="out"))
    assert "Words were taken out" in page
    assert newest(piece).words["you_said"] == "Somebody waited."


def test_who_wrote_it_reads_first_why_it_came_back(completed: Action, telling: Telling, writer_at: Visitor) -> None:
    piece = telling.write("line", [completed])
    telling.do(write.ask, piece)
    telling.do(approve.send_back, piece, by=telling.reader, reason="Say when it began.")
    page = writer_at.get(f"learning/pieces/{piece.pk}/")
    assert "sent it back to be written anew. Say when it began. You said" in words(page)
    telling.do(write.reword, piece, words={**LINE, "we_did": "It began in spring."})
    assert "Say when it began. You said" not in words(writer_at.get(f"learning/pieces/{piece.pk}/"))


def test_who_reads_no_stories_is_not_told_that_there_are_none(telling: Telling, owner: User) -> None:
    telling.approved("story", [], "training")
    page = words(Visitor(owner, telling.body).get("learning/stories/"))
    assert "No stories to read here" in page
    assert "No story yet" not in page


@pytest.mark.parametrize("shape", ["pdf", "docx"])
def test_the_item_for_the_bulletin_can_be_taken_away(telling: Telling, writer_at: Visitor, shape: str) -> None:
    page = f"learning/pieces/{telling.approved('briefing').pk}/"
    assert f"bulletin.{shape}" in writer_at.get(f"{page}print/").content.decode()
    made = writer_at.get(f"{page}bulletin.{shape}")
    assert made.content[:4] == {"pdf": b"%PDF", "docx": b"PK\x03\x04"}[shape]
    if shape == "docx":
        text = zipfile.ZipFile(io.BytesIO(made.content)).read("word/document.xml").decode()
        assert BRIEFING["bulletin"] in text
        assert BRIEFING["happened"] not in text
    none = telling.approved("briefing", words={"bulletin": ""})
    assert writer_at.get(f"learning/pieces/{none.pk}/bulletin.{shape}").status_code == 404
