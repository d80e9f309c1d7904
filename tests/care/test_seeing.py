"""Who sees what is kept of the people who handle complaints: each table, each role, strangers and other organisations."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import factories
from tests.care.scene import ASKED, NOTE, REFLECTION, SUPPORT, cared_for, share

from heed.accounts import queries as accounts
from heed.accounts.models import Membership, User
from heed.accounts.permissions import Permission
from heed.accounts.roles import ROLES, permissions_of
from heed.audit.models import Entry
from heed.care.actions import people
from heed.care.actions import support as support_actions
from heed.care.models import Asking, Reflection, StaffSupport, TalkNote
from heed.care.queries import asking, support, talks
from heed.cases.models import Case, ComplainedAbout
from heed.correspondence.models import Message
from heed.facts.models import CaseFact
from heed.organisations.models import Organisation
from heed.search.models import Entry as SearchEntry

pytestmark = pytest.mark.django_db
AT = factories.NOW
LOOKS_AFTER = [role for role in ROLES if Permission.LOOK_AFTER_PEOPLE in ROLES[role].permissions]


@dataclass
class Scene:
    org: Organisation
    manager: User
    handler: User
    case: Case
    ids: dict[str, Any]


@pytest.fixture
def scene() -> Scene:
    org = factories.organisation()
    manager, handler = factories.person(org, "complaints_manager"), factories.person(org, "handler")
    case = factories.registered(org, handler)
    return Scene(org, manager, handler, case, cared_for(org, manager, handler, case, at=AT))


def seen(scene: Scene, person: User, org: Organisation | None = None) -> set[str]:
    """Which of the four a person sees, by the queries that pages ask."""
    viewer = accounts.viewer(person, org or scene.org)
    if viewer is None:
        return set()
    found = {
        "note": talks.note(viewer, scene.ids["talk_id"]),
        "reflection": talks.reflection(viewer, scene.ids["reflection_id"]),
        "asking": asking.asking(viewer, scene.ids["asking_id"]),
        "support": support.support(viewer, scene.ids["support_id"]),
    }
    return {name for name, row in found.items() if row is not None}


@pytest.mark.parametrize("role", list(ROLES))
def test_no_role_opens_what_was_said_in_confidence(scene: Scene, role: str) -> None:
    other = factories.person(scene.org, role)
    share(scene.org, scene.ids["reflection_id"], AT)
    assert seen(scene, other) == ({"support"} if role in LOOKS_AFTER else set())


def test_every_role_together_opens_no_more_and_none_elsewhere(scene: Scene) -> None:
    elsewhere = factories.organisation()
    assert seen(scene, factories.person(scene.org, *ROLES)) == {"support"}
    assert seen(scene, factories.person(elsewhere, *ROLES)) == set()
    assert seen(scene, factories.person(elsewhere, *ROLES), elsewhere) == set()


def test_the_two_see_what_was_between_them_and_a_reflection_only_once_it_is_shared(scene: Scene) -> None:
    assert seen(scene, scene.handler) == {"note", "reflection", "asking", "support"}
    assert seen(scene, scene.manager) == {"note", "asking", "support"}
    share(scene.org, scene.ids["reflection_id"], AT)
    assert "reflection" in seen(scene, scene.manager)


def test_the_two_see_nothing_from_another_organisation_that_both_belong_to(scene: Scene) -> None:
    elsewhere = factories.organisation()
    for person in (scene.handler, scene.manager):
        Membership.objects.create(user=person, organisation=elsewhere, role="complaints_manager")
        assert seen(scene, person, elsewhere) == set()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    held=st.lists(st.sampled_from(list(ROLES)), max_size=3, unique=True),
    pair=st.sampled_from(["neither", "supervisor", "supervised"]),
    wrote=st.booleans(), shared=st.booleans(), asked=st.sampled_from(["neither", "asked", "was asked"]),
    told=st.sampled_from(["neither", "is about", "told", "offered"]), against=st.booleans(),
)  # fmt: skip
def test_what_is_seen_is_what_the_rule_says(
    scene: Scene, held: list[str], pair: str, wrote: bool, shared: bool, asked: str, told: str, against: bool
) -> None:
    """The rule told again, without the database, for random people."""
    person, other, third = factories.person(scene.org, *held), scene.handler, scene.manager
    note = TalkNote.objects.select_related("talk__supervision").get()
    two = note.talk.supervision
    two.supervisor, two.supervised = {"supervisor": (person, other), "supervised": (other, person)}.get(
        pair, (third, other)
    )
    two.save()
    reader = third if wrote else person
    Reflection.objects.update(writer=person if wrote else other, shared_with=reader if shared else None)
    sides = {"asked": (person, third), "was asked": (other, person)}.get(asked, (other, third))
    Asking.objects.update(person=sides[0], to=sides[1])
    about = person if told == "is about" else None
    StaffSupport.objects.update(
        person=about, name="" if about else "A nurse", told_by=person if told == "told" else other,
        offered_by=person if told == "offered" else other, offered_on=AT,
    )  # fmt: skip
    ComplainedAbout.objects.all().delete()
    if against:
        ComplainedAbout.objects.create(case=scene.case, person=person)
    looks = Permission.LOOK_AFTER_PEOPLE in permissions_of(held)
    expected = set()
    if held:
        expected |= {"note"} if pair != "neither" else set()
        expected |= {"reflection"} if wrote or shared else set()
        expected |= {"asking"} if asked != "neither" else set()
        offered = told in ("told", "offered") or looks
        expected |= {"support"} if told == "is about" or (offered and not against) else set()
    assert seen(scene, person) == expected


def test_who_is_told_of_a_complaint_sees_no_support_of_others_in_it(scene: Scene) -> None:
    by = factories.actor(scene.handler, scene.org)
    own = support_actions.Told("about", AT.date(), "phone", person_id=scene.manager.pk)
    row = support_actions.keep_told(case=scene.case, told=own, by=by, at=AT)
    viewer = factories.viewer(scene.manager, scene.org)
    assert [one.pk for one in support.seen(viewer)] == [row.pk]


def test_nothing_leads_from_here_to_a_case_or_back() -> None:
    for model in (TalkNote, Reflection, Asking, StaffSupport):
        related = {field.related_model for field in model._meta.get_fields() if field.is_relation}
        assert Case not in related, model
    assert not [f for f in Case._meta.get_fields() if f.is_relation and f.related_model._meta.app_label == "care"]


def test_not_a_word_stands_in_trail_outbox_search_or_facts(scene: Scene) -> None:
    share(scene.org, scene.ids["reflection_id"], AT)
    kept = [str(row) for model in (Entry, Message, SearchEntry, CaseFact) for row in model.objects.values()]
    kept += [str(event) for event in scene.case.events.values()]
    assert kept
    for word in (NOTE, REFLECTION, ASKED, SUPPORT, "Nurse of the ward"):
        assert not [row for row in kept if word in row], word
    verbs = set(
        Entry.objects.filter(object_kind__in=["supervision", "reflection", "asking"]).values_list("verb", flat=True)
    )
    assert verbs == {"supervision_agreed", "supervision_held"}


def test_neither_trail_nor_outbox_tells_who_asked(scene: Scene) -> None:
    """Of a request for time or a talk, they hold that Heed wrote to somebody."""
    before, letters = Entry.objects.count(), Message.objects.count()
    other = factories.person(scene.org, "complaints_manager")
    people.ask(
        organisation=scene.org, to_id=other.pk, helps=["talk"], by=factories.actor(scene.handler, scene.org), at=AT
    )
    new = list(Entry.objects.order_by("pk")[before:])
    assert {(entry.actor_kind, entry.actor_id, entry.verb) for entry in new} == {
        ("system", "care", "correspondent_added")
    }
    [letter] = Message.objects.order_by("pk")[letters:]
    assert (letter.by_kind, letter.by_id) == ("system", "care")


def test_dates_for_assurance_never_read_what_was_said(scene: Scene) -> None:
    tables = {model._meta.db_table for model in (TalkNote, Reflection)}

    def guard(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        assert not any(table in sql for table in tables), sql
        return execute(sql, params, many, context)

    with connection.execute_wrapper(guard), pytest.raises(AssertionError):
        TalkNote.objects.count()
    with connection.execute_wrapper(guard):
        assert [(one.supervised, one.last_on) for one in talks.dates(scene.org.pk, AT.date())] == [
            (scene.handler.name, AT.date())
        ]
