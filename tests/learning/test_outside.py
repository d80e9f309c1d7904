"""An owner without an account: a link, one answer, and no more."""

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from tests import factories
from tests.learning.scene import AT, JUNE_1, JUNE_30, Doing, noon

from heed.accounts.models import User
from heed.audit.actor import Actor
from heed.audit.refusals import Refused
from heed.correspondence.models import Message, OneTimeLink
from heed.documents.actions import store
from heed.learning import actions, checks, queries
from heed.learning.actions import Answer
from heed.learning.models import Action, LearningPoint
from heed.learning.rules import Promised
from heed.organisations.models import Organisation

pytestmark = pytest.mark.django_db
KIT = {"outside_name": "Kit Rowe", "outside_email": "kit@care.example"}


@pytest.fixture
def owned(body: Organisation, manager: User, point: LearningPoint, promised: Promised) -> Action:
    return actions.promise_action(
        learning_point_id=point.pk, promised=replace(promised, owner_id=None, **KIT),
        by=factories.actor(manager, body), at=AT,
    )  # fmt: skip


@pytest.fixture
def looking(owned: Action, body: Organisation, manager: User) -> Doing:
    return Doing(owned, body, manager)


def says(action: Action, on: date, way: str, **more: Any) -> None:
    link = OneTimeLink.objects.filter(purpose="action_owner").first()
    assert link is not None
    by = Actor("public", f"link-{link.pk}", action.organisation.code)
    version = Action.objects.get(pk=action.pk).version
    actions.answer(action_id=action.pk, answer=Answer(way, on, **more), by=by, at=noon(on), version=version)


def test_the_promise_sends_a_link_without_a_word_of_it(owned: Action) -> None:
    mail = Message.objects.get(letter="action_owned")
    assert mail.to_address == "kit@care.example"
    assert owned.step not in mail.body + mail.subject
    assert "/link/" in mail.sealed_body
    assert "/link/" not in mail.body
    (link,) = queries.links_of(owned)
    assert (link.ended_at, link.object_id) == (None, str(owned.pk))
    sentences = [line.sentence for line in queries.history(owned)]
    assert "Morag Ellis sent Kit Rowe a link to answer through." in sentences
    assert "Morag Ellis promised an action by 30 June 2026, owned by Kit Rowe." in sentences


def test_each_answer_is_kept_in_their_name_and_ends_the_link(owned: Action, looking: Doing) -> None:
    says(owned, JUNE_1, "started")
    assert OneTimeLink.objects.get().ended_why == "answered"
    assert queries.history(owned)[0].sentence == "Kit Rowe started the action on 1 June 2026."
    looking(actions.send_owner_link, JUNE_1)
    says(owned, date(2026, 6, 8), "progress", standing="late", words="Half of the wards", again_on=date(2026, 6, 20))
    action = Action.objects.get()
    assert (action.standing, action.checks.get().made_by) == ("late", "Kit Rowe")
    assert queries.history(action)[0].sentence == "Kit Rowe reviewed progress: late, next on 20 June 2026."
    looking(actions.send_owner_link, date(2026, 6, 20))
    with pytest.raises(Refused) as refused:
        says(owned, JUNE_30, "done", words=" ")
    assert refused.value.field == "words"
    says(owned, JUNE_30, "done", words="The sheet is in use.")
    assert Action.objects.get().state == "done"
    assert [link.ended_why for link in queries.links_of(owned)] == ["answered"] * 3
    looking(
        actions.record_check, date(2026, 7, 7), kind="completion", done_on=date(2026, 7, 7), worked=True, note="Yes"
    )
    assert Action.objects.get().state == "completed"
    assert [lines for _, lines in checks.problems() if lines] == []


def test_files_of_theirs_are_evidence(owned: Action, body: Organisation) -> None:
    file = store(
        content=BytesIO(b"We agreed."), filename="minutes.txt", organisation_id=body.pk,
        by=Actor("public", "link-1", body.code), at=AT,
    )  # fmt: skip
    says(owned, JUNE_1, "done", attachments=(file,))
    assert Action.objects.get().completion_evidence == "Shown by: minutes.txt."


def test_who_cannot_do_it_hands_it_back_and_the_next_owner_ends_their_link(
    owned: Action, looking: Doing, owner: User, manager: User
) -> None:
    says(owned, JUNE_1, "cannot", words="I have left the home.")
    action = Action.objects.get()
    assert (action.owed_what, action.owed_by) == ("give", manager)
    looking(actions.send_owner_link, JUNE_1)
    looking(actions.give_to, JUNE_1, owner_id=owner.pk, reason="Kit has left.")
    assert OneTimeLink.objects.latest("pk").ended_why == "reassigned"
    with pytest.raises(Refused, match="another owner"):
        says(owned, JUNE_1, "started")
    with pytest.raises(Refused, match="has an account"):
        looking(actions.send_owner_link, JUNE_1)


def test_a_link_is_withdrawn_once(owned: Action, looking: Doing) -> None:
    looking(actions.withdraw_owner_link, JUNE_1)
    assert OneTimeLink.objects.get().ended_why == "withdrawn"
    with pytest.raises(Refused, match="no link"):
        looking(actions.withdraw_owner_link, JUNE_1 + timedelta(days=1))
