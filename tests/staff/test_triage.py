"""Register, acknowledge, list the issues, rate the risk, choose the approach: each page does its one thing."""

from datetime import date
from urllib.parse import urlencode

import pytest
from django.utils import timezone
from tests import factories
from tests.staff.conftest import TODAY, Desk, words

from heed.cases.actions import triage
from heed.cases.models import Case, ComplainedAbout, Issue, RiskRating
from heed.correspondence.models import Message
from heed.feedback.models import Feedback


@pytest.fixture
def case(desk: Desk) -> Case:
    return factories.case(desk.of)


@pytest.fixture
def registered(desk: Desk) -> Case:
    return factories.registered(desk.of, desk.handler)


def service_of(desk: Desk) -> int:
    return desk.of.services.get().pk


def test_registering_gives_it_a_place_a_handler_and_who_is_complained_about(desk: Desk, case: Case) -> None:
    nurse = factories.person(desk.of, "investigator", name="Nina Nurse")
    answer = desk.send_case(
        case, "register/", kind="concern", service=service_of(desk), handler=desk.handler.pk, against=nurse.pk,
        against_names="A porter\n\nThe night sister",
    )  # fmt: skip
    assert answer["Location"] == desk.at(desk.of_case(case))
    case.refresh_from_db()
    assert (case.status, case.kind, case.handler) == ("registered", "concern", desk.handler)
    assert [(row.person, row.name) for row in ComplainedAbout.objects.order_by("pk")] == [
        (nurse, ""), (None, "A porter"), (None, "The night sister"),
    ]  # fmt: skip
    assert desk.get(desk.of_case(case), nurse).status_code == 404
    assert "A porter" in words(desk.get(desk.of_case(case)))


def reason_of(desk: Desk, case: Case) -> tuple[bool, str]:
    """Whether the page says that the reason may be left out, and when it says that it may not."""
    page = desk.get(desk.of_case(case, "approach/"))
    return "Why you choose it (optional)" in words(page), page.context["form"].fields["reason"].help_text


def test_why_an_approach_is_chosen_is_called_optional_only_where_it_is(desk: Desk, registered: Case) -> None:
    Case.objects.filter(pk=registered.pk).update(risk="low")
    assert reason_of(desk, registered) == (True, "")
    Case.objects.filter(pk=registered.pk).update(risk="high")
    assert reason_of(desk, registered) == (
        False, "Needed if you choose early resolution, because the risk is high."
    )  # fmt: skip
    assert "Say why a quick answer is safe here" in words(desk.send_case(registered, "approach/", approach="early"))
    assert desk.send_case(registered, "approach/", approach="closer").status_code == 302
    assert reason_of(desk, registered) == (False, "Needed if you change to early resolution.")
    desk.send_case(registered, "approach/", approach="early", reason="It can be put right today.")
    assert reason_of(desk, registered)[0] is False
    assert "Enter why you choose it" in words(desk.send_case(registered, "approach/", approach="early"))


def test_what_came_late_is_taken_with_the_reason(desk: Desk) -> None:
    late = factories.case(desk.of, happened_on=date(2025, 4, 1))
    entered = {"kind": "complaint", "service": service_of(desk), "handler": desk.handler.pk}
    assert "It happened more than 12 months before it came in" in words(desk.get(desk.of_case(late, "register/")))
    page = desk.send_case(late, "register/", **entered)
    assert "Enter why it is looked into although it is late" in words(page)
    assert factories.fresh(late).status == "received"
    desk.send_case(late, "register/", late_reason="She was in hospital until March.", **entered)
    assert factories.fresh(late).status == "registered"
    assert "She was in hospital until March." in words(desk.get(desk.of_case(late, "history/")))


def test_twelve_months_to_the_day_is_not_late(desk: Desk) -> None:
    in_time = factories.case(desk.of, happened_on=date(2025, 4, 2))
    entered = {"kind": "complaint", "service": service_of(desk), "handler": desk.handler.pk}
    desk.send_case(in_time, "register/", **entered)
    assert factories.fresh(in_time).status == "registered"


def test_when_it_happened_may_come_out_only_when_it_is_registered(desk: Desk, case: Case) -> None:
    entered = {"kind": "complaint", "service": service_of(desk), "handler": desk.handler.pk}
    day = {"happened_on_day": 3, "happened_on_month": 11, "happened_on_year": 2022}
    page = desk.send_case(case, "register/", **entered, **day)
    assert "It happened more than 12 months before it came in. Say why" in words(page)
    future = {**day, "happened_on_year": 2026}
    assert "past" in words(desk.send_case(case, "register/", **entered, **future))
    desk.send_case(case, "register/", late_reason="He was grieving.", **entered, **day)
    case = factories.fresh(case)
    assert (case.status, case.feedback.happened_on) == ("registered", date(2022, 11, 3))
    assert "3 November 2022" in words(desk.get(desk.of_case(case)))


