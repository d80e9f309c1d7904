"""How many questions each page asks the database: as many with much to show as with little."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries
from tests import factories
from tests.portal.visitor import NOW, Visitor

from heed.cases.actions import talk, triage
from heed.documents import actions as documents

EMPTY_HANDED = {"": 4, "tell-us/": 1, "tell-us/elsewhere/": 1, "follow/": 1}
WITH_A_DRAFT = {
    "tell-us/": 3, "tell-us/who/": 3, "tell-us/words/": 3, "tell-us/place/": 3, "tell-us/affected/": 3,
    "tell-us/outcome/": 3, "tell-us/you/": 3, "tell-us/support/": 3, "tell-us/files/": 4, "tell-us/check/": 4,
}  # fmt: skip


@pytest.mark.parametrize(("page", "queries"), EMPTY_HANDED.items())
def test_pages_without_a_draft(
    visitor: Visitor, django_assert_num_queries: DjangoAssertNumQueries, page: str, queries: int
) -> None:
    with django_assert_num_queries(queries):
        assert visitor.get(page).status_code == 200


@pytest.mark.parametrize(("page", "queries"), WITH_A_DRAFT.items())
def test_pages_with_a_draft(
    visitor: Visitor, django_assert_num_queries: DjangoAssertNumQueries, page: str, queries: int
) -> None:
    visitor.answer_all(place={"happened": "At night"}, you={"name": "Amina Ahmed"})
    with django_assert_num_queries(queries):
        assert visitor.get(page).status_code == 200


def test_the_confirmation(visitor: Visitor, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    visitor.send(you={"name": "Amina Ahmed"})
    with django_assert_num_queries(4):
        assert visitor.get("tell-us/sent/").status_code == 200


def test_the_case_page_asks_no_more_for_a_long_case(
    answered: tuple[Visitor, Any], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    visitor, case = answered
    address = visitor.follow_address()
    by = factories.actor(case.handler, visitor.of)

    def write(number: int) -> None:
        file = documents.store(
            content=BytesIO(b"%d" % number), filename="a.txt", organisation_id=visitor.of.pk, by=by, at=NOW
        )
        talk.message_to_person(case_id=case.pk, body="Hello", is_update=False, attachments=[file], by=by, at=NOW)
        talk.message_from_person(case_id=case.pk, body="Hello", by=factories.PUBLIC, at=NOW + timedelta(hours=number))
        triage.assign_handler(case_id=case.pk, handler_id=case.handler_id, by=by, at=NOW,
                              version=factories.fresh(case).version)  # fmt: skip

    write(0)
    with django_assert_num_queries(22):
        assert visitor.client.get(address).status_code == 200
    for number in range(1, 10):
        write(number)
    with django_assert_num_queries(22):
        assert visitor.client.get(address).status_code == 200


@pytest.mark.parametrize(("page", "queries"), [("answer/1/", 5), ("message/", 3), ("contact/", 3)])
def test_the_other_pages_of_a_case(
    answered: tuple[Visitor, Any], django_assert_num_queries: DjangoAssertNumQueries, page: str, queries: int
) -> None:
    address = answered[0].follow_address()
    with django_assert_num_queries(queries):
        assert answered[0].client.get(f"{address}{page}").status_code == 200


@pytest.mark.parametrize(("page", "queries"), [("/", 1), ("/accessibility/", 0), ("/privacy/", 0), ("/sign-in/", 0)])
def test_heeds_own_pages(
    visitor: Visitor, council: Any, django_assert_num_queries: DjangoAssertNumQueries, page: str, queries: int
) -> None:
    with django_assert_num_queries(queries):
        assert visitor.client.get(page).status_code == 200


def test_the_front_page_of_somebody_signed_in(
    visitor: Visitor, council: Any, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    visitor.client.force_login(factories.person(council, "handler"))
    with django_assert_num_queries(4):
        assert "Your work" in visitor.client.get("/").content.decode()
