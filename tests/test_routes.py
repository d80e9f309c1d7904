"""Every address of the staff pages, tried by everybody: each role, who is not signed in, and people of elsewhere.

It finds the addresses by itself. A new page needs nothing here, unless its address names a new kind of thing."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests import factories
from tests.care import scene as care_scene
from tests.insight import proofs
from tests.insight.groups_facts import ask
from tests.learning import routes as learning_routes
from tests.learning.told import one_of_each
from tests.staff.survey_things import survey_things

from heed.accounts.models import User
from heed.accounts.permissions import Permission, Viewer
from heed.accounts.roles import ROLES, permissions_of
from heed.audit.actor import Actor
from heed.cases.actions import remedy, triage
from heed.cases.models import Case
from heed.correspondence.models import Message
from heed.documents import actions as documents
from heed.feedback import queries as feedback_queries
from heed.feedback.actions import about_you, voices
from heed.feedback.models import AboutYouAnswer
from heed.feedback.voices import Heard
from heed.insight.actions import coding
from heed.insight.actions.keep import keep
from heed.insight.actions.rebase import rebase
from heed.insight.models import Alarm, NewTheme, Recheck
from heed.insight.queries import coding as coding_queries
from heed.insight.queries import recheck as recheck_queries
from heed.insight.queries import warnings as warning_queries
from heed.learning import actions as learning
from heed.learning import queries as learning_queries
from heed.learning.queries import pieces as piece_queries
from heed.learning.rules import Promised
from heed.organisations import actions as organisations
from heed.organisations.models import Organisation

pytestmark = pytest.mark.django_db
NOT_THERE = (404, 405)  # 405: the page takes no form from anybody, which tells nothing of what it shows
LATER = factories.NOW + timedelta(days=2)
DAY = date(2026, 6, 1)


def staff_patterns() -> Iterator[URLPattern]:
    """Every pattern whose page is one of the staff's."""

    def walk(patterns: list[Any]) -> Iterator[URLPattern]:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns)
            elif pattern.callback.__module__.startswith("heed.staff."):
                yield pattern

    yield from walk(get_resolver().url_patterns)


ROUTES = sorted((pattern for pattern in staff_patterns()), key=lambda pattern: str(pattern.name))


@dataclass
class World:
    """An organisation in which somebody of each role works, and one of everything that an address can name. The case is
    assigned to the investigator, taken down by the front line and about the service of its manager; the action is its
    owner's."""

    code: str
    people: dict[str, User]
    stranger: User
    names: dict[str, Any] = field(default_factory=dict)

    def address(self, pattern: URLPattern, org: str | None = None) -> str:
        """The address of the page for this world's things. `reference` and `token` are those of what the route is about."""
        about = "feedback" if str(pattern.name).startswith(("feedback", "take_for", "pass_on")) else "case"
        about = "action" if "action_id" in pattern.pattern.converters else about
        about = "own" if pattern.name == "answer_own_survey" else about
        if "piece_id" in pattern.pattern.converters:
            about = "story" if "story" in str(pattern.name) else "line" if pattern.name == "tell_others" else "piece"
        values = {}
        for name in pattern.pattern.converters:
            key = f"{about}_{name}" if f"{about}_{name}" in self.names else name
            assert key in self.names, f"{pattern.name}: say in `world` what {name!r} is, so that the page can be tried"
            values[name] = self.names[key]
        return reverse(str(pattern.name), kwargs={"org": org or self.code, **values})


def _file(organisation_id: int, name: str) -> Any:
    by = Actor("public", "", "")
    content = BytesIO(f"What happened, {name}.".encode())
    return documents.store(content=content, filename=name, organisation_id=organisation_id, by=by, at=factories.NOW)


def _files(organisation_id: int, of_case: Any, of_comment: Any, of_action: Any) -> dict[str, Any]:
    holders = {"case": of_case, "feedback": of_comment, "action": of_action}
    files = {of: _file(organisation_id, f"{of}.txt") for of in holders}
    for of, holder in holders.items():
        holder.files.create(attachment=files[of])
    return files


def _promises(case: Any, owner: User, by: Any, manager: Any) -> tuple[Any, Any, Any]:
    owed = remedy.agree_remedy(
        case_id=case.pk, kind="apology", description="Say sorry", due_on=DAY, by=by, at=LATER, version=case.version
    )
    text = "Calls were lost at handover."
    point = learning.record_learning(case_id=case.pk, text=text, level="service", by=by, at=LATER)
    return (
        owed,
        point,
        learning.promise_action(learning_point_id=point.pk, promised=promised(owner), by=manager, at=LATER),
    )


