"""The staff pages of learning: what they show, keep and refuse."""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests import factories
from tests.learning.scene import AT, Doing

from heed.accounts.models import User
from heed.cases.actions import triage
from heed.cases.actions.investigate import ContactGiven, log_contact
from heed.cases.models import Case
from heed.learning import actions
from heed.learning.aiming import Aimed
from heed.learning.models import Action, LearningPoint
from heed.learning.rules import DATE_FIELDS
from heed.organisations.models import Organisation

pytestmark = pytest.mark.django_db


class Visitor:
    """`visitor.get("actions/")`, `visitor.send("actions/1/start/", ...)` as one person of the organisation."""

    def __init__(self, person: User, body: Organisation):
        self.client, self.base = Client(), f"/{body.code}/staff/"
        self.client.force_login(person)

    def get(self, page: str) -> Any:
        return self.client.get(self.base + page)

    def send(self, page: str, **data: Any) -> Any:
        return self.client.post(self.base + page, data, follow=True)


@pytest.fixture
def manager_at(manager: User, body: Organisation) -> Visitor:
    return Visitor(manager, body)


@pytest.fixture
def owner_at(owner: User, body: Organisation) -> Visitor:
    return Visitor(owner, body)


def words(response: Any) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def boxes(name: str, on: date) -> dict[str, str]:
    return {f"{name}_day": str(on.day), f"{name}_month": str(on.month), f"{name}_year": str(on.year)}


def promise(owner: User) -> dict[str, str]:
    today = timezone.localdate()
    after = {"start_on": 0, "finish_on": 30, "progress_check_on": 10, "completion_check_on": 40,
             "maintenance_check_on": 90, "impact_check_on": 60}  # fmt: skip
    dates = {
        key: value for name in DATE_FIELDS for key, value in boxes(name, today + timedelta(days=after[name])).items()
    }
    texts = {
        f"{kind}_check": f"Look at {kind} of ten calls" for kind in ("progress", "completion", "maintenance", "impact")
    }
    return {
        "step": "Open calls are handed over at every change of shift.", "owner_id": str(owner.pk),
        "standard_met": "The handover policy", "involvement": "She reads the sheet first.", "tell_person": "yes",
        **texts, **dates,
    }  # fmt: skip


def test_a_case_without_lessons_says_what_will_stand_there(manager_at: Visitor, case: Case) -> None:
    page = manager_at.get(f"cases/{case.reference}/learning/")
    assert "Nothing recorded yet" in words(page)
    assert "No remedy promised yet" in words(page)


def test_from_lesson_to_promise_with_every_word_kept_on_the_way(
    manager_at: Visitor, case: Case, owner: User, body: Organisation
) -> None:
    place = f"cases/{case.reference}/learning/"
    refused = manager_at.send(f"{place}add/", text="Calls are lost at the handover", level="")
    assert "Calls are lost at the handover" in words(refused)
    assert "Choose who should learn from it" in words(refused)
    manager_at.send(f"{place}add/", text="Calls are lost at the handover", level="organisation", source="complaint")
    point = LearningPoint.objects.get()
    data = promise(owner)
    wrong = manager_at.send(f"{place}{point.pk}/action/", **data | boxes("impact_check_on", timezone.localdate()))
    assert wrong.context["form"].errors["impact_check_on"] == ["What it changed can be measured only after the finish."]
    assert wrong.context["form"]["step"].value() == data["step"]
    vague = data | {"step": "Staff will be reminded to hand over open calls where appropriate."}
    asked = manager_at.send(f"{place}{point.pk}/action/", **vague)
    assert not Action.objects.exists()
    assert "A reminder fades within weeks" in words(asked)
    assert "Make “hand over open calls where appropriate” a line of the form" in words(asked)
    assert asked.context["form"]["step"].value() == vague["step"]
    again = manager_at.send(f"{place}{point.pk}/action/", **vague, keep_reason="")
    assert "A reminder fades" in words(again)
    done = manager_at.send(f"{place}{point.pk}/action/", **data, keep_reason="")
    action = Action.objects.get()
    assert not action.events.filter(kind="kept_as_written").exists(), "the words were changed"
    assert done.redirect_chain[-1][0] == f"/{body.code}/staff/actions/{action.pk}/"
    assert "The person is told. Next: say what it should change, before it starts." in words(done)
    assert data["step"] in words(manager_at.get(place))


