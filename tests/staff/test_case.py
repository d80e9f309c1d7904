"""The case's summary, its files and its history."""

from datetime import date, timedelta
from io import BytesIO

import pytest
import time_machine
from django.test import Client
from tests import factories
from tests.staff.conftest import TODAY, Desk, words

from heed.cases.actions import investigate, plan, talk, triage
from heed.cases.models import Case
from heed.cases.queries import history
from heed.documents import actions as documents
from heed.documents.models import Attachment


def attachment(desk: Desk, text: bytes = b"What the letter said.", name: str = "letter.txt") -> Attachment:
    return documents.store(
        content=BytesIO(text), filename=name, organisation_id=desk.of.pk, by=factories.PUBLIC, at=factories.NOW
    )


def test_the_summary_holds_all_that_was_told(desk: Desk) -> None:
    affected = factories.PersonGiven(name="Jean Whittaker", nhs_number="9434765919")
    case = factories.case(
        desk.of, text="Nobody came.\n\nShe was <alone>.", desired_outcomes=("apology", "not_again"), happened="last Friday night",
        desired_outcome_text="To know why.", person_affected=affected, relationship="child",
    )  # fmt: skip
    shown = words(desk.get(desk.of_case(case)))
    for line in ("She was <alone>.", "An apology", "That it does not happen to anyone else", "To know why.", "last Friday night",
                 "Jean Whittaker", "NHS number 943 476 5919", "Son or daughter of the person affected",
                 "2 April 2026 at 4:45pm, online form", "Nobody has registered it yet."):  # fmt: skip
        assert line in shown, line


def test_files_are_served_to_who_may_see_the_case_and_to_nobody_else(desk: Desk) -> None:
    case, other = factories.case(desk.of), factories.case(desk.of)
    came, said = attachment(desk), attachment(desk, b"From a message.", "message.txt")
    case.feedback.files.create(attachment=came)
    talk.message_from_person(case_id=case.pk, body="See this.", attachments=[said], by=factories.PUBLIC, at=TODAY)
    assert "letter.txt" in words(desk.get(desk.of_case(case)))
    for file, content in ((came, b"What the letter said."), (said, b"From a message.")):
        answer = desk.get(desk.of_case(case, f"files/{file.token}/"))
        assert b"".join(answer.streaming_content) == content
        assert "attachment" in answer["Content-Disposition"]
        assert desk.get(desk.of_case(other, f"files/{file.token}/")).status_code == 404
        stranger = factories.person(desk.of, "investigator")
        assert desk.get(desk.of_case(case, f"files/{file.token}/"), stranger).status_code == 404
    assert desk.get(desk.of_case(case, "files/nothing/")).status_code == 404


@pytest.mark.parametrize(
    ("make", "told"),
    [
        ("case", "Came in on 2 April 2026. Nobody has registered it yet."),
        ("registered", "Registered, with Priya Shah looking after it. No day for the answer is agreed yet."),
        ("investigated", "Being looked into by Samuel Adeyemi. Response promised by 3 May 2026,"),
        ("answered", "Answered on 7 April 2026; not closed yet."),
    ],
)
def test_where_it_stands_is_one_sentence(desk: Desk, make: str, told: str) -> None:
    people = {"case": (), "registered": (desk.handler,), "investigated": (desk.handler, desk.investigator),
              "answered": (desk.handler, desk.investigator, desk.signer)}[make]  # fmt: skip
    case = getattr(factories, make)(desk.of, *people)
    assert told in words(desk.get(desk.of_case(case)))


def test_where_it_stands_says_that_it_was_acknowledged(desk: Desk) -> None:
    case = factories.registered(desk.of, desk.handler)
    triage.acknowledge(case_id=case.pk, channel="phone", acknowledged_at=case.received_at, discussion_offered=False,
                       by=factories.actor(desk.handler, desk.of), at=TODAY, version=case.version)  # fmt: skip
    told = "Acknowledged, with Priya Shah looking after it. No day for the answer is agreed yet."
    assert told in words(desk.get(desk.of_case(case)))