def _asked(org: Organisation, case: Case, people: dict[str, User]) -> dict[str, int]:
    """The case is drawn to be checked, and its text is coded by the two managers."""
    recheck = Recheck.objects.create(organisation=org, month=DAY, population=1, seed=1, drawn_at=LATER)
    recheck.cases.create(number=1, case=case)
    manager = people["complaints_manager"]
    second = people["responsible_person"]
    of = coding.start_round(
        organisation=org, first_id=manager.pk, second_id=second.pk, texts=1, which="both", since=date(2026, 1, 1),
        by=factories.actor(manager, org), at=LATER,
    )  # fmt: skip
    return {"recheck_id": recheck.pk, "round_id": of.pk}


def _told_activity(org: Organisation, by: Actor) -> Any:
    organisations.choose_activity(organisation=org, kind="contacts", by=by, at=LATER)
    numbers: dict[tuple[str, date], int | None] = {("", date(2026, 3, 1)): 900}
    return organisations.enter_activity(
        organisation=org, cells=numbers, source="Register", way="typed", version=0, by=by, at=LATER
    )


@pytest.fixture(scope="module")
def world(of_the_module: Callable[[], AbstractContextManager[None]]) -> World:
    with of_the_module():
        return make_world()


def make_world() -> World:
    org = factories.organisation()
    people = {role: factories.person(org, role) for role in ROLES}
    elsewhere = factories.organisation()
    made = World(org.code, people, factories.person(elsewhere, *ROLES))
    handler, owner = people["handler"], people["action_owner"]
    front = factories.actor(people["front_line"], org)
    case = factories.investigated(org, handler, people["investigator"], channel="phone", by=front)
    by = factories.actor(handler, org)
    owed, point, action = _promises(case, owner, by, factories.actor(people["complaints_manager"], org))
    comment = factories.received(org, kind="comment", by=front, text="The new chairs are good.").feedback
    files = _files(org.pk, case.feedback, comment, action)
    letters = Message.objects.filter(channel="email", thread_id=case.feedback.thread_id)
    letters.update(state="failed", attempts=9, failure="The mail server does not accept the address.")
    closure = organisations.add_closure(organisation=org, on=date(2026, 12, 24), reason="Closed", by=by, at=LATER)
    change = _told_activity(org, by)
    made.names = {
        "case_reference": case.reference,
        "feedback_reference": comment.reference,
        **{f"{of}_token": file.token for of, file in files.items()},
        "number": 1,
        "part": "complainant",
        "remedy_id": owed.pk,
        "point_id": point.pk,
        "action_id": action.pk,
        "other_id": action.pk + 1,
        "person_id": handler.pk,
        "service_id": org.services.first().pk,
        "membership_id": handler.memberships.first().pk,
        "closure_id": closure.pk,
        "change_id": change.pk,
        "message_id": letters.latest("pk").pk,
        "key": "received",
        "theme": NewTheme.objects.create(
            organisation=org, number=3, people=3, copies=0, first_seen_at=LATER, last_seen_at=LATER
        ).number,
        **_asked(org, case, people),
        **_answered(action),
        "month": "2026-06",
        **_kept(org, factories.actor(people["complaints_manager"], org)),
        "file": "figures.xlsx",
        **_warned(org, handler),
        "question": "age",
        **survey_things(org, case, handler),
        **_heard(org, by),
        "own_survey_of": handler.pk,
        **one_of_each(org, people, elsewhere, action, LATER),
        **learning_routes.names(org, case, people, point, LATER),
        **care_scene.cared_for(org, people["complaints_manager"], handler, case, at=LATER),
        "step": "offer",
    }
    _said_about_themselves(org, case)
    return made


def _answered(action: Any) -> dict[str, Any]:
    """It was worked out whether the action worked."""
    kept = proofs.kept_answer(action)
    return {"answer": kept.number}


def _said_about_themselves(org: Organisation, case: Case) -> None:
    ask(org, "age", since=LATER)
    by = Actor("public", str(case.feedback_id), org.code)
    about_you.tell(feedback_id=case.feedback_id, answers={"age": "from_85"}, by=by, at=LATER)


