"""What everybody reads: pages, feed and poster hold what is approved, and nothing of what was taken down."""

from datetime import timedelta
from typing import Any

import pytest
from defusedxml.ElementTree import fromstring
from django.test import Client
from django.utils import timezone
from tests import factories
from tests.learning.told import DID, STORY, Telling, newest

from heed.learning.actions import approve, write
from heed.learning.models import Action, Piece
from heed.organisations.models import Organisation

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
NOW = timezone.now()


@pytest.fixture
def body() -> Organisation:
    return factories.organisation()


@pytest.fixture
def telling(body: Organisation) -> Telling:
    made = Telling(body, factories.person(body, "handler"), factories.person(body, "complaints_manager"))
    made.at = NOW
    return made


@pytest.fixture
def done(body: Organisation, telling: Telling) -> Action:
    from_case = factories.registered(body, telling.writer)
    point = from_case.learning_points.create(
        organisation=body,
        text="Calls were lost.",
        level="organisation",
        by=telling.writer,
        at=NOW,
        service=from_case.service,
    )
    day = NOW.date()
    checks = {f"{kind}_check": "Look" for kind in ("progress", "completion", "maintenance", "impact")}
    days = {f"{name}_on": day for name in ("start", "finish", "completed", "done")}
    return Action.objects.create(
        organisation=body, service=from_case.service, learning_point=point, step="Hand over calls", owner=telling.writer,
        standard_met="Ours", involvement="None", by=telling.writer, at=NOW, state="completed", completion_evidence="Seen",
        **checks, **days, **{f"{name}_on": day for name in checks},
    )  # fmt: skip


def get(body: Organisation, page: str = "") -> Any:
    return Client().get(f"/{body.code}/what-changed/{page}")


def feed(body: Organisation) -> Any:
    answer = get(body, "feed/")
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    return fromstring(answer.content)


def test_a_draft_is_nowhere_and_an_approved_line_has_its_own_address(
    telling: Telling, body: Organisation, done: Action
) -> None:
    piece = telling.write("line", [done])
    places = ("", f"{piece.token}/", "feed/", "poster/")
    for page in places:
        assert DID not in get(body, page).content.decode()
    assert get(body, f"{piece.token}/").status_code == get(body, "poster.pdf").status_code == 404
    telling.decide(piece)
    telling.do(write.ask, piece)
    assert get(body, f"{piece.token}/").status_code == 404, "it waits"
    telling.do(approve.approve, piece, by=telling.reader, read=True)
    for page in places:
        assert DID in get(body, page).content.decode()
    assert get(body, "poster.pdf").content.startswith(b"%PDF-1.7")
    assert get(factories.organisation(), f"{piece.token}/").status_code == 404
    telling.do(approve.withdraw, piece, by=telling.reader, reason="Not true")
    for page in places:
        assert DID not in get(body, page).content.decode()
    assert get(body, "poster.pdf").status_code == 404


def test_the_feed_is_atom_by_its_structure(telling: Telling, body: Organisation, done: Action) -> None:
    """RFC 4287, 4.1.1 and 4.1.2: what a feed and an entry must hold, once each."""
    pieces = [telling.approved("line", [done], words={"we_did": f"Changed thing {n} & more <b>."}) for n in range(3)]
    root = feed(body)
    assert root.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated"):
        assert len(root.findall(f"{ATOM}{name}")) == 1
    assert root.find(f"{ATOM}author/{ATOM}name").text == body.name
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links["self"].endswith(f"/{body.code}/what-changed/feed/")
    entries = root.findall(f"{ATOM}entry")
    assert len(entries) == len(pieces)
    for entry in entries:
        for name in ("id", "title", "updated", "content"):
            assert len(entry.findall(f"{ATOM}{name}")) == 1
        assert entry.find(f"{ATOM}link[@rel='alternate']").get("href").startswith("http")
        assert entry.find(f"{ATOM}updated").text.endswith("Z")
    ids = [entry.find(f"{ATOM}id").text for entry in entries]
    assert len(set(ids)) == 3
    assert all(one.startswith("urn:uuid:") for one in ids)