def test_nobody_is_chosen_from_a_list_by_looking_past_it(desk: Desk, registered: Case) -> None:
    for page, name in [
        ("investigator/", "investigator_id"), ("evidence/add/", "issue_id"), ("evidence/add/", "kind"),
        ("remedies/add/", "issue_id"), ("remedies/add/", "kind"), ("contact/", "channel"),
    ]:  # fmt: skip
        field = desk.get(desk.of_case(registered, page)).context["form"].fields[name]
        assert next(iter(field.choices))[0] == "", (page, name)


def test_an_acknowledgement_by_email_is_shown_and_then_sent_by_heed(desk: Desk, registered: Case) -> None:
    shown = words(desk.get(desk.of_case(registered, "acknowledge/")))
    before = Message.objects.count()
    assert desk.send_case(registered, "acknowledge/", way="email").status_code == 302
    row = factories.fresh(registered).acknowledgements.get()
    assert (row.at, row.channel, row.discussion_offered, row.discussion_result) == (TODAY, "email", True, "waiting")
    letter = Message.objects.order_by("pk").last()
    assert Message.objects.count() == before + 1
    assert (letter.letter, letter.to_address) == ("acknowledgement", "sarah@post.example")
    assert f"Subject: {letter.subject}" in shown
    assert " ".join(letter.body.split()) in shown
    assert "Priya Shah is looking after your case." in shown


def test_what_was_hidden_behind_another_answer_is_not_asked(desk: Desk, registered: Case) -> None:
    nonsense = {"channel": "pigeon", "on_day": "40", "at_time": "noonish", "discussion": "perhaps"}
    assert desk.send_case(registered, "acknowledge/", way="email", **nonsense).status_code == 302
    assert factories.fresh(registered).acknowledgements.get().channel == "email"


def test_who_has_no_email_address_is_told_another_way(desk: Desk) -> None:
    case = factories.registered(desk.of, desk.handler, complainant=factories.PersonGiven(name="Ann Lee", phone="0190"))
    page = desk.get(desk.of_case(case, "acknowledge/"))
    assert "Send the email below" not in words(page)
    assert "way" not in page.context["form"].fields
    desk.send_case(
        case, "acknowledge/", channel="phone", on_day="8", on_month="4", on_year="2026", discussion="accepted"
    )
    row = factories.fresh(case).acknowledgements.get()
    assert (row.at, row.channel, row.discussion_result) == (TODAY, "phone", "accepted")


def test_an_acknowledgement_made_earlier_counts_from_then(desk: Desk, registered: Case) -> None:
    desk.send_case(
        registered, "acknowledge/", way="own", channel="phone", on_day="7", on_month="April", on_year="2026",
        at_time="10:30am", discussion="no", note="She will ring again.",
    )  # fmt: skip
    row = factories.fresh(registered).acknowledgements.get()
    assert timezone.localtime(row.at).isoformat(timespec="minutes") == "2026-04-07T10:30+01:00"
    assert (row.discussion_offered, row.discussion_result, row.note) == (False, "", "She will ring again.")
    assert "Done 7 April 2026" in words(desk.get(desk.of_case(registered)))


def test_an_acknowledgement_before_receipt_is_refused_beside_the_form(desk: Desk, registered: Case) -> None:
    page = desk.send_case(
        registered, "acknowledge/", way="own", channel="phone", on_day="1", on_month="4", on_year="2026", at_time="9am",
        discussion="no", note="Spoke with her son.",
    )  # fmt: skip
    assert "It cannot have been acknowledged before it was received." in words(page)
    assert "Spoke with her son." in page.content.decode()
    assert not factories.fresh(registered).acknowledgements.exists()


def test_without_an_address_email_is_not_offered(desk: Desk) -> None:
    person = factories.PersonGiven(name="Nasreen Begum", phone="07700 900 789")
    spoken = factories.case(desk.of, channel="phone", complainant=person)
    form = desk.get(desk.of_case(spoken, "acknowledge/")).context["form"]
    assert "email" not in dict(form.fields["channel"].choices)