def test_what_is_asked_names_the_question_that_it_is_about(
    manager_at: Visitor, case: Case, owner: User, point: LearningPoint
) -> None:
    place = f"cases/{case.reference}/learning/{point.pk}/action/"
    asked = manager_at.send(place, **promise(owner) | {"step": "Hire two nurses for the open calls at each handover."})
    assert "What does it need? This needs money or people." in words(asked)
    assert '<details class="govuk-details heed-group"' not in asked.content.decode(), (
        "what is asked of is not folded away"
    )


def green(response: Any) -> list[str]:
    """What the green buttons of a page say: the next step."""
    found = re.findall(r'class="govuk-button"[^>]*>(.*?)</(?:a|button)>', response.content.decode(), re.DOTALL)
    return [unescape(label).strip() for label in found]


def test_what_it_should_change_is_said_before_it_starts(
    manager_at: Visitor, owner_at: Visitor, action: Action, body: Organisation, manager: User
) -> None:
    page = f"actions/{action.pk}/"
    assert green(manager_at.get(page)) == ["Say what it should change"]
    assert green(owner_at.get(page)) == ["Start it"], "who only owns it cannot say it"
    assert "Nobody has said yet what it should change." in words(manager_at.get(f"{page}start/"))
    assert "Nobody has said yet" not in words(owner_at.get(f"{page}start/"))
    every = "Every service does it."
    aimed = Aimed("received_complaints", action.service.code, "", "fall", "none", no_control_reason=every)
    by = factories.actor(manager, body)
    actions.choose_aim(action_id=action.pk, aimed=aimed, by=by, at=AT, version=Action.objects.get().version)
    assert green(manager_at.get(page)) == ["Start it"]
    assert "Nobody has said yet" not in words(manager_at.get(f"{page}start/"))


def test_what_slipped_says_why_where_it_is_seen_first(
    manager_at: Visitor, owner_at: Visitor, completed: Action, looking: Doing
) -> None:
    again = date(2026, 12, 1)
    looking(actions.record_check, date(2026, 10, 1), kind="maintenance", done_on=date(2026, 10, 1), worked=False,
            note="Two of ten wards still do it.", again_on=again)  # fmt: skip
    assert "Morag Ellis found: Two of ten wards still do it. What happened before" in words(
        manager_at.get(f"actions/{completed.pk}/")
    )
    assert "Was completed and did not last" in words(owner_at.get("actions/"))


def test_nobody_is_told_to_check_what_they_did_themselves(manager_at: Visitor, owner_at: Visitor, done: Action) -> None:
    assert "Wait for somebody else’s check : The nurse in charge" in words(owner_at.get("actions/"))
    assert "Check that it was done : The nurse in charge" in words(manager_at.get("actions/"))


def test_the_page_says_whom_it_is_for_and_what_is_next(manager_at: Visitor, completed: Action) -> None:
    page = manager_at.get(f"actions/{completed.pk}/")
    assert "Who it is for For the organisation and beyond" in words(page)
    assert "Next: check what it changed by 1 September 2026" in words(page)
    assert green(page) == ["Check what it changed"]
    assert f'actions/{completed.pk}/check/?kind=impact"' in page.content.decode()
    assert "every answer will say that it was chosen after the start" in words(page)


def test_wording_is_kept_with_the_reason_and_days_have_defaults(
    manager_at: Visitor, case: Case, owner: User, point: LearningPoint
) -> None:
    data = {name: value for name, value in promise(owner).items() if "check_on" not in name}
    data |= {
        "step": "Nurses are reminded of open calls.",
        "outside_name": "",
        "keep_reason": "It is law; the form follows.",
    }
    shown = words(manager_at.send(f"cases/{case.reference}/learning/{point.pk}/action/", **data))
    action = Action.objects.get()
    assert "looked at what was asked of the wording, and kept it" in shown
    assert "It is law; the form follows." in shown
    finish = timezone.localdate() + timedelta(days=30)
    assert (action.progress_check_on, action.completion_check_on, action.maintenance_check_on, action.impact_check_on) == (
        timezone.localdate() + timedelta(days=15), finish + timedelta(days=14), finish + timedelta(days=90),
        finish + timedelta(days=180),
    )  # fmt: skip


