"""What the person reads of their case: in their words, with every promise explained, and no working notes."""

from datetime import timedelta
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
from tests import factories
from tests.portal.conftest import answered_at
from tests.portal.visitor import NOW, Visitor

from heed.cases import projections, sentences
from heed.cases.actions import close, investigate, plan, remedy, respond, talk, triage
from heed.cases.queries import public
from heed.correspondence.models import Message
from heed.documents import actions as documents
from heed.learning import queries as learning
from heed.portal import telling


def page_of(visitor: Visitor) -> str:
    return str(visitor.client.get(visitor.follow_address()).content.decode())


def handler_of(case: Any) -> Any:
    return factories.actor(case.handler, case.organisation)


def test_every_kind_of_event_is_either_told_or_not() -> None:
    assert set(telling.SENTENCES) | telling.NOT_TOLD == set(sentences.SENTENCES)
    assert not set(telling.SENTENCES) & telling.NOT_TOLD


def test_the_dates_are_explained_by_the_same_sentences_as_staff_see(visitor: Visitor) -> None:
    visitor.send()
    found = projections.due(visitor.feedback().case)
    shown = page_of(visitor)
    for name in ("acknowledge_by", "respond_by"):
        for sentence in found.derivation_of[name]:
            assert sentence in shown
    assert "Why we do not know it yet" in shown


def test_a_registered_case_says_who_looks_after_it(visitor: Visitor) -> None:
    visitor.send()
    case, handler = visitor.feedback().case, factories.person(visitor.of, "handler", name="Priya Shah")
    handler.phone = "01632 960 111"
    handler.save()
    triage.register(case_id=case.pk, kind="complaint", service_id=visitor.of.services.first().pk, handler_id=handler.pk,
                    by=factories.actor(handler, visitor.of), at=NOW, version=case.version)  # fmt: skip
    shown = page_of(visitor)
    assert "Priya Shah is looking after it." in shown
    assert "Phone 01632 960 111." in shown


def test_an_answered_case_shows_all_that_is_theirs(answered: tuple[Visitor, Any]) -> None:
    visitor, _case = answered
    shown = page_of(visitor)
    for words in (
        "We sent you our answer on 3 April 2026. You can read it below.", "Read our answer of 3 April 2026",
        "Nobody came when she called", "Ask the ward who was there", "By email, every 5 working days",
        "Say sorry in person", "Promised by 22 April 2026", "Samuel Adeyemi to find out what happened",
        "We offered to talk about how we will handle it, and you accepted.", "Parliamentary and Health Service Ombudsman",
        "Write to us and say what is still wrong",
    ):  # fmt: skip
        assert words in shown, words


def test_an_answered_case_leads_to_what_they_can_do_about_the_answer(answered: tuple[Visitor, Any]) -> None:
    shown = page_of(answered[0])
    assert '<a class="govuk-link" href="#not-happy">see what you can do</a>' in shown
    assert shown.count('id="not-happy"') == 1
    assert "will usually want you to" not in shown, "they have our answer"


def test_before_the_answer_the_ombudsman_wants_it_first(visitor: Visitor) -> None:
    told = visitor.send().content.decode()
    assert "They will usually want you to complain to us first." in told
    shown = page_of(visitor)
    assert "They will usually want you to have our answer first." in shown
    assert "not-happy" not in shown


@pytest.mark.parametrize(
    ("description", "pence", "told"),
    [
        ("£75 for your time and trouble.", 7500, "£75 for your time and trouble."),
        ("£75 for your time and trouble.", 700, "£75 for your time and trouble. (£7)"),
        ("£1,250.50 for the repair", 125050, "£1,250.50 for the repair"),
        ("We pay £75.", 7500, "We pay £75."),
        ("A payment", 7500, "A payment (£75)"),
        ("Say sorry", None, "Say sorry"),
    ],
)
def test_an_amount_of_money_is_said_once(description: str, pence: int | None, told: str) -> None:
    promised = SimpleNamespace(description=description, amount_pence=pence, due_on=NOW.date(), delivered_on=None)
    assert [one.words for one in telling.remedies(SimpleNamespace(remedies=[promised]))] == [told]


