"""Finding cases by their words, without a name in any address."""

import pytest
from tests import factories
from tests.staff.conftest import Desk, words

from heed.cases.queries import search as queries
from heed.search import queries as index


def found(desk: Desk, query: str) -> str:
    return words(desk.send("search/", q=query, follow=True))


def test_a_case_is_found_by_name_words_and_beginnings(desk: Desk) -> None:
    case = factories.case(desk.of, text="The bell was never answered <b>at night</b>.")
    factories.case(desk.of, text="The bill was wrong.", complainant=factories.PersonGiven(name="Tom Lee"))
    for query in ("Whittaker", "bell answered", '"never answered"', "whitt*"):
        told = found(desk, query)
        assert case.reference in told, query
        assert "Tom Lee" not in told, query
    assert "answered <b>at night</b>." in found(desk, "bell")


def test_what_is_searched_for_stands_in_no_address(desk: Desk) -> None:
    factories.case(desk.of)
    answer = desk.send("search/", q="Whittaker")
    assert answer.status_code == 302
    assert "hittaker" not in answer["Location"].lower()
    page = desk.client().get(answer["Location"])
    assert all(
        "hittaker" not in address.lower()
        for address in page.content.decode().split('href="')[1:]
        for address in [address.split('"')[0]]
    )
    assert "Sarah Whittaker" in words(page)


def test_a_reference_leads_straight_to_its_case_if_one_may_see_it(desk: Desk) -> None:
    case = factories.case(desk.of)
    assert desk.send("search/", q=case.reference.lower().replace("-", " "))["Location"] == desk.at(desk.of_case(case))
    stranger = factories.person(desk.of, "investigator")
    assert "search" in desk.send("search/", stranger, q=case.reference)["Location"]


def test_only_what_may_be_seen_is_found(desk: Desk) -> None:
    factories.case(desk.of)
    elsewhere = factories.organisation()
    factories.case(elsewhere, text="A secret of elsewhere.")
    assert "Nothing found" in found(desk, "secret")
    stranger = factories.person(desk.of, "investigator")
    assert "Nothing found" in words(desk.send("search/", stranger, q="nurse", follow=True))


def test_results_are_paged(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "PAGE", 2)
    cases = {factories.case(desk.of, text="A broken bell.").reference for _ in range(5)}
    address, seen = desk.send("search/", q="bell")["Location"], []
    for _ in range(3):
        page = desk.client().get(address)
        seen += [hit.thing.reference for hit in page.context["results"].found]
        address = address.split("?")[0] + page.context["further"]
    assert len(seen) == 5
    assert set(seen) == cases
    assert not page.context["further"]
    assert page.context["better"]


def test_the_page_says_when_only_the_newest_were_ranked(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        factories.case(desk.of, text="A broken bell.")
    real = index.search
    monkeypatch.setattr(index, "search", lambda **asked: real(**asked, limit=2))
    assert "These are ranked among the newest 1,000 of them" in found(desk, "bell")


def test_comments_and_compliments_are_found_beside(desk: Desk) -> None:
    comment = factories.received(desk.of, kind="compliment", text="The bell was answered at once.").feedback
    answer = desk.send("search/", q="bell")
    page = desk.client().get(f"{answer['Location']}&kind=feedback")
    assert comment.reference in words(page)


def test_several_tabs_search_for_different_things(desk: Desk) -> None:
    factories.case(desk.of, text="A broken bell.")
    first, second = desk.send("search/", q="bell")["Location"], desk.send("search/", q="bill")["Location"]
    assert "What matches “bell”" in words(desk.client().get(first))
    assert "Nothing found" in words(desk.client().get(second))
    for number in range(12):
        desk.send("search/", q=f"more {number}")
    assert "This search is not kept any more" in words(desk.client().get(first))


@pytest.mark.parametrize(
    "query",
    ["", "   ", '"', "-", "*", "' OR 1=1 --", "<script>alert(1)</script>", "a" * 5000, "😀", "שלום", "AND OR NOT"],
)
def test_any_text_is_a_search(desk: Desk, query: str) -> None:
    factories.case(desk.of)
    page = desk.send("search/", q=query, follow=True)
    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "x", "999", "٣", "99999999999999"])
def test_a_page_that_is_none_does_no_harm(desk: Desk, page: str) -> None:
    factories.case(desk.of, text="A broken bell.")
    address = desk.send("search/", q="bell")["Location"]
    assert desk.client().get(f"{address}&page={page}").status_code == 200