def _warned(organisation: Organisation, handler: User) -> dict[str, Any]:
    """An early warning about the first service, and something that was learned from it."""
    by = factories.actor(handler, organisation)
    service = organisation.services.first()
    alarm = Alarm.objects.create(
        organisation=organisation, every="week", service=service.code, start=date(2026, 6, 8), periods=1, rule="single",
        count=9, expected=2.5, low=1, high=4, bound=7, chance=1e-4, level=2.0, exceedance=1.4, grade="likely", wide=True,
        young=False, sparse=False, raised_at=LATER, worst=1.4, most=6.5,
    )  # fmt: skip
    lesson = learning.learn_from(
        organisation_id=organisation.pk, origin=learning.Origin("warning", str(alarm.pk), "9 complaints"),
        text="The board was wrong.", level="service", service_id=service.pk, by=by, at=LATER,
    )  # fmt: skip
    return {"alarm_id": alarm.pk, "lesson_id": lesson.pk}


def _heard(org: Organisation, by: Actor) -> dict[str, int]:
    """One other voice by itself, and one of a file."""
    told = Heard("claim", date(2026, 4, 1), words="A fall on the stairs.")
    voice = voices.record_voice(organisation=org, heard=told, by=by, at=LATER)
    batch = voices.bring_in(organisation=org, heard=[told], file_name="claims.csv", by=by, at=LATER)
    return {"voice_id": voice.pk, "batch_id": batch.pk}


def _kept(org: Any, by: Any) -> dict[str, Any]:
    made = keep(organisation=org, title="Board", by=by, at=LATER)
    month, reason = date(2026, 4, 1), "The front desk takes them too."
    anew = rebase(organisation=org, measure="received", service="", month=month, reason=reason, by=by, at=LATER)
    return {"kept_id": made.pk, "rebase_id": anew.pk}


def promised(owner: User) -> Promised:
    kinds = {"progress": 10, "completion": 30, "impact": 60, "maintenance": 90}
    checks = {f"{kind}_check": f"Look at {kind}" for kind in kinds}
    days = {f"{kind}_check_on": DAY + timedelta(days=after) for kind, after in kinds.items()}
    return Promised(
        step="Call bells are handed over.", owner_id=owner.pk, start_on=DAY, finish_on=DAY + timedelta(days=20),
        standard_met="The handover policy", involvement="She reads the sheet first.", **checks, **days,
    )  # fmt: skip