def test_issues_are_added_changed_and_taken_off_with_their_history(desk: Desk, registered: Case) -> None:
    desk.send_case(
        registered, "issues/add/", summary="Nobody answered the bell", subject="other", outcome_wanted="An apology"
    )
    issue = Issue.objects.get()
    assert (issue.number, issue.outcome_wanted, issue.service) == (1, "An apology", None)
    second = factories.service(desk.of)
    desk.send_case(registered, "issues/1/", summary="Nobody answered the call bell", subject="other", service=second.pk)
    issue.refresh_from_db()
    assert (issue.summary, issue.service) == ("Nobody answered the call bell", second)
    history = desk.get(desk.of_case(registered, "history/"))
    assert "Nobody answered the put in: call bell" in words(history)
    desk.send_case(registered, "issues/1/remove/", reason="It is part of issue 2")
    issue.refresh_from_db()
    assert issue.removed_at == TODAY
    assert "No issues yet" in words(desk.get(desk.of_case(registered, "issues/")))
    assert "It is part of issue 2" in words(desk.get(desk.of_case(registered, "history/")))
    assert desk.get(desk.of_case(registered, "issues/1/")).status_code == 404


def test_an_issue_without_words_keeps_the_rest(desk: Desk, registered: Case) -> None:
    page = desk.send_case(registered, "issues/add/", summary="", subject="", outcome_wanted="An apology")
    assert "Enter what they complain about" in words(page)
    assert "Choose subject" in words(page)
    assert "An apology</textarea>" in page.content.decode()


def test_every_rating_is_kept_and_the_later_needs_its_reason(desk: Desk, registered: Case) -> None:
    desk.send_case(
        registered, "risk/", seriousness="medium", likelihood="possible", impact_on_person="high", flags=["safety"]
    )
    assert factories.fresh(registered).risk == "high"
    page = desk.send_case(registered, "risk/", seriousness="high", likelihood="likely")
    assert "Enter why you rate it so" in words(page)
    desk.send_case(registered, "risk/", seriousness="low", likelihood="rare", reason="It was another ward")
    assert [(row.risk, row.reason) for row in RiskRating.objects.order_by("pk")] == [
        ("high", ""),
        ("low", "It was another ward"),
    ]
    shown = words(desk.get(desk.of_case(registered, "risk/")))
    assert shown.index("It was another ward") < shown.index("Risk to the safety of others.")


def test_the_matrix_is_shown_with_where_it_comes_from(desk: Desk, registered: Case) -> None:
    shown = words(desk.get(desk.of_case(registered, "risk/")))
    assert "Inferred:" in shown or "INFERRED" in shown
    assert "an appointment delayed or cancelled" in shown  # an example of a low risk (R49)
    desk.of.risk_matrix = {s: dict.fromkeys(("rare", "unlikely", "possible", "likely", "almost_certain"), "extreme")
                           for s in ("low", "medium", "high")}  # fmt: skip
    desk.of.save()
    assert "This organisation's own matrix." in words(desk.get(desk.of_case(registered, "risk/")))
    desk.send_case(registered, "risk/", seriousness="low", likelihood="rare")
    assert factories.fresh(registered).risk == "extreme"


def test_a_quick_answer_to_a_high_risk_needs_its_reason(desk: Desk, registered: Case) -> None:
    desk.send_case(registered, "risk/", seriousness="high", likelihood="likely")
    page = desk.send_case(registered, "approach/", approach="early")
    assert "Say why a quick answer is safe here" in words(page)
    desk.send_case(registered, "approach/", approach="early", reason="She moved to another ward at once")
    assert factories.fresh(registered).approach == "early"


def test_the_case_goes_to_another_handler_but_never_to_who_is_complained_about(desk: Desk, registered: Case) -> None:
    other = factories.person(desk.of, "handler", name="Tom Okafor")
    desk.send_case(registered, "complained-about/", against=other.pk)
    page = desk.send_case(registered, "handler/", handler=other.pk)
    assert "They are complained about in this case." in words(page)
    third = factories.person(desk.of, "complaints_manager", name="Ann Lee")
    desk.send_case(registered, "handler/", handler=third.pk)
    assert factories.fresh(registered).handler == third


def test_nobody_named_is_not_recorded(desk: Desk, registered: Case) -> None:
    page = desk.send_case(registered, "complained-about/", against="", against_names=" \n ")
    assert "Choose somebody, or write a name below" in words(page)
    assert not ComplainedAbout.objects.exists()


def test_a_corrected_receipt_counts_all_dates_again(desk: Desk, registered: Case) -> None:
    entered = {"on_day": "31", "on_month": "3", "on_year": "2026", "at_time": "11am"}
    assert "Enter how you know" in words(desk.send_case(registered, "received/", **entered))
    desk.send_case(registered, "received/", reason="The postmark says so", **entered)
    case = factories.fresh(registered)
    assert str(case.acknowledge_by) == "2026-04-07"
    assert case.feedback.received_at == Feedback.objects.get().received_at == case.received_at
    assert "That was put right on 8 April 2026" in words(desk.get(desk.of_case(case)))


