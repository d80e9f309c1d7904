"""Following with reference and code: who is let in, how guessing is slowed, how the page shuts."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests import factories
from tests.portal.visitor import Visitor

from heed.feedback import codes, queries
from heed.feedback.models import Attempt

NO_MATCH = "That reference and code do not go together"


@pytest.fixture
def told(visitor: Visitor) -> Visitor:
    visitor.send(you={"name": "Amina Ahmed"})
    return in_another_browser(visitor)


def in_another_browser(told: Visitor) -> Visitor:
    """The same reference and code."""
    other = Visitor(told.of)
    other.reference, other.code = told.reference, told.code
    return other


def test_reference_and_code_open_the_page(told: Visitor) -> None:
    page = told.client.get(told.follow_address())
    shown = page.content.decode()
    assert page.status_code == 200
    assert "we are finding the right person" in shown
    assert "Nobody came when I called." in shown
    assert "By 9 April 2026" in shown


def test_capitals_spaces_and_dashes_do_not_matter(told: Visitor) -> None:
    reference = told.reference.lower().replace("-", " ")
    code = f"  {told.code.lower().replace('-', '')} "
    assert told.follow(reference, code).status_code == 302


def test_nothing_of_it_stands_in_an_address(told: Visitor) -> None:
    address = told.follow_address()
    assert told.reference not in address
    assert told.code not in address
    page = told.client.get(address).content.decode()
    links = [part.split('"')[0] for part in page.split('href="')[1:]]
    assert not [link for link in links if told.reference in link or told.code in link]


def test_what_does_not_match_is_answered_alike(told: Visitor) -> None:
    wrong_code = told.follow(code="BCDFG-HJKMN-PQRST")
    other = in_another_browser(told)
    wrong_reference = other.follow(reference="RV-2222-2222")
    pages = [page.content.decode() for page in (wrong_code, wrong_reference)]
    assert [page.status_code for page in (wrong_code, wrong_reference)] == [200, 200]
    assert NO_MATCH in pages[0]
    tokens = [page.split('csrfmiddlewaretoken" value="')[1].split('"')[0] for page in pages]
    same = [page.replace(token, "") for page, token in zip(pages, tokens, strict=True)]
    assert same[0].replace(told.reference, "RV-2222-2222").replace("BCDFG-HJKMN-PQRST", told.code) == same[1]


def test_wrong_reference_and_wrong_code_take_the_same_work(told: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same work is done for both: as many questions to the database, and as many codes hashed."""
    hashed = []
    hash_of = codes.code_hash

    def counted(code: str, key: str) -> str:
        hashed.append(code)
        return hash_of(code, key)

    monkeypatch.setattr(codes, "code_hash", counted)
    work = []
    for reference in (told.reference, "RV-2222-2222"):
        hashed.clear()
        with CaptureQueriesContext(connection) as asked:
            assert queries.matching(told.of.pk, reference, "BCDFG-HJKMN-PQRST") is None
        work.append((len(asked), len(hashed)))
    assert work[0] == work[1]


def test_another_organisations_pages_do_not_open_it(told: Visitor, council: Any) -> None:
    page = told.client.post(f"/{council.code}/follow/", {"reference": told.reference, "code": told.code})
    assert NO_MATCH in page.content.decode()


def test_a_grant_is_worth_nothing_elsewhere(told: Visitor, council: Any) -> None:
    word = told.follow_address().rstrip("/").rpartition("/")[2]
    assert told.client.get(f"/{council.code}/follow/{word}/").url == f"/{council.code}/follow/"
    assert Client().get(told.at(f"follow/{word}/")).url == told.at("follow/")


def test_guessing_is_slowed_by_reference_whatever_the_address(told: Visitor, clock: Any) -> None:
    for number in range(5):
        told.client.post(told.at("follow/"), {"reference": told.reference, "code": "X"}, REMOTE_ADDR=f"10.0.0.{number}")
    slowed = told.client.post(
        told.at("follow/"), {"reference": told.reference, "code": told.code}, REMOTE_ADDR="10.0.0.99"
    )
    assert "Wait 2 seconds" in slowed.content.decode()
    clock.shift(timedelta(seconds=2))
    assert told.follow().status_code == 302, "never locked for good"