def test_history_is_read_newest_first_a_page_at_a_time(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "PAGE", 10)
    case = factories.registered(desk.of, desk.handler)
    for number in range(25):
        talk.message_from_person(case_id=case.pk, body=f"Message {number}", by=factories.PUBLIC, at=TODAY)
    newest = factories.fresh(case).event_count
    numbers, address = [], desk.of_case(case, "history/")
    while True:
        page = desk.get(address)
        numbers.append([told.number for told, _ in page.context["entries"]])
        if not page.context["older"]:
            break
        address = page.context["older"].split("/staff/")[1]
    assert [number for found in numbers for number in found] == list(range(newest, 0, -1))
    middle = desk.get(page.context["newer"].split("/staff/")[1])
    assert [told.number for told, _ in middle.context["entries"]] == numbers[-2]
    first = desk.get(middle.context["newer"].split("/staff/")[1])
    assert [told.number for told, _ in first.context["entries"]] == numbers[0]
    assert not first.context["newer"]


def test_history_is_filtered_by_kind(desk: Desk) -> None:
    case = factories.investigated(desk.of, desk.handler, desk.investigator)
    everything = {told.kind for told, _ in desk.get(desk.of_case(case, "history/")).context["entries"]}
    shown = set()
    for kind, kinds in history.KINDS.items():
        page = desk.get(desk.of_case(case, f"history/?kind={kind}"))
        found = {told.kind for told, _ in page.context["entries"]}
        assert found == everything & set(kinds), kind
        shown |= found
    assert shown == everything
    assert len(desk.get(desk.of_case(case, "history/?kind=nothing")).context["entries"]) == case.event_count


@pytest.mark.parametrize("before", ["x", "-1", "99999999999", "٣", "0"])
def test_a_page_of_history_that_is_none_is_the_first(desk: Desk, before: str) -> None:
    case = factories.case(desk.of)
    page = desk.get(desk.of_case(case, f"history/?before={before}"))
    assert len(page.context["entries"]) == case.event_count


def test_words_that_go_with_an_event_are_read_with_it(desk: Desk) -> None:
    case = factories.registered(desk.of, desk.handler)
    by = factories.actor(desk.handler, desk.of)
    triage.choose_approach(
        case_id=case.pk, approach="early", reason="She only wants a new date", by=by, at=TODAY, version=case.version
    )
    told = words(desk.get(desk.of_case(case, "history/")))
    assert "Priya Shah chose early resolution." in told
    assert "She only wants a new date" in told


def test_a_case_that_is_not_there_is_not_found(desk: Desk) -> None:
    assert desk.get("cases/TB-0000-0000/").status_code == 404
    assert desk.get("cases/" + "x" * 300 + "/").status_code == 404
    assert desk.get("cases/%27%20OR%201=1/").status_code == 404
    assert Case.objects.count() == 0


def test_the_work_goes_on_until_an_update_is_near(desk: Desk) -> None:
    case = factories.registered(desk.of, desk.handler, at=TODAY)
    frame = {"by": factories.actor(desk.handler, desk.of), "at": TODAY}
    triage.acknowledge(case_id=case.pk, channel="phone", acknowledged_at=TODAY, discussion_offered=False,
                       version=factories.fresh(case).version, **frame)  # fmt: skip
    triage.rate(
        case_id=case.pk, seriousness="medium", likelihood="possible", version=factories.fresh(case).version, **frame
    )
    triage.add_issue(case_id=case.pk, summary="Nobody came back", subject="other", version=factories.fresh(case).version,
                     **frame)  # fmt: skip
    triage.choose_approach(case_id=case.pk, approach="closer", version=factories.fresh(case).version, **frame)
    planned = plan.Planned(will_do="Ask the ward", how_updated="By phone", agreed="agreed", update_every_days=10,
                           respond_by=(TODAY + timedelta(days=60)).date())  # fmt: skip
    plan.agree_plan(case_id=case.pk, planned=planned, version=factories.fresh(case).version, **frame)
    assert (factories.fresh(case).next_step, factories.fresh(case).next_step_on) == ("assign", date(2026, 4, 22))
    investigate.assign_investigator(case_id=case.pk, investigator_id=desk.investigator.pk,
                                    version=factories.fresh(case).version, **frame)  # fmt: skip
    assert factories.fresh(case).next_step == "update"
    assert desk.get(desk.of_case(case)).context["top"].next.label == "Record findings"
    with time_machine.travel(TODAY + timedelta(days=12), tick=False):
        later = Client()
        later.force_login(desk.handler)
        page = later.get(desk.at(desk.of_case(case)))
        assert page.context["top"].next.label == "Send Ms Whittaker an update"