def test_ids_stay_a_correction_moves_updated_and_what_was_taken_down_vanishes(
    telling: Telling, body: Organisation, done: Action
) -> None:
    first = telling.approved("line", [done])
    second = telling.approved("line", [done], words={"we_did": "Something else."})
    ids = {entry.find(f"{ATOM}content").text: entry.find(f"{ATOM}id").text for entry in feed(body).iter(f"{ATOM}entry")}
    later = NOW + timedelta(days=1)
    telling.do(write.reword, first, words={"you_said": "Bells rang.", "we_did": DID}, at=later)
    telling.do(write.ask, first, at=later)
    telling.do(approve.approve, first, by=telling.reader, read=True, at=later)
    root = feed(body)
    corrected = next(entry for entry in root.iter(f"{ATOM}entry") if "Bells rang." in entry.find(f"{ATOM}content").text)
    assert corrected.find(f"{ATOM}id").text in ids.values()
    assert corrected.find(f"{ATOM}updated").text > corrected.find(f"{ATOM}published").text
    last = later + timedelta(days=1)
    telling.do(approve.withdraw, second, by=telling.reader, reason="Not true", at=last)
    root = feed(body)
    assert len(root.findall(f"{ATOM}entry")) == 1
    assert root.find(f"{ATOM}updated").text == last.strftime("%Y-%m-%dT%H:%M:%SZ")


def test_lines_are_found_by_service_and_year_and_page(telling: Telling, body: Organisation, done: Action) -> None:
    other = factories.service(body, "other", name="Other ward")
    for number in range(12):
        telling.approved(
            "line", [done], words={"we_did": f"Change {'x' * number}."}, at=NOW - timedelta(minutes=number)
        )
    telling.approved("line", [done], words={"we_did": "Somewhere else."}, service_id=other.pk)
    assert "Somewhere else." in get(body, "?service=other").content.decode()
    assert "Change x" not in get(body, "?service=other").content.decode()
    assert "Somewhere else." not in get(body, "?service=first").content.decode()
    Piece.objects.filter(service=other).update(published_at=NOW - timedelta(days=800))
    year = (NOW - timedelta(days=800)).year
    assert "Change x" not in get(body, f"?year={year}").content.decode()
    pages = [get(body, f"?service=first&page={page}").content.decode() for page in (1, 2, 99)]
    assert pages[0].count("<article") == 10
    assert pages[1].count("<article") == 2
    assert pages[2].count("<article") == 2, "beyond the last is the last"
    assert get(body, "?year=x&page=-1&service=nothing").status_code == 200


def test_a_page_of_lines_takes_as_many_questions_with_one_as_with_many(
    telling: Telling, body: Organisation, done: Action, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        telling.approved("line", [done], words={"we_did": f"Change {'x' * number}."})
    with django_assert_max_num_queries(9):
        get(body)
    with django_assert_max_num_queries(6):
        get(body, "feed/")


def test_a_poster_holds_the_three_newest_or_those_chosen(telling: Telling, body: Organisation, done: Action) -> None:
    made = [
        telling.approved("line", [done], words={"we_did": f"Change {'x' * n}."}, at=NOW + timedelta(minutes=n))
        for n in range(5)
    ]
    newest_three = get(body, "poster/").content.decode()
    assert all((newest(piece).words["we_did"] in newest_three) == (place > 1) for place, piece in enumerate(made))
    chosen = get(body, f"poster/?line={made[0].token}&line={'0' * 16}").content.decode()
    assert "Change ." in chosen
    assert "Change xxxx." not in chosen
    assert get(body, f"poster.pdf?line={'0' * 16}").status_code == 404


def test_a_poster_of_nothing_leads_to_no_file(body: Organisation) -> None:
    empty = get(body, "poster/").content.decode()
    assert "poster.pdf" not in empty
    assert "Nothing yet" in empty


def test_a_public_story_is_read_until_it_is_taken_back(telling: Telling, body: Organisation) -> None:
    public = telling.approved("story", [], "public", given_on=NOW.date())
    private = telling.approved("story", [], "training", given_on=NOW.date(), words={"title": "For staff only"})
    page = get(body, f"stories/{public.token}/")
    assert STORY["text"][:40] in page.content.decode()
    assert page["Cache-Control"] == get(body)["Cache-Control"] == "no-store"
    assert get(body, f"stories/{private.token}/").status_code == 404
    feed = get(body, "feed/").content.decode()
    assert public.token in feed
    assert not [words for words in STORY.values() if words[:40] in feed]  # what a reader fetched cannot be taken back
    assert "For staff only" not in get(body).content.decode() + get(body, "feed/").content.decode()
    telling.do(approve.withdraw, public, by=telling.reader, reason="Asked")
    assert get(body, f"stories/{public.token}/").status_code == 404
    assert STORY["title"] not in get(body).content.decode()
    assert public.token not in get(body, "feed/").content.decode()