def test_guessing_is_slowed_by_address_whatever_the_reference(told: Visitor, clock: Any) -> None:
    for number in range(12):
        clock.shift(timedelta(seconds=61))
        told.follow(reference=f"RV-2222-222{number % 8 + 2}")
    assert "Wait 60 seconds" in told.follow().content.decode()
    assert told.client.post(
        told.at("follow/"), {"reference": told.reference, "code": told.code}, REMOTE_ADDR="10.9.9.9"
    ).status_code == 302  # fmt: skip


def test_a_try_while_waiting_is_not_counted(told: Visitor) -> None:
    before = Attempt.objects.count()  # the form that was begun to tell us is counted, too
    for _ in range(9):
        told.follow(code="X")
    assert Attempt.objects.count() - before == 5 * 2


def test_attempts_name_nobody(told: Visitor) -> None:
    told.follow(code="X")
    kept = str(list(Attempt.objects.values()))
    assert told.reference not in kept
    assert "127.0.0.1" not in kept


def test_the_page_shuts_after_half_an_hour_without_use(told: Visitor, clock: Any) -> None:
    address = told.follow_address()
    for _ in range(3):
        clock.shift(timedelta(minutes=29))
        assert told.client.get(address).status_code == 200
    clock.shift(timedelta(minutes=31))
    shut = told.client.get(address, follow=True)
    assert shut.redirect_chain == [(told.at("follow/"), 302)]
    assert "That page is shut" in shut.content.decode()


def test_leaving_shuts_it_at_once(told: Visitor) -> None:
    address = told.follow_address()
    page = told.client.get(address).content.decode()
    assert "Leave this page" in page
    assert told.client.post(f"{address}leave/").url == told.at()
    assert told.client.get(address).url == told.at("follow/")


def test_the_session_gets_a_new_key(told: Visitor) -> None:
    told.client.get(told.at("follow/x/"))
    before = told.client.cookies["heed"].value
    told.follow()
    assert told.client.cookies["heed"].value != before


def test_two_cases_in_two_tabs_are_never_confused(told: Visitor) -> None:
    other = Visitor(told.of)
    other.send(words={"text": "The other one."})
    first = told.follow_address()
    second = told.follow(other.reference, other.code).url
    assert "Nobody came when I called." in told.client.get(first).content.decode()
    assert "The other one." in told.client.get(second).content.decode()


def test_pages_with_personal_data_are_kept_nowhere(told: Visitor) -> None:
    address = told.follow_address()
    for page in (address, f"{address}message/", f"{address}contact/", told.at("follow/"), told.at("tell-us/")):
        response = told.client.get(page)
        assert response.status_code == 200, page
        assert "no-store" in response["Cache-Control"], page
        assert response["Referrer-Policy"] == "no-referrer", page
        assert response["X-Robots-Tag"] == "noindex", page


def test_following_is_apart_from_signing_in(told: Visitor) -> None:
    """Staff who are signed in get no further with a case here, and a follower is nobody among staff."""
    person = factories.person(told.of, "complaints_manager")
    word = told.follow_address().rstrip("/").rpartition("/")[2]
    staff = Client()
    staff.force_login(person)
    assert staff.get(told.at(f"follow/{word}/")).status_code == 302
    assert told.client.get(f"/{told.of.code}/staff/").status_code in (302, 404)


def test_a_comment_says_where_it_stands_and_thanks(visitor: Visitor) -> None:
    visitor.send(kind={"kind": "compliment"}, words={"text": "Thank you, Blossom ward."})
    page = visitor.client.get(visitor.follow_address()).content.decode()
    assert "We have your compliment. Thank you." in page
    assert "Thank you, Blossom ward." in page
    assert "What happens next" not in page


@pytest.mark.parametrize("page", ["message/", "next-stage/", "answer/1/", "file/x/"])
def test_a_comment_has_no_case_to_write_about(visitor: Visitor, page: str) -> None:
    visitor.send(kind={"kind": "comment"})
    assert visitor.client.get(f"{visitor.follow_address()}{page}").status_code in (302, 404)