def test_working_notes_are_not_shown(answered: tuple[Visitor, Any]) -> None:
    visitor, case = answered
    by = handler_of(case)
    contact = investigate.ContactGiven(
        happened_at=NOW, channel="phone", direction="out", with_whom="The ward sister", summary="She remembers it badly"
    )
    investigate.log_contact(case_id=case.pk, given=contact, by=by, at=NOW)
    triage.record_against(case_id=case.pk, against=[triage.Against(name="Nurse Joy")], by=by, at=NOW,
                          version=factories.fresh(case).version)  # fmt: skip
    shown = page_of(visitor).lower()
    for words in (
        "ward sister",
        "remembers it badly",
        "nurse joy",
        "likelihood",
        "extreme",
        "risk",
        "two nurses for the night",
    ):
        assert words not in shown, words


def test_a_contact_with_them_is_told_without_its_notes(visitor: Visitor) -> None:
    visitor.send()
    case, handler = visitor.feedback().case, factories.person(visitor.of, "handler")
    contact = investigate.ContactGiven(
        happened_at=NOW, channel="phone", direction="out", with_whom="Mrs Ahmed", summary="Very upset", with_person=True
    )
    investigate.log_contact(case_id=case.pk, given=contact, by=factories.actor(handler, visitor.of), at=NOW)
    shown = page_of(visitor)
    assert "We were in touch with you (phone)." in shown
    assert "Very upset" not in shown


def test_remedies_and_findings_wait_for_the_answer(visitor: Visitor) -> None:
    visitor.send()
    case = factories.investigated(
        visitor.of, *(factories.person(visitor.of, role) for role in ("handler", "investigator"))
    )
    by = handler_of(case)
    remedy.agree_remedy(case_id=case.pk, kind="apology", description="Say sorry in person", by=by, at=NOW,
                        due_on=(NOW + timedelta(days=9)).date(), version=case.version)  # fmt: skip
    seen = public.for_person(public.feedback_of(case.feedback_id))
    assert seen.remedies == []
    assert not [told for told in telling.history(seen) if "upheld" in told.sentence or "promised" in told.sentence]


def test_a_broken_promise_is_admitted(visitor: Visitor, clock: Any) -> None:
    visitor.send()
    clock.shift(timedelta(days=20))
    assert "That day has passed, and we have not done it yet. We are sorry." in page_of(visitor)


def test_an_extension_is_told_with_its_reason(answered: tuple[Visitor, Any], of: Any, clock: Any) -> None:
    visitor = Visitor(of)
    visitor.send()
    case = visitor.feedback().case
    handler = factories.person(of, "handler", name="Gareth Lowe")
    by = factories.actor(handler, of)

    def frame() -> dict[str, Any]:
        return {"by": by, "at": NOW + timedelta(days=8), "version": factories.fresh(case).version}

    triage.register(
        case_id=case.pk, kind="complaint", service_id=of.services.first().pk, handler_id=handler.pk, **frame()
    )
    planned = plan.Planned(
        will_do="Ask", how_updated="Here", agreed="agreed", respond_by=(NOW + timedelta(days=30)).date()
    )
    plan.agree_plan(case_id=case.pk, planned=planned, **frame())
    late = {"case_id": case.pk, "until": (NOW + timedelta(days=40)).date(), "reason": "The ward sister is away."}
    plan.extend(**late, agreed=False, **frame())
    shown = page_of(visitor)
    assert "We asked for more time, until 12 May 2026. The day that we told you before stands." in shown
    assert "The ward sister is away." in shown
    assert "By 2 May 2026" in shown
    plan.extend(**late, agreed=True, **frame())
    shown = page_of(visitor)
    assert "We told you that we need until 12 May 2026." in shown
    assert "By 12 May 2026" in shown


