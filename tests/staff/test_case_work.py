"""The pages on which a case is worked: each opens in each state for who may see it, and does its one thing."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests import factories

from heed.cases.actions import triage
from heed.cases.models import Case
from heed.cases.parts import PARTS
from heed.documents import queries as documents
from heed.documents.models import Attachment

PAGES = (
    "plan/", "plan/agree/", "plan/extend/", "plan/pause/", "plan/resume/", "update/", "contact/", "message/",
    "evidence/", "evidence/add/", "investigator/", "issues/1/finding/", "remedies/add/",
    "response/", "response/write/", "response/ready/", "response/return/", "response/sign/", "response/send/", "response/letter/",
    "close/", "outcome/", "withdraw/", "settle/", "reopen/", "next-stage/",
)  # fmt: skip
TODAY = factories.NOW + timedelta(days=6)


class Body:
    """An organisation with the people whom a case needs."""

    def __init__(self, procedure: str = "nhs-2009"):
        self.of = factories.organisation(procedure)
        self.handler = factories.person(self.of, "handler", name="Priya Shah")
        self.investigator = factories.person(self.of, "investigator", name="Samuel Adeyemi")
        self.signer = factories.person(self.of, "responsible_person", name="Ruth Castellanos")

    def client(self, who: Any) -> Client:
        client = Client()
        client.force_login(who)
        return client

    def at(self, case: Case, page: str) -> str:
        return f"/{self.of.code}/staff/cases/{case.reference}/{page}"

    def send(self, who: Any, case: Case, page: str, **data: Any) -> Any:
        data.setdefault("version", factories.fresh(case).version)
        return self.client(who).post(self.at(case, page), data)


@pytest.fixture
def body(db: None) -> Any:
    with time_machine.travel(TODAY, tick=False):
        yield Body()


def day(prefix: str, days: int) -> dict[str, int]:
    on = timezone.localdate(TODAY + timedelta(days=days))
    return {f"{prefix}_day": on.day, f"{prefix}_month": on.month, f"{prefix}_year": on.year}


@pytest.mark.parametrize("procedure", ["nhs-2009", "lgsco-2024", "ukcg"])
@pytest.mark.parametrize("state", ["received", "registered", "investigated", "answered"])
def test_every_page_opens_in_every_state(db: None, procedure: str, state: str) -> None:
    with time_machine.travel(TODAY, tick=False):
        body = Body(procedure)
        case = {
            "received": lambda: factories.case(body.of),
            "registered": lambda: factories.registered(body.of, body.handler),
            "investigated": lambda: factories.investigated(body.of, body.handler, body.investigator),
            "answered": lambda: factories.answered(body.of, body.handler, body.investigator, body.signer),
        }[state]()
        for who in (body.handler, body.signer):
            client = body.client(who)
            for page in PAGES:
                answer = client.get(body.at(case, page))
                seen = ("plan/", "evidence/", "response/", "response/letter/", "response/sign/")
                allowed = who is body.handler or page in seen
                if page == "response/sign/" and who is body.handler:
                    allowed = False
                if page == "response/return/":
                    allowed = True
                if page == "issues/1/finding/" and state in ("received", "registered"):
                    allowed = False
                assert answer.status_code == (200 if allowed else 404), (page, who.name, state)


def test_a_first_plan_starts_from_what_they_told_us(body: Body) -> None:
    person = factories.PersonGiven(
        name="Sarah Whittaker", phone="0190", preferred_channel="phone", convenient_times="after 6pm"
    )
    case = factories.registered(
        body.of, body.handler, complainant=person, desired_outcomes=("apology", "other"),
        desired_outcome_text="Ring the family first.",
    )  # fmt: skip
    by = {"by": factories.actor(body.handler, body.of), "at": factories.NOW + timedelta(hours=2)}
    for wanted in ("To know what was done.", "Ring the family first."):
        triage.add_issue(
            case_id=case.pk, summary="Nobody rang", subject="other", outcome_wanted=wanted,
            version=factories.fresh(case).version, **by,
        )  # fmt: skip
    form = body.client(body.handler).get(body.at(case, "plan/agree/")).context["form"]
    assert form["outcomes_wanted"].value() == "An apology\nRing the family first.\nTo know what was done."
    assert form["how_updated"].value() == "By phone, after 6pm"
    assert form["agreed"].value() is None
    triage.acknowledge(
        case_id=case.pk, channel="phone", acknowledged_at=by["at"], discussion_offered=True,
        discussion_result="declined", version=factories.fresh(case).version, **by,
    )  # fmt: skip
    assert body.client(body.handler).get(body.at(case, "plan/agree/")).context["form"]["agreed"].value() == "declined"


def test_a_plan_is_agreed_and_changed_with_its_versions_kept(body: Body) -> None:
    case = factories.registered(body.of, body.handler)
    plan = {"will_do": "Ask the ward", "how_updated": "By phone", "update_every_days": 5, "agreed": "agreed"}
    answer = body.send(body.handler, case, "plan/agree/", **plan, **day("agreed_on", 0), **day("respond_by", 30))
    assert answer.status_code == 302, answer.context["form"].errors
    case = factories.fresh(case)
    assert case.respond_by == timezone.localdate(TODAY + timedelta(days=30))
    plan["will_do"] = "Ask the night team too"
    again = body.send(body.handler, case, "plan/agree/", **plan, **day("agreed_on", 0))
    assert "why_changed" in again.context["form"].errors
    body.send(body.handler, case, "plan/agree/", **plan, **day("agreed_on", 0), why_changed="They were on duty")
    page = body.client(body.handler).get(body.at(case, "plan/")).content.decode()
    assert "Ask the night team too" in page
    assert "Ask the ward" in page


def test_a_later_date_that_they_refuse_leaves_the_told_date_standing(body: Body) -> None:
    case = factories.investigated(body.of, body.handler, body.investigator)
    told = case.respond_by
    reason = {"reason": "The expert is away"}
    body.send(body.handler, case, "plan/extend/", **day("until", 60), **reason, agreed="no")
    assert factories.fresh(case).respond_by == told
    body.send(body.handler, case, "plan/extend/", **day("until", 60), **reason, agreed="yes")
    assert factories.fresh(case).respond_by == timezone.localdate(TODAY + timedelta(days=60))
    page = body.client(body.handler).get(body.at(case, "plan/")).content.decode()
    assert "No, they did not agree" in page


def test_an_answered_case_keeps_its_plan_and_dates_until_it_is_taken_up_again(body: Body) -> None:
    case = factories.answered(body.of, body.handler, body.investigator, body.signer)
    plan = {"will_do": "Ask again", "how_updated": "By phone", "agreed": "declined", "why_changed": "More to ask"}
    refused = body.send(body.handler, case, "plan/agree/", **plan)
    assert "Take it up again" in refused.content.decode()
    refused = body.send(body.handler, case, "plan/extend/", **day("until", 60), reason="Late", agreed="yes")
    assert "Take it up again" in refused.content.decode()


def test_a_second_editor_loses_nothing_and_is_told_who_changed_what(body: Body) -> None:
    case = factories.registered(body.of, body.handler)
    colleague = factories.person(body.of, "handler", name="Aisha Rahman")
    seen = case.version
    body.send(
        colleague,
        case,
        "remedies/add/",
        kind="apology",
        description="We say sorry",
        recommended="no",
        **day("due_on", 5),
    )
    answer = body.send(body.handler, case, "withdraw/", version=seen, reason="She rang and said why")
    page = answer.content.decode()
    assert "Aisha Rahman" in page
    assert "She rang and said why" in page
    assert factories.fresh(case).disposal == ""
    answer = body.send(
        body.handler, case, "withdraw/", version=answer.context["form"]["version"].value(), reason="As said"
    )
    assert answer.status_code == 302


def test_the_service_answers_itself_only_with_the_reason(body: Body) -> None:
    case = factories.registered(body.of, body.handler)
    manager = factories.person(body.of, "service_manager", name="Denise Obi")
    refused = body.send(body.handler, case, "investigator/", investigator_id=manager.pk)
    assert "outside it" in refused.content.decode()
    assert factories.fresh(case).investigator_id is None
    assert body.send(body.handler, case, "investigator/", investigator_id=body.investigator.pk).status_code == 302


def test_evidence_with_a_file_and_a_finding(body: Body) -> None:
    case = factories.investigated(body.of, body.handler, body.investigator)
    sheet = SimpleUploadedFile("sheet.txt", b"Handover: nobody rang")
    answer = body.send(body.investigator, case, "evidence/add/", kind="records", title="Handover sheet", attached=sheet)
    assert answer.status_code == 302, answer.context["form"].errors
    assert "Handover sheet" in body.client(body.investigator).get(body.at(case, "evidence/")).content.decode()
    finding = {"outcome": "partly_upheld", "what_happened": "She was late", "reasoning": "The sheet shows it"}
    body.send(body.investigator, case, "issues/1/finding/", **finding)
    issue = case.issues.get()
    assert [found.outcome for found in issue.findings.all()] == ["upheld", "partly_upheld"]


def test_a_file_is_not_chosen_again_when_the_form_has_to_be_put_right(body: Body) -> None:
    case = factories.investigated(body.of, body.handler, body.investigator)

    def sheet(name: str = "sheet.txt") -> SimpleUploadedFile:
        return SimpleUploadedFile(name, f"Handover {name}: nobody rang".encode())

    def send(**data: Any) -> Any:
        return body.send(body.investigator, case, "evidence/add/", kind="records", **data)

    first = send(title="", attached=sheet())
    assert "Files that are here already" in first.content.decode()
    kept = Attachment.objects.get()
    assert f'value="{kept.token}" checked' in first.content.decode()
    again = send(title="", kept_files=kept.token, obtained_on_day="40")
    assert f'value="{kept.token}" checked' in again.content.decode()
    assert send(title="Handover sheet", kept_files=kept.token).status_code == 302
    assert case.evidence.get().attachment == kept
    assert send(title="Another", kept_files=kept.token).status_code == 302, "what is attached is not taken from there"
    assert case.evidence.get(title="Another").attachment is None


def test_a_file_chosen_again_takes_the_place_of_the_one_before(body: Body) -> None:
    case = factories.investigated(body.of, body.handler, body.investigator)
    old, new = (SimpleUploadedFile(name, name.encode()) for name in ("old.txt", "new.txt"))
    body.send(body.investigator, case, "evidence/add/", kind="records", title="", attached=old)
    kept = Attachment.objects.get()
    body.send(
        body.investigator, case, "evidence/add/", kind="records", title="Sheet", attached=new, kept_files=kept.token
    )
    assert case.evidence.get().attachment.filename == "new.txt"
    assert list(documents.unattached()) == [kept]  # until the sweep


def test_from_draft_to_closed(body: Body) -> None:
    case = factories.investigated(body.of, body.handler, body.investigator)
    page = body.client(body.handler).get(body.at(case, "response/write/"))
    assert "Nobody came back" in page.content.decode(), "the first draft starts from what the case holds"
    parts = {part.code: f"About {part.label}." for part in PARTS}
    parts.pop("apology")
    body.send(body.handler, case, "response/write/", **parts)
    missing = body.send(body.handler, case, "response/ready/")
    assert "apology" in missing.content.decode()
    version = case.responses.get().version
    body.send(body.handler, case, "response/write/", **parts, apology="We are sorry.", response_version=version)
    assert body.send(body.handler, case, "response/ready/").status_code == 302
    assert body.send(body.signer, case, "response/sign/", signed_as="Chief executive").status_code == 302
    assert body.send(body.handler, case, "response/send/", channel="email").status_code == 302
    assert body.send(body.handler, case, "close/").status_code == 302
    case = factories.fresh(case)
    assert (case.status, case.outcome) == ("closed", "upheld")
    shown = body.client(body.handler).get(body.at(case, "response/")).content.decode()
    assert "We are sorry." in shown
    assert "Ruth Castellanos" in shown


def test_two_who_write_the_draft_at_once_lose_nothing(body: Body) -> None:
    case = factories.investigated(body.of, body.handler, body.investigator)
    body.send(body.handler, case, "response/write/", summary="First words")
    body.send(body.investigator, case, "response/write/", summary="Second words", response_version=2)
    late = body.send(body.handler, case, "response/write/", summary="Third words", response_version=2)
    page = late.content.decode()
    assert "Samuel Adeyemi" in page
    assert "Third words" in page
    assert case.responses.get().parts.get(part="summary").text == "Second words"


def test_settled_in_conversation_stays_out_of_statutory_counts(body: Body) -> None:
    case = factories.registered(body.of, body.handler, at=TODAY - timedelta(hours=4), channel="phone")
    now = timezone.localtime(TODAY)
    answer = body.send(
        body.handler,
        case,
        "settle/",
        what_was_done="Found the glasses",
        satisfied="on",
        time=f"{now:%H:%M}",
        **day("on", 0),
    )
    assert answer.status_code == 302, answer.context["form"].errors
    case = factories.fresh(case)
    assert (case.status, case.disposal, case.statutory) == ("closed", "oral", False)


def test_what_they_say_of_the_outcome_is_kept_each_time(db: None) -> None:
    with time_machine.travel(TODAY, tick=False):
        body = Body()
        case = factories.registered(body.of, body.handler)
        early = body.send(body.handler, case, "outcome/", satisfied="yes")
        assert "They have not had our answer yet" in early.content.decode()
        case = factories.answered(body.of, body.handler, body.investigator, body.signer)
        silent = body.send(body.handler, case, "outcome/", satisfied="no_answer")
        assert "Say when and how you asked them" in silent.content.decode()
        assert body.send(body.handler, case, "outcome/", satisfied="no", view="It took too long").status_code == 302
        assert body.send(body.handler, case, "close/").status_code == 302
        assert (
            body.send(body.handler, case, "outcome/", satisfied="partly", view="The rota is right now").status_code
            == 302
        )
        page = body.client(body.handler).get(body.at(case, "response/")).content.decode()
        assert "They are content with some of it" in page
        assert "The rota is right now" in page
        assert "It took too long" not in page
        history = body.client(body.handler).get(body.at(case, "history/")).content.decode()
        assert "they are not content with it" in history
        assert "It took too long" in history
        assert "too long" not in str(list(case.events.values_list("data", flat=True)))
        assert (factories.fresh(case).status, factories.fresh(case).outcome) == ("closed", "upheld")


def test_reopened_and_passed_to_stage_2(db: None) -> None:
    with time_machine.travel(TODAY, tick=False):
        body = Body("lgsco-2024")
        case = factories.answered(body.of, body.handler, body.investigator, body.signer)
        assert body.send(body.handler, case, "close/").status_code == 302
        assert body.send(body.handler, case, "reopen/", reason="A new letter").status_code == 302
        assert factories.fresh(case).status == "registered"
        other = factories.answered(body.of, body.handler, body.investigator, body.signer)
        assert body.send(body.handler, other, "next-stage/").status_code == 302
        refused = body.send(body.handler, other, "investigator/", investigator_id=body.handler.pk)
        assert "earlier stage" in refused.content.decode(), "who drafted the first answer does not look again"
        assert factories.fresh(other).stage_2_respond_by is not None


@pytest.mark.parametrize("page", ["plan/", "evidence/", "response/", "response/write/", "investigator/"])
def test_the_same_few_queries_however_much_there_is(body: Body, page: str, django_assert_max_num_queries: Any) -> None:
    case = factories.investigated(body.of, body.handler, body.investigator)
    client = body.client(body.handler)
    for _ in range(5):
        contact = {"direction": "out", "channel": "phone", "with_whom": "Ward", "summary": "They will look"}
        body.send(body.handler, case, "contact/", **contact, **day("on", -1))
        body.send(body.handler, case, "message/", body="Soon")
        body.send(body.handler, case, "evidence/add/", kind="records", title="Sheet")
    with django_assert_max_num_queries(34):
        client.get(body.at(case, page))