def test_a_lesson_of_another_case_is_not_there(
    manager_at: Visitor, manager: User, body: Organisation, point: LearningPoint
) -> None:
    other = factories.registered(body, manager)
    assert manager_at.get(f"cases/{other.reference}/learning/{point.pk}/action/").status_code == 404


def test_the_owner_finds_it_starts_it_and_shows_that_it_was_done(owner_at: Visitor, action: Action) -> None:
    Action.objects.update(start_on=timezone.localdate(), finish_on=timezone.localdate() + timedelta(days=30),
                          completion_check_on=timezone.localdate() + timedelta(days=40))  # fmt: skip
    assert action.step in words(owner_at.get("actions/"))
    page = f"actions/{action.pk}/"
    assert "From case" not in words(owner_at.get(page)), "who carries it out does not see whose words led to it"
    today = timezone.localdate()
    owner_at.send(f"{page}start/", version=action.version, **boxes("started_on", today))
    action.refresh_from_db()
    assert action.state == "started"
    nothing = owner_at.send(f"{page}done/", version=action.version, **boxes("done_on", today))
    assert "Show that it was done" in words(nothing)
    file = SimpleUploadedFile("minutes.txt", b"We agreed on the new sheet.")
    done = owner_at.send(f"{page}done/", version=action.version, documents=file, **boxes("done_on", today))
    action.refresh_from_db()
    assert (action.state, action.completion_evidence) == ("done", "Shown by: minutes.txt.")
    assert "minutes.txt" in words(done)
    assert "somebody else checks it" in words(done)
    served = owner_at.get(f"{page}files/{action.files.get().attachment.token}/")
    assert b"".join(served.streaming_content) == b"We agreed on the new sheet."
    assert "attachment" in served["Content-Disposition"]


def test_a_stale_form_keeps_what_was_typed_and_is_sent_again(manager_at: Visitor, action: Action, doing: Doing) -> None:
    version = action.version
    today = timezone.localdate()
    doing(actions.start, action.start_on, started_on=action.start_on)
    photo = SimpleUploadedFile("sheet.txt", b"The new sheet.")
    stale = manager_at.send(
        f"actions/{action.pk}/done/", version=version, evidence="The new sheet", documents=photo,
        **boxes("done_on", today),
    )  # fmt: skip
    assert "Owen Price changed this while you were working" in words(stale)
    assert stale.context["form"]["evidence"].value() == "The new sheet"
    assert stale.context["form"]["version"].value() == str(Action.objects.get().version)
    assert "sheet.txt" in words(stale)
    (kept,) = stale.context["form"]["kept_files"].value()
    version = stale.context["form"]["version"].value()
    Action.objects.update(completion_check_on=today + timedelta(days=40))
    done = manager_at.send(
        f"actions/{action.pk}/done/", version=version, evidence="The new sheet", kept_files=kept,
        **boxes("done_on", today),
    )  # fmt: skip
    assert "It is shown to be done." in words(done)
    assert action.files.get().attachment.token == kept


def test_whoever_has_nothing_of_their_own_begins_with_what_there_is(
    manager_at: Visitor, owner_at: Visitor, action: Action
) -> None:
    assert action.step in words(manager_at.get("actions/"))
    assert action.step in words(owner_at.get("actions/"))
    empty = manager_at.get("actions/?whose=mine&state=open")
    assert "Nothing for you to do" in words(empty)
    assert "All to do that you may see (1)" in " ".join(words(empty).split()).replace(" )", ")")
    assert 'href="?whose=all&amp;state=open">All to do that you may see' in empty.content.decode()
    Action.objects.update(
        state="completed", completed_on=timezone.localdate(), completion_evidence="The new sheet", owed_on=None
    )
    assert "Yours, completed" in words(owner_at.get("actions/"))