def test_the_answer_has_its_parts_and_who_signed(answered: tuple[Visitor, Any]) -> None:
    visitor, case = answered
    page = visitor.client.get(f"{visitor.follow_address()}answer/1/").content.decode()
    headings = ["What you told us", "What should happen", "How we looked into it", "What we found out",
                "What we decided and why", "How we will put it right", "Our apology", "What happens next",
                "If you are not happy with our answer", "Your right to go to the Ombudsman"]  # fmt: skip
    places = [page.index(heading) for heading in headings]
    assert places == sorted(places)
    assert "Ruth Castellanos" in page
    assert "Chief executive" in page
    assert case.organisation.name in page


def test_an_answer_that_was_not_sent_is_not_there(visitor: Visitor) -> None:
    visitor.send()
    case, handler = visitor.feedback().case, factories.person(visitor.of, "handler")
    triage.register(case_id=case.pk, kind="complaint", service_id=visitor.of.services.first().pk, handler_id=handler.pk,
                    by=factories.actor(handler, visitor.of), at=NOW, version=case.version)  # fmt: skip
    respond.save_draft(case_id=case.pk, parts={"summary": "Only a draft"}, response_version=None,
                       by=factories.actor(handler, visitor.of), at=NOW)  # fmt: skip
    assert visitor.client.get(f"{visitor.follow_address()}answer/1/").status_code == 404
    assert "Only a draft" not in page_of(visitor)


def test_messages_stand_both_ways_and_emails_without_the_code(answered: tuple[Visitor, Any]) -> None:
    visitor, case = answered
    talk.message_to_person(
        case_id=case.pk, body="Shall we meet on Friday?", is_update=False, by=handler_of(case), at=NOW
    )
    shown = page_of(visitor)
    assert "Priya Shah wrote to you" in shown
    assert "Shall we meet on Friday?" in shown
    assert "Emails we sent you" in shown
    assert "It is on its way." in shown
    assert visitor.code not in shown


def test_an_email_that_did_not_arrive_is_said(answered: tuple[Visitor, Any]) -> None:
    visitor, _case = answered
    assert "could not be delivered" not in page_of(visitor)
    Message.objects.filter(channel="email").update(state="failed", next_attempt_at=None)
    assert "Our last email to you could not be delivered. Is your address right?" in page_of(visitor)


