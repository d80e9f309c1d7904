"""The ids in a list are exactly those whose page opens: for random people, with random roles, and random cases."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import factories

from heed.accounts import queries as accounts
from heed.accounts.models import Membership, User
from heed.accounts.permissions import Viewer
from heed.accounts.roles import ROLES
from heed.cases.models import Case, ComplainedAbout
from heed.cases.queries import search, worklist
from heed.feedback import queries as feedback_queries
from heed.feedback.models import Feedback
from heed.learning.models import Analysis
from heed.learning.queries import analyses
from heed.organisations.models import Organisation

pytestmark = pytest.mark.django_db
CASES, COMMENTS = 6, 3


@dataclass
class World:
    """Two organisations with two services each, the person who looks, a colleague, and things to be seen."""

    places: list[Organisation]
    looks: User
    colleague: User
    cases: list[Case]
    comments: list[Feedback]
    client: Client

    @property
    def services(self) -> list[int]:
        return [service.pk for place in self.places for service in place.services.order_by("pk")]


@pytest.fixture
def world() -> World:
    places = [factories.organisation(), factories.organisation()]
    for place in places:
        factories.service(place)
    looks, colleague = factories.person(places[0]), factories.person(places[0])
    cases = [factories.case(places[0], text="The nurse never came back.") for _ in range(CASES)]
    comments = [
        factories.received(places[0], kind="comment", text="The nurse was kind.").feedback for _ in range(COMMENTS)
    ]
    client = Client()
    client.force_login(looks)
    return World(places, looks, colleague, cases, comments, client)


roles = st.lists(st.tuples(st.sampled_from(list(ROLES)), st.integers(0, 3)), max_size=3, unique=True)
# Of a case: its service, and which of nobody, who looks and the colleague handles, investigates, took it down, is
# complained about; and whether it is elsewhere.
fates = st.tuples(st.integers(0, 1), *[st.sampled_from([None, "looks", "colleague"])] * 4, st.booleans())


def set_fate(world: World, case: Case, fate: tuple[Any, ...]) -> None:
    service, handler, investigator, took_down, against, elsewhere = fate
    place = world.places[int(elsewhere)]
    service_id = world.services[service + 2 * int(elsewhere)]
    Case.objects.filter(pk=case.pk).update(
        organisation=place,
        service_id=service_id,
        handler=handler and getattr(world, handler),
        investigator=investigator and getattr(world, investigator),
    )
    person = took_down and getattr(world, took_down)
    Feedback.objects.filter(pk=case.feedback_id).update(organisation=place, service_id=service_id, logged_by=person)
    ComplainedAbout.objects.filter(case=case).delete()
    if against:
        ComplainedAbout.objects.create(case=case, person=getattr(world, against))


def should_see(world: World, held: list[tuple[str, int]], fate: tuple[Any, ...]) -> bool:
    """The rule, told again without the database. A role of one service counts there; `held` is of the first place."""
    service, handler, investigator, took_down, against, elsewhere = fate
    if elsewhere or against == "looks":
        return False
    held_roles = {role for role, _ in held}
    if held_roles & {"handler", "complaints_manager", "responsible_person"}:
        return True
    if ("service_manager", service) in [(role, place % 2) for role, place in held]:
        return True
    if held_roles & {"investigator", "service_manager"} and "looks" in (handler, investigator):
        return True
    return "front_line" in held_roles and took_down == "looks"


def opens(world: World, route: str, reference: str) -> bool:
    response = world.client.get(reverse(route, args=[world.places[0].code, reference]))
    assert response.status_code in (200, 404)
    return response.status_code == 200


def give_roles(world: World, held: list[tuple[str, int]]) -> Viewer | None:
    Membership.objects.filter(user=world.looks).delete()
    for role, place in held:
        service_id = world.services[place % 2] if ROLES[role].needs_service else None
        Membership.objects.get_or_create(
            user=world.looks, organisation=world.places[0], role=role, service_id=service_id
        )
    return accounts.viewer(world.looks, world.places[0])


def ids(cases: QuerySet[Case]) -> set[int]:
    return set(cases.values_list("pk", flat=True))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(held=roles, chances=st.lists(fates, min_size=CASES, max_size=CASES))
def test_what_is_listed_is_what_opens(
    world: World, held: list[tuple[str, int]], chances: list[tuple[Any, ...]]
) -> None:
    for case, fate in zip(world.cases, chances, strict=True):
        set_fate(world, case, fate)
    viewer = give_roles(world, held)
    expected = {
        case.pk for case, fate in zip(world.cases, chances, strict=True) if viewer and should_see(world, held, fate)
    }
    assert {case.pk for case in world.cases if opens(world, "case", case.reference)} == expected
    if viewer is None:
        return
    assert ids(worklist.all_cases(viewer)) == expected
    assert ids(worklist.worklist(viewer)) == expected  # they just came in, so all have something to do
    assert worklist.counts(viewer, worklist.EVERYTHING).total("step") == len(expected)
    assert {hit.thing.pk for hit in search.search_cases(viewer, "nurse").found} == expected


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    held=roles,
    chances=st.lists(
        st.tuples(st.integers(0, 3), st.sampled_from([None, "looks", "colleague"])),
        min_size=COMMENTS,
        max_size=COMMENTS,
    ),
)
def test_comments_that_are_listed_are_those_that_open(
    world: World, held: list[tuple[str, int]], chances: list[tuple[int, str | None]]
) -> None:
    for comment, (service, took_down) in zip(world.comments, chances, strict=True):
        person = took_down and getattr(world, took_down)
        Feedback.objects.filter(pk=comment.pk).update(
            organisation=world.places[service // 2], service_id=world.services[service], logged_by=person
        )
    viewer = give_roles(world, held)
    opened = {comment.pk for comment in world.comments if opens(world, "feedback", comment.reference)}
    if viewer is None:
        assert not opened
        return
    assert set(feedback_queries.listed(viewer).values_list("pk", flat=True)) == opened
    assert {hit.thing.pk for hit in search.search_feedback(viewer, "nurse").found} == opened
    here = {c.pk for c, (service, _) in zip(world.comments, chances, strict=True) if service < 2}
    assert opened <= here
    if {role for role, _ in held} & {"handler", "complaints_manager", "responsible_person"}:
        assert opened == here


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(held=roles, chances=st.lists(fates, min_size=CASES, max_size=CASES))
def test_an_analysis_is_seen_by_whoever_sees_all_of_its_cases(
    world: World, held: list[tuple[str, int]], chances: list[tuple[Any, ...]]
) -> None:
    """Each draws on two cases that lie beside each other; who only took a case down sees what was thought of none."""
    here = [(*fate[:3], None, fate[4], False) for fate in chances]
    for case, fate in zip(world.cases, here, strict=True):
        set_fate(world, case, fate)
    Analysis.objects.all().delete()
    pairs = list(zip(world.cases, world.cases[1:], strict=False))
    made = [Analysis.objects.create(organisation=world.places[0], question="Why?", by=world.colleague, at=factories.NOW)
            for _ in pairs]  # fmt: skip
    for analysis, pair in zip(made, pairs, strict=True):
        for case in pair:
            analysis.drawn_on.create(case=case, by=world.colleague, at=factories.NOW)
    viewer = give_roles(world, held)
    seen = {case.pk for case, fate in zip(world.cases, here, strict=True) if viewer and should_see(world, held, fate)}
    expected = {one.pk for one, pair in zip(made, pairs, strict=True) if viewer and {case.pk for case in pair} <= seen}
    address = f"/{world.places[0].code}/staff/analyses/"
    assert {one.pk for one in made if world.client.get(f"{address}{one.pk}/").status_code == 200} == expected
    if viewer:
        assert set(analyses.listed_analyses(viewer).values_list("pk", flat=True)) == expected