def test_a_check_that_failed_asks_when_it_is_made_again(manager_at: Visitor, owner_at: Visitor, done: Action) -> None:
    page = f"actions/{done.pk}/check/"
    data = {"kind": "completion", "note": "Two of three", "worked": "no", "version": Action.objects.get().version,
            **boxes("done_on", timezone.localdate())}  # fmt: skip
    assert owner_at.get(page).status_code == 302, "nobody checks their own"
    assert "Say by what day it will be done as promised." in words(manager_at.send(page, **data))
    again = timezone.localdate() + timedelta(days=10)
    shown = manager_at.send(page, **data, **boxes("again_on", again))
    assert "not as it should be yet" in words(shown)
    action = Action.objects.get()
    assert (action.state, action.finish_on) == ("started", again)


def test_who_only_owns_it_changes_neither_days_nor_owner_and_publishes_nothing(
    owner_at: Visitor, completed: Action
) -> None:
    for step in ("dates", "owner"):
        assert owner_at.get(f"actions/{completed.pk}/{step}/").status_code == 404
    shown = words(owner_at.get(f"actions/{completed.pk}/"))
    assert "Change" not in shown
    assert "Write a line" not in shown


def test_who_promises_but_does_not_own_may_work_on_what_they_see_only(
    body: Organisation, action: Action, case: Case
) -> None:
    outside = factories.person(body, "service_manager", service=factories.service(body, "other"))
    inside = factories.person(body, "service_manager", service=case.service)
    for person, status in ((outside, 404), (inside, 200)):
        assert Visitor(person, body).get(f"actions/{action.pk}/done/").status_code == status


def test_whoever_is_complained_about_does_not_find_the_tab(
    body: Organisation, manager: User, case: Case, point: LearningPoint
) -> None:
    handler = factories.person(body, "handler")
    triage.record_against(
        case_id=case.pk, against=[triage.Against(person_id=handler.pk)], by=factories.actor(manager, body),
        at=timezone.now(), version=factories.fresh(case).version,
    )  # fmt: skip
    assert Visitor(handler, body).get(f"cases/{case.reference}/learning/").status_code == 404


def test_a_list_of_many_asks_no_more_than_a_list_of_one(
    manager_at: Visitor, body: Organisation, manager: User, point: LearningPoint, promised: Any,
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    by = factories.actor(manager, body)
    actions.promise_action(learning_point_id=point.pk, promised=promised, by=by, at=AT)
    manager_at.get("actions/?whose=all")
    with django_assert_max_num_queries(30) as one:
        manager_at.get("actions/?whose=all")
    for number in range(4):
        another = replace(promised, impact_check=f"Count {number}")
        actions.promise_action(learning_point_id=point.pk, promised=another, by=by, at=AT)
    with django_assert_max_num_queries(len(one)):
        assert words(manager_at.get("actions/?whose=all")).count(promised.step) >= 5


def test_the_history_of_the_case_tells_it_between_what_happened_there(
    manager_at: Visitor, body: Organisation, manager: User, case: Case, completed: Action
) -> None:
    told = words(manager_at.get(f"cases/{case.reference}/history/"))
    order = ["completed the action, done on 30 June 2026", "showed that it was done", "started the action", "wrote to the person",
             "promised an action by",
             "recorded what was learned", "registered this"]  # fmt: skip
    places = [told.rindex(sentence) for sentence in order]
    assert places == sorted(places)
    assert "promised an action" in words(manager_at.get(f"cases/{case.reference}/history/?kind=work"))
    assert "promised an action" not in words(manager_at.get(f"cases/{case.reference}/history/?kind=dates"))


def test_on_pages_of_a_long_history_each_lesson_stands_once(
    manager_at: Visitor, body: Organisation, manager: User, case: Case, point: LearningPoint
) -> None:
    by = factories.actor(manager, body)
    for number in range(1, 121):
        at = timezone.make_aware(datetime(2026, 5, 21, 9, 0)) + timedelta(minutes=number)
        log_contact(case_id=case.pk, given=ContactGiven(at, "phone", "out", "Ward", f"Call {number}"), by=by, at=at)
        if number == 60:
            actions.record_learning(case_id=case.pk, text="In the middle", level="service", by=by, at=at)
    page, seen = f"cases/{case.reference}/history/", []
    while page:
        shown = manager_at.get(page)
        seen.append(words(shown).count("recorded what was learned"))
        older = shown.context["older"]
        page = older.removeprefix(manager_at.base) if older else ""
    assert seen == [0, 1, 1]
