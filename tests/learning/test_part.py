"""The person's part: how they wish to hear, what they agreed to and took back, and whether it is enough."""

from datetime import date, timedelta

import pytest
from tests import factories
from tests.learning.scene import AT, JUNE_1, Doing

from heed.accounts.models import User
from heed.audit.actor import Actor
from heed.audit.models import Entry
from heed.audit.refusals import Refused
from heed.cases.models import Case
from heed.correspondence.models import Message
from heed.learning import actions, involvement, letters, queries
from heed.learning.models import LearningPoint, Part
from heed.learning.rules import Promised
from heed.organisations.models import Organisation
from heed.portal.forms.part import OPTIONS

pytestmark = pytest.mark.django_db


@pytest.fixture
def them(case: Case, body: Organisation) -> Actor:
    return Actor("public", str(case.feedback_id), body.code)


def test_consent_keeps_its_day_and_what_is_taken_back_keeps_both(
    case: Case, them: Actor, body: Organisation, manager: User
) -> None:
    actions.choose_part(case_id=case.pk, wish="each", options=["story", "visit"], how="page", by=them, at=AT)
    later = AT + timedelta(days=3)
    by = factories.actor(manager, body)
    actions.choose_part(case_id=case.pk, wish="end", options=["visit", "monitoring"], how="phone", by=by, at=later)
    taken = queries.part_of(case.pk)
    assert (taken.wish, taken.said_how) == ("end", "By phone")
    assert [(one.option, one.agreed_at, one.withdrawn_at) for one in taken.agreed] == [
        ("story", AT, later), ("visit", AT, None), ("monitoring", later, None)
    ]  # fmt: skip
    entry = Entry.objects.filter(verb="part_chosen").latest("pk")
    assert entry.detail["withdrawn"] == ["story"]
    actions.choose_part(case_id=case.pk, wish="end", options=["story"], how="page", by=them, at=later)
    assert Part.objects.filter(option="story").count() == 2, "agreed to again is a consent of its own"


def test_only_what_is_offered_is_kept(case: Case, them: Actor) -> None:
    assert set(involvement.options()) == {"review_guidance", "training", "visit", "story", "monitoring"}
    for more, field in (({"wish": "daily"}, "wish"), ({"options": ["none"]}, "options"), ({"how": "pigeon"}, "how")):
        said = {"wish": "each", "options": [], "how": "page", **more}
        with pytest.raises(Refused) as refused:
            actions.choose_part(case_id=case.pk, by=them, at=AT, **said)
        assert refused.value.field == field


@pytest.mark.parametrize(
    ("wish", "told"),
    [("", ["promised", "moved"]), ("each", ["promised", "started", "moved"]), ("end", []), ("no", [])],
)
def test_messages_honour_the_wish(
    case: Case, them: Actor, point: LearningPoint, promised: Promised, body: Organisation, manager: User, wish: str,
    told: list[str],
) -> None:  # fmt: skip
    if wish:
        actions.choose_part(case_id=case.pk, wish=wish, options=[], how="page", by=them, at=AT)
    by = factories.actor(manager, body)
    action = actions.promise_action(learning_point_id=point.pk, promised=promised, by=by, at=AT)
    doing = Doing(action, body, manager)
    doing(actions.start, JUNE_1, started_on=JUNE_1)
    doing(actions.change_dates, JUNE_1, dates={"finish_on": date(2026, 7, 2)}, reason="The printer")
    assert [event.data["of"] for event in action.events.filter(kind="person_told")] == told
    assert queries.for_person(case.pk), "it stands on their page all the same"


@pytest.mark.parametrize(("wish", "told"), [("end", 1), ("no", 0)])
def test_the_end_is_told_to_who_asked_for_it(
    case: Case, them: Actor, done: object, looking: Doing, wish: str, told: int
) -> None:
    actions.choose_part(case_id=case.pk, wish=wish, options=[], how="page", by=them, at=AT)
    before = Message.objects.filter(channel="portal", direction="out").count()
    looking(
        actions.record_check, date(2026, 7, 7), kind="completion", done_on=date(2026, 7, 7), worked=True, note="Yes"
    )
    assert Message.objects.filter(channel="portal", direction="out").count() - before == told


def test_whether_it_is_enough_is_said_again_and_the_latest_counts(case: Case, them: Actor) -> None:
    actions.say_satisfied(case_id=case.pk, answer="no", words="Nights are missing.", how="page", by=them, at=AT)
    actions.say_satisfied(case_id=case.pk, answer="no", words="Nights are missing.", how="page", by=them, at=AT)
    actions.say_satisfied(case_id=case.pk, answer="yes", how="page", by=them, at=AT + timedelta(days=90))
    assert case.satisfactions.count() == 2
    assert (queries.part_of(case.pk).satisfied, queries.part_of(case.pk).satisfied_words) == ("yes", "")
    with pytest.raises(Refused):
        actions.say_satisfied(case_id=case.pk, answer="very", how="page", by=them, at=AT)
    for entry in Entry.objects.filter(verb="satisfaction_said"):
        assert "Nights" not in str(entry.detail)


def test_what_staff_wrote_without_a_stop_gets_one_in_the_letter() -> None:
    said = letters.moved(step="Ring the family", was=JUNE_1, now=date(2026, 7, 1), reason="The list was late.")
    assert "1 June 2026: Ring the family.\n\n" in said
    assert "The reason: The list was late.\n\n" in said


def test_everything_that_may_be_agreed_to_is_said_to_the_person_in_words_of_their_own() -> None:
    assert set(OPTIONS) == set(involvement.options())


def test_who_is_complained_about_notes_nothing(case: Case, body: Organisation) -> None:
    from_them = factories.person(body, "handler")
    case.complained_about.create(person=from_them, name=from_them.name)
    with pytest.raises(Refused, match="complained about"):
        actions.choose_part(
            case_id=case.pk, wish="each", options=[], how="phone", by=factories.actor(from_them, body), at=AT
        )
