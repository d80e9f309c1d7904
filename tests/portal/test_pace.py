"""How fast forms, files and messages may come: a kind word and nothing lost, never shut out."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from tests.portal.visitor import NOW, Visitor

from heed.audit.actor import Actor
from heed.correspondence.models import Message
from heed.feedback import queries, rules
from heed.feedback.actions.draft import keep_pace, sweep
from heed.feedback.models import Attempt, Draft, DraftFile
from heed.learning.models import Piece
from heed.portal import pace


@pytest.fixture
def few(settings: Any) -> None:
    """Two forms and two files an hour from one address."""
    settings.FORMS_AN_HOUR = settings.FILES_AN_HOUR = 2


def begin(of: Any, **headers: Any) -> tuple[Visitor, Any]:
    visitor = Visitor(of)
    return visitor, visitor.post("tell-us/", {"kind": "complaint"}, **headers)


def file(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, name.encode())


@pytest.mark.usefixtures("few")
def test_one_form_too_many_waits_with_all_that_was_typed(of: Any, clock: Any) -> None:
    for _ in range(2):
        assert begin(of)[1].status_code == 302
    clock.shift(timedelta(minutes=12))
    visitor, page = begin(of)
    assert page.status_code == 429
    assert page["Retry-After"] == str(48 * 60)
    shown = page.content.decode()
    for words in ("Please wait 48 minutes", "Nothing that you wrote is lost", "01632 960 100",
                  '<input type="hidden" name="kind" value="complaint">'):  # fmt: skip
        assert words in shown
    assert "no-store" in page["Cache-Control"]
    assert Draft.objects.count() == 2
    clock.shift(timedelta(minutes=48))
    assert visitor.post("tell-us/", {"kind": "complaint"}).status_code == 302


@pytest.mark.usefixtures("few")
def test_words_sent_out_of_turn_are_not_lost_either(of: Any) -> None:
    begin(of)
    begin(of)
    page = Visitor(of).post("tell-us/words/?change=1", {"text": 'It "all"\nbegan <b>'})
    assert page.status_code == 429
    assert 'value="It &quot;all&quot;\nbegan &lt;b&gt;"' in page.content.decode()
    assert f'action="/{of.code}/tell-us/words/?change=1"' in page.content.decode()


@pytest.mark.usefixtures("few")
def test_who_has_begun_goes_on_however_many_others_begin(of: Any) -> None:
    visitor, _ = begin(of)
    for _ in range(5):
        begin(of)
    visitor.send()
    assert visitor.feedback().case


@pytest.mark.usefixtures("few")
def test_another_address_is_not_held_up(of: Any, settings: Any) -> None:
    for _ in range(3):
        begin(of)
    assert begin(of, REMOTE_ADDR="192.0.2.7")[1].status_code == 302


def test_nothing_is_counted_where_the_setting_says_so(of: Any, settings: Any) -> None:
    settings.FORMS_AN_HOUR = 0
    for _ in range(3):
        assert begin(of)[1].status_code == 302
    assert not Attempt.objects.exists()


@pytest.mark.usefixtures("few")
def test_one_file_too_many_says_so_and_the_others_stay(visitor: Visitor, clock: Any) -> None:
    visitor.answer_all()
    page = visitor.post("tell-us/files/", {"upload": [file("a.txt"), file("b.txt"), file("c.txt")]})
    assert "“c.txt” was not added" in page.content.decode()
    assert "Wait 60 minutes, then choose it again" in page.content.decode()
    assert [kept.attachment.filename for kept in DraftFile.objects.order_by("pk")] == ["a.txt", "b.txt"]
    clock.shift(timedelta(hours=1))
    assert visitor.post("tell-us/files/", {"upload": [file("c.txt")]}).status_code == 302


def test_adding_and_taking_away_again_and_again_ends(visitor: Visitor, settings: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(rules, "FILES_OF_A_FORM", rules.Pace("file of a form", 3))
    settings.FILES_AN_HOUR = 0
    visitor.answer_all()
    for number in range(4):
        page = visitor.post("tell-us/files/", {"upload": [file(f"{number}.txt")]})
        for kept in DraftFile.objects.select_related("attachment"):
            visitor.post("tell-us/files/", {"remove": kept.attachment.token})
    assert "“3.txt” was not added" in page.content.decode()


@pytest.mark.usefixtures("few")
def test_too_long_words_that_cannot_become_a_file_stay_in_the_box(visitor: Visitor) -> None:
    visitor.answer_all()
    visitor.post("tell-us/files/", {"upload": [file("a.txt"), file("b.txt")]})
    text = "word " * 30_000
    page = visitor.answer("words", text=text, as_file="yes")
    assert "was not added" in page.content.decode()
    assert page.context["form"]["text"].value() == text


def test_one_message_too_many_waits_with_its_words(visitor: Visitor, monkeypatch: Any, clock: Any) -> None:
    monkeypatch.setattr(rules, "MESSAGES_OF_A_CASE", rules.Pace("message", 2))
    visitor.send()
    base = visitor.follow_address()
    for number in range(2):
        visitor.client.post(f"{base}message/", {"body": f"Hello {number}", "key": f"key-{number}"})
    again = visitor.client.post(f"{base}message/", {"body": "Hello 1", "key": "key-1"})
    assert again.status_code == 302, "a second click is not one more"
    page = visitor.client.post(f"{base}message/", {"body": "Hello 2", "key": "key-2"})
    assert page.status_code == 429
    assert 'name="body" value="Hello 2"' in page.content.decode()
    assert Message.objects.filter(direction="in").count() == 2
    clock.shift(timedelta(hours=1))
    base = visitor.follow_address()
    visitor.client.post(f"{base}message/", {"body": "Hello 2", "key": "key-2"})
    assert Message.objects.filter(direction="in").count() == 3


def test_one_story_too_many_waits_with_its_words(visitor: Visitor, monkeypatch: Any) -> None:
    monkeypatch.setattr(rules, "MESSAGES_OF_A_CASE", rules.Pace("message", 2))
    visitor.send()
    base = visitor.follow_address()
    for number in range(3):
        page = visitor.client.post(f"{base}story/", {"text": f"It began {number}.", "uses": ["training"]})
    assert page.status_code == 429
    assert 'name="text" value="It began 2."' in page.content.decode()
    assert Piece.objects.count() == 2


@pytest.mark.usefixtures("db")
def test_the_pause_ends_when_the_oldest_is_an_hour_old() -> None:
    quick = rules.Pace("thing", 2)
    for minutes in (0, 10):
        assert keep_pace(paces=[(quick, "here")], at=NOW + timedelta(minutes=minutes)) == timedelta()
    assert keep_pace(paces=[(quick, "here")], at=NOW + timedelta(minutes=20)) == timedelta(minutes=40)
    assert queries.pause(quick, "elsewhere", NOW + timedelta(minutes=20)) == timedelta()
    assert keep_pace(paces=[(quick, "here")], at=NOW + timedelta(minutes=60)) == timedelta()
    assert keep_pace(paces=[(quick, "here")], at=NOW + timedelta(minutes=61)) == timedelta(minutes=9)


@pytest.mark.usefixtures("db")
def test_one_place_too_many_counts_for_none(of: Any) -> None:
    narrow, wide = rules.Pace("narrow", 1), rules.Pace("wide", 5)
    for _ in range(3):
        keep_pace(paces=[(narrow, "form 1"), (wide, "address")], at=NOW)
    assert Attempt.objects.filter(key=queries.pace_key(wide, "address")).count() == 1


@pytest.mark.usefixtures("few")
def test_what_is_counted_names_nobody_and_goes_after_a_day(of: Any) -> None:
    begin(of, REMOTE_ADDR="192.0.2.7")
    assert "192.0.2.7" not in str(list(Attempt.objects.values()))
    sweep(by=Actor("system", "worker", ""), at=NOW + timedelta(days=1, seconds=1))
    assert not Attempt.objects.exists()


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("", ""),
        ("unix", "unix"),
    ],
)
def test_one_connection_is_one_place(address: str, place: str) -> None:
    assert pace.place(RequestFactory().get("/", REMOTE_ADDR=address)) == place


@pytest.mark.parametrize(
    ("seconds", "words"), [(1, "1 minute"), (60, "1 minute"), (61, "2 minutes"), (3600, "60 minutes")]
)
def test_a_wait_is_told_in_whole_minutes(seconds: int, words: str) -> None:
    assert pace.in_words(timedelta(seconds=seconds)) == words