def test_a_second_editor_is_told_who_changed_what_and_loses_nothing(desk: Desk, registered: Case) -> None:
    seen = registered.version
    other = factories.person(desk.of, "handler", name="Tom Okafor")
    triage.choose_approach(
        case_id=registered.pk, approach="closer", by=factories.actor(other, desk.of), at=TODAY, version=seen
    )
    page = desk.send_case(registered, "issues/add/", version=seen, summary="Typed for long", subject="other")
    told = words(page)
    assert "Tom Okafor changed this while you were working: Tom Okafor chose a closer look." in told
    assert "Typed for long</textarea>" in page.content.decode()
    assert not Issue.objects.exists()
    version = page.context["form"]["version"].value()
    desk.send_case(registered, "issues/add/", version=version, summary="Typed for long", subject="other")
    assert Issue.objects.get().summary == "Typed for long"


@pytest.mark.parametrize("version", ["", "x", "-1", "٣", "9" * 40])
def test_a_version_that_is_none_is_an_old_one(desk: Desk, registered: Case, version: str) -> None:
    page = desk.send_case(registered, "approach/", version=version, approach="closer")
    assert "changed this while you were working" in words(page)
    assert factories.fresh(registered).approach == ""


def test_a_double_click_does_it_once(desk: Desk, registered: Case) -> None:
    sent = {"summary": "Nobody came", "subject": "other", "version": registered.version}
    assert desk.send_case(registered, "issues/add/", **sent).status_code == 302
    assert desk.send_case(registered, "issues/add/", **sent).status_code == 200
    assert Issue.objects.count() == 1


def test_hostile_words_are_kept_and_never_run(desk: Desk, registered: Case) -> None:
    typed = "<script>alert(1)</script> '; DROP TABLE cases_case; -- \x00 \ud800 😀 שלום"
    sent = {"summary": typed.encode("utf-8", "surrogatepass"), "subject": "other", "version": registered.version}
    form = "application/x-www-form-urlencoded"
    address = desk.at(desk.of_case(registered, "issues/add/"))
    assert desk.client().post(address, urlencode(sent), content_type=form).status_code == 302
    page = desk.get(desk.of_case(registered, "issues/"))
    assert "<script>alert" not in page.content.decode()
    assert "<script>alert(1)</script> '; DROP TABLE cases_case; --" in words(page)
    assert "😀 שלום" in words(page)
    assert "\x00" not in Issue.objects.get().summary


def test_the_next_thing_is_the_only_green_button(desk: Desk, case: Case) -> None:
    for page in ("", "issues/", "history/", "plan/"):
        html = desk.get(desk.of_case(case, page)).content.decode()
        green = html.count('class="govuk-button"')
        assert green == 1, (page, green)
        assert ">Register it<" in html.replace("\n", "")
    html = desk.get(desk.of_case(case, "register/")).content.decode()
    assert html.count('class="govuk-button"') == 1


def test_who_may_not_take_the_next_step_is_told_who_does(desk: Desk, registered: Case) -> None:
    shown = words(desk.get(desk.of_case(registered), desk.signer))
    assert "Next: acknowledge. Priya Shah does this." in shown


def test_the_rail_says_how_to_treat_them_and_what_was_promised(desk: Desk) -> None:
    person = factories.PersonGiven(
        name="Nasreen Begum", address_as="Mrs Begum", phone="07700 900 789", preferred_channel="phone", may_leave_message=False,
        convenient_times="mornings", adjustments=("interpreter",), adjustments_note="Sylheti", do_not="Ring the house.",
    )  # fmt: skip
    spoken = factories.case(desk.of, channel="phone", complainant=person)
    shown = words(desk.get(desk.of_case(spoken)))
    for line in ("Do not: Ring the house.", "Address as Mrs Begum", "Prefers: by phone", "Leave no message",
                 "Convenient: mornings", "An interpreter", "Sylheti", "Acknowledge Thu 9 Apr, due tomorrow"):  # fmt: skip
        assert line in shown, line


def test_a_date_that_a_closed_day_moves_is_right_on_the_page_at_once(desk: Desk, case: Case) -> None:
    desk.of.closures.create(on=date(2026, 4, 9), reason="Flood", added_at=TODAY)
    shown = words(desk.get(desk.of_case(case)))
    assert factories.fresh(case).acknowledge_by == date(2026, 4, 9)  # kept as it was until the worker counts again
    assert (
        "Acknowledge Fri 10 Apr, 2 working days left" in shown or "Acknowledge Fri 10 Apr, 1 working day left" in shown
    )


def test_dates_are_shown_with_how_they_were_worked_out(desk: Desk, case: Case) -> None:
    shown = words(desk.get(desk.of_case(case)))
    assert "Acknowledge by: 9 April 2026" in shown
    assert "Acknowledge by 9 April 2026, the 3rd working day after 2 April 2026" in shown
