"""One of everything that is kept of the people who handle complaints, made through the actions. What is said in confidence
holds words that stand nowhere else."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from tests import factories

from heed.accounts.models import User
from heed.accounts.permissions import Permission, Viewer
from heed.care.actions import network, people, support, talks, training
from heed.care.models import Reflection
from heed.care.queries import asking
from heed.care.queries import network as network_queries
from heed.care.queries import support as support_queries
from heed.care.queries import talks as talk_queries
from heed.cases.models import Case
from heed.organisations.models import Organisation

NOTE, REFLECTION, ASKED, SUPPORT = "quincebasket", "marzipanbridge", "thimbleharbour", "saffronladder"


def cared_for(org: Organisation, manager: User, handler: User, case: Case, *, at: datetime) -> dict[str, Any]:
    """The manager supervises the handler; the handler reflects, and asks the manager; the handler told somebody of the
    case; the manager of another body wrote to all, and it was reported. Names as in the addresses."""
    by, boss = factories.actor(handler, org), factories.actor(manager, org)
    here: dict[str, Any] = {"organisation": org, "at": at}
    today = at.date()
    pair = talks.agree_supervision(
        supervisor_id=manager.pk, supervised_id=handler.pk, every_weeks=6, next_on=today + timedelta(days=7), by=boss,
        **here,
    )  # fmt: skip
    talk = talks.hold_talk(
        supervision_id=pair.pk, held_on=today, next_on=today + timedelta(days=42), text=f"The {NOTE} of last week.",
        by=boss, **here,
    )  # fmt: skip
    one = talks.write_reflection(text=f"I thought of the {REFLECTION}.", by=by, **here)
    asked = people.ask(to_id=manager.pk, helps=["talk"], words=f"It was the {ASKED}.", by=by, **here)
    training.take_over(codes=["data_protection"], by=boss, **here)
    course = training.set_course(name="Our letters", what_for="", roles=[], months=12, by=boss, **here)
    told = support.Told("about", today, "in_person", name="Nurse of the ward", offered=["talk"])
    row = support.keep_told(case=case, told=told, by=by, at=at)
    support.keep_informed(
        support_id=row.pk,
        viewer=factories.viewer(handler, org),
        told_on=today,
        text=f"The {SUPPORT} waits.",
        by=by,
        at=at,
    )
    post = network.post(kind="practice", title="A call first", text="We call before we write.", by=by, **here)
    network.report(post_id=post.pk, why="It is dull", by=boss, **here)
    return {
        "supervision_id": pair.pk, "talk_id": talk.pk, "reflection_id": one.pk, "asking_id": asked.pk,
        "course_id": course.pk, "support_id": row.pk, "post_id": post.pk,
    }  # fmt: skip


def share(org: Organisation, reflection_id: int, at: datetime) -> None:
    """The writer shares it with their supervisor."""
    writer = Reflection.objects.get(pk=reflection_id).writer
    talks.share_reflection(
        organisation=org, reflection_id=reflection_id, shared=True, by=factories.actor(writer, org), at=at
    )


def _own_reflection(viewer: Viewer, names: dict[str, Any]) -> bool:
    one = talk_queries.reflection(viewer, names["reflection_id"])
    return one is not None and one.writer_id == viewer.person_id


def _post(viewer: Viewer, names: dict[str, Any]) -> network_queries.Shown:
    found = network_queries.post(viewer, names["post_id"])
    assert found is not None
    return found


# What shows a thing to somebody, by the name of the page.
SEEN_ON: dict[str, Callable[[Viewer, dict[str, Any]], Any]] = {
    "my_capacity": lambda viewer, _: viewer.may(Permission.HANDLE),
    "care_talk": lambda viewer, names: talk_queries.talk(viewer, names["talk_id"]),
    "hold_talk": lambda viewer, names: talk_queries.one_of_mine(viewer, names["supervision_id"]),
    "reflection": lambda viewer, names: talk_queries.reflection(viewer, names["reflection_id"]),
    "share_reflection": _own_reflection,
    "forget_reflection": _own_reflection,
    "care_asking": lambda viewer, names: asking.asking(viewer, names["asking_id"]),
    "support_for": lambda viewer, names: support_queries.support(viewer, names["support_id"]),
    "support_step": lambda viewer, names: support_queries.support(viewer, names["support_id"]),
    "withdraw_post": lambda viewer, names: _post(viewer, names).may_withdraw,
    "keep_post": lambda viewer, names: _post(viewer, names).reports,
}