def guard(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    """No statement may name the table of what people said about themselves."""
    assert AboutYouAnswer._meta.db_table not in sql, sql
    return execute(sql, params, many, context)


def test_the_guard_sees_who_reads_what_people_said_about_themselves(world: World) -> None:
    assert AboutYouAnswer.objects.count() == 1
    with connection.execute_wrapper(guard), pytest.raises(AssertionError):
        AboutYouAnswer.objects.count()


def tried(client: Client, method: str, address: str) -> int:
    """The answer's status. Whatever the page did is taken back. No staff page, whoever opens or sends it, reads what
    people said about themselves: not a case, not a list, not a search, not the settings, not the figures (R256)."""
    with transaction.atomic(), connection.execute_wrapper(guard):
        response = client.get(address) if method == "get" else client.post(address, {})
        if response.streaming:
            b"".join(response)
        transaction.set_rollback(True)
    return response.status_code


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_every_staff_page_asks_who_is_looking() -> None:
    assert len(ROUTES) > 60
    unguarded = [str(pattern.name) for pattern in ROUTES if not hasattr(pattern.callback, "permissions")]
    assert not unguarded, f"not under @member: {unguarded}"
    with_things = {pattern: dict.fromkeys(pattern.pattern.converters, 1) for pattern in ROUTES}
    addresses = [reverse(str(pattern.name), kwargs={"org": "any", **things}) for pattern, things in with_things.items()]
    assert all(address.startswith("/any/staff/") for address in addresses)


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_is_not_signed_in_is_asked_to(world: World, method: str) -> None:
    sign_in = reverse("sign_in")
    for pattern in ROUTES:
        response = getattr(Client(), method)(world.address(pattern))
        assert response.status_code == 405 or response["Location"].startswith(sign_in), pattern.name


@pytest.mark.parametrize("method", ["get", "post"])
def test_people_of_elsewhere_find_nothing(world: World, method: str) -> None:
    client = signed_in(world.stranger)
    found = [str(p.name) for p in ROUTES if tried(client, method, world.address(p)) not in NOT_THERE]
    assert not found


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_organisation_that_is_not_there_is_not_found(world: World, method: str) -> None:
    client = signed_in(world.people["handler"])
    assert all(tried(client, method, world.address(pattern, "no-such-body")) in NOT_THERE for pattern in ROUTES)


# What shows a thing to the person, by the part of the address that names it.
SEEN: dict[str, Callable[[Viewer, dict[str, Any]], Any]] = {
    "action_id": lambda viewer, names: learning_queries.visible(viewer).filter(pk=names["action_id"]),
    "piece_id": lambda viewer, names: piece_queries.visible(viewer).filter(pk=names["piece_piece_id"]),
    "alarm_id": lambda viewer, names: warning_queries.visible(viewer).filter(pk=names["alarm_id"]),
}
# The same by the name of the page, where its part of the address does not tell.
SEEN_ON: dict[str, Callable[[Viewer, dict[str, Any]], Any]] = {
    "recheck_case": lambda viewer, names: recheck_queries.to_check(viewer, names["recheck_id"], 1),
    "code_text": lambda viewer, names: coding_queries.text_for(viewer, names["round_id"], 1),
    # What lies behind a figure of the whole organisation.
    "insight_measure_behind": lambda viewer, _: viewer.may(Permission.SEE_ALL_CASES),
    # Nobody opens what somebody else is asked.
    "answer_own_survey": lambda viewer, names: viewer.person_id == names["own_survey_of"],
    "use_story": lambda viewer, names: piece_queries.visible(viewer).filter(pk=names["story_piece_id"]),
    # Of the pieces, those that the manager wrote: another writes them anew only who may publish.
    **dict.fromkeys(
        ("reword_piece", "look_at_piece", "ask_for_piece", "story_consent"),
        lambda viewer, _: viewer.may(Permission.PUBLISH),
    ),
    **care_scene.SEEN_ON,
}


def sees(viewer: Viewer, pattern: URLPattern, world: World) -> bool:
    """Whether the person sees the thing that the address names."""
    found = learning_routes.sees(viewer, str(pattern.name), pattern.pattern.converters, world.names)
    if found is not None:
        return found
    if pattern.name in SEEN_ON:
        return bool(SEEN_ON[pattern.name](viewer, world.names))
    for part, seen in SEEN.items():
        if part in pattern.pattern.converters:
            return bool(seen(viewer, world.names))
    if "reference" not in pattern.pattern.converters:
        return True
    if world.names["feedback_reference"] in world.address(pattern):
        return feedback_queries.visible_item(viewer, world.names["feedback_reference"]) is not None
    return Case.objects.visible_to(viewer).filter(reference=world.names["case_reference"]).exists()


@pytest.mark.parametrize("role", list(ROLES))
@pytest.mark.parametrize("method", ["get", "post"])
def test_each_role_opens_what_it_may_and_nothing_else(world: World, role: str, method: str) -> None:
    person = world.people[role]
    client, held = signed_in(person), permissions_of([role])
    viewer = factories.viewer(person, Organisation.objects.get(code=world.code))
    for pattern in ROUTES:
        allowed = not pattern.callback.permissions or bool(held & set(pattern.callback.permissions))
        status = tried(client, method, world.address(pattern))
        if allowed and sees(viewer, pattern, world):
            assert status in (200, 302, 405), f"{role} may {method} {pattern.name}, and got {status}"
        else:
            assert status in NOT_THERE, f"{role} may not {method} {pattern.name}, and got {status}"


def test_who_is_complained_about_sees_nothing_of_the_case(world: World) -> None:
    manager = world.people["complaints_manager"]
    handler = factories.actor(world.people["handler"], Organisation.objects.get(code=world.code))
    case = Case.objects.get(reference=world.names["case_reference"])
    against = [triage.Against(person_id=manager.pk)]
    triage.record_against(case_id=case.pk, against=against, by=handler, at=LATER, version=case.version)
    client = signed_in(manager)
    of_the_case = [
        p for p in ROUTES if "reference" in p.pattern.converters and world.names["case_reference"] in world.address(p)
    ]
    assert len(of_the_case) > 30
    for pattern in of_the_case:
        assert tried(client, "get", world.address(pattern)) in NOT_THERE, pattern.name
        assert tried(client, "post", world.address(pattern)) in NOT_THERE, pattern.name


def test_a_permission_opens_at_least_one_page() -> None:
    """A permission that nothing asks for would be a promise in the list of roles that nobody keeps."""
    asked = {permission for pattern in ROUTES for permission in pattern.callback.permissions}
    assert asked == set(Permission)