def test_files_come_through_this_permission_only(answered: tuple[Visitor, Any]) -> None:
    visitor, case = answered
    other = Visitor(visitor.of)
    other.answer_all()
    other.client.post(other.at("tell-us/files/"), {"upload": [BytesIO(b"their letter")]})
    other.send()
    theirs = other.feedback().files.get().attachment
    ours = documents.store(content=BytesIO(b"our letter"), filename="reply.txt", organisation_id=visitor.of.pk,
                           by=handler_of(case), at=NOW)  # fmt: skip
    note = documents.store(content=BytesIO(b"a working note"), filename="note.txt", organisation_id=visitor.of.pk,
                           by=handler_of(case), at=NOW)  # fmt: skip
    investigate.add_evidence(
        case_id=case.pk, kind="statement", title="Note", attachment=note, by=handler_of(case), at=NOW
    )
    talk.message_to_person(
        case_id=case.pk, body="See this", is_update=False, attachments=[ours], by=handler_of(case), at=NOW
    )
    base = visitor.follow_address()
    mine = visitor.client.get(f"{base}file/{ours.token}/")
    assert mine.status_code == 200
    assert b"".join(mine.streaming_content) == b"our letter"
    assert mine["Content-Disposition"].startswith("attachment")
    assert mine["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in mine["Cache-Control"]
    assert visitor.client.get(f"{base}file/{theirs.token}/").status_code == 404
    assert visitor.client.get(f"{base}file/{note.token}/").status_code == 404
    own = other.client.get(f"{other.follow_address()}file/{theirs.token}/")
    assert b"".join(own.streaming_content) == b"their letter"


def test_a_remedy_that_was_delivered_is_named(answered: tuple[Visitor, Any]) -> None:
    visitor, case = answered
    remedy.deliver_remedy(
        remedy_id=case.remedies.get().pk,
        delivered_on=(NOW + timedelta(days=2)).date(),
        note="Rang her",
        by=handler_of(case),
        at=NOW + timedelta(days=3),
        version=factories.fresh(case).version,
    )
    shown = page_of(visitor)
    assert "We did what we had promised, to put it right." in shown
    assert "Done on 4 April 2026." in shown
    assert shown.count("Say sorry in person") == 2
    assert "Rang her" not in shown


def test_a_remedy_that_changed_after_the_answer_is_told_with_the_reason(answered: tuple[Visitor, Any]) -> None:
    visitor, case = answered
    owed = case.remedies.get()
    remedy.change_remedy(
        remedy_id=owed.pk, description=owed.description, due_on=owed.due_on + timedelta(days=7), by=handler_of(case),
        reason="The matron is away until then.", at=NOW + timedelta(days=3), version=factories.fresh(case).version,
    )  # fmt: skip
    shown = page_of(visitor)
    assert "We changed what we had promised, to put it right." in shown
    assert "The matron is away until then." in shown


def test_a_remedy_that_changed_before_the_answer_was_never_told(answered: tuple[Visitor, Any]) -> None:
    visitor, case = answered
    owed = case.remedies.get()
    remedy.change_remedy(
        remedy_id=owed.pk, description="Say sorry by phone", due_on=owed.due_on, by=handler_of(case), reason="A slip.",
        at=NOW + timedelta(days=3), version=factories.fresh(case).version,
    )  # fmt: skip
    case.responses.update(sent_at=NOW + timedelta(days=4))
    shown = page_of(visitor)
    assert "We changed what we had promised" not in shown
    assert "A slip." not in shown


def test_what_changed_because_of_them_is_shown(answered: tuple[Visitor, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    visitor, _case = answered
    change = learning.Change(
        "A second nurse at night", (NOW + timedelta(days=60)).date(), None, "We ask you how it is."
    )
    monkeypatch.setattr(learning, "for_person", lambda case_id: [change])
    shown = page_of(visitor)
    assert "A second nurse at night" in shown
    assert "Promised by 1 June 2026" in shown


def test_a_case_settled_in_conversation_says_so(visitor: Visitor) -> None:
    handler = factories.person(visitor.of, "handler")
    case = factories.case(visitor.of, channel="phone")
    close.settle_orally(case_id=case.pk, settled_at=NOW, what_was_done="Found the bag", by=factories.actor(handler, visitor.of),
                        at=NOW, version=case.version)  # fmt: skip
    seen = public.for_person(public.feedback_of(case.feedback_id))
    assert telling.standing(seen, NOW.date()) == "We settled this together when we talked."
    assert telling.promises(seen, NOW.date()) == []


def test_a_withdrawn_case_still_gets_its_answer(visitor: Visitor) -> None:
    visitor.send()
    case, handler = visitor.feedback().case, factories.person(visitor.of, "handler")
    close.withdraw(
        case_id=case.pk, reason="By phone", by=factories.actor(handler, visitor.of), at=NOW, version=case.version
    )
    shown = page_of(visitor)
    assert "We will write to you about how it ends." in shown
    assert "We will agree the day with you" not in shown
    assert "You told us that you do not want to go on with it." in shown
    assert "By phone" not in shown


def test_stage_2_counts_anew(council: Any, clock: Any) -> None:
    visitor, case = answered_at(council, clock)
    close.escalate(case_id=case.pk, reason="", by=factories.PUBLIC, at=NOW + timedelta(days=8))
    clock.shift(timedelta(days=1))
    shown = page_of(visitor)
    case = factories.fresh(case)
    assert f"By {case.stage_2_acknowledge_by.day} April 2026" in shown
    assert "You asked for the next stage" in shown
    assert "One of us will read it and get in touch" in shown
