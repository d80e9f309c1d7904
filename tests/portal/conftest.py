"""Somebody at the portal's pages, without a browser."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from tests import factories

from heed.cases.actions import investigate, plan, remedy, respond, triage
from heed.cases.parts import PARTS
from heed.feedback.models import Feedback
from heed.organisations.models import Organisation

NOW = factories.NOW
CODE_CHARACTERS = "23456789BCDFGHJKMNPQRSTWXYZ-"
ANSWERS: dict[str, dict[str, Any]] = {
    "kind": {"kind": "complaint"},
    "who": {"who": "myself"},
    "words": {"text": "Nobody came when I called."},
}


class Visitor:
    """A member of the public with a browser of their own, at one organisation."""

    def __init__(self, of: Organisation):
        self.of = of
        self.client = Client()
        self.reference = self.code = ""

    def at(self, page: str = "") -> str:
        return f"/{self.of.code}/{page}"

    def get(self, page: str = "") -> Any:
        return self.client.get(self.at(page))

    def post(self, page: str, data: dict[str, Any] | None = None, **more: Any) -> Any:
        return self.client.post(self.at(page), data or {}, **more)

    def answer(self, step: str, **data: Any) -> Any:
        return self.post("tell-us/" if step == "kind" else f"tell-us/{step}/", data)

    def answer_all(self, **steps: dict[str, Any]) -> None:
        """Answer these steps in the order of the way; kind, who and words as in ANSWERS unless they are given."""
        short = steps.get("kind", {}).get("kind") in ("comment", "compliment")
        given = {**({} if short else {"who": ANSWERS["who"]}), "words": ANSWERS["words"], **steps}
        order = ("kind", "who", "words", "place", "complainant", "affected", "outcome", "you", "support")
        for step in order:
            if step == "kind" or step in given:
                response = self.answer(step, **given.get(step, ANSWERS["kind"]))
                assert response.status_code == 302, (step, response.context["form"].errors)

    def send(self, **steps: dict[str, Any]) -> Any:
        """Tell the organisation; the confirmation page. Keeps the reference and code."""
        self.answer_all(**steps)
        sent = self.post("tell-us/check/")
        assert sent.status_code == 302, sent.content.decode()
        page = self.client.get(sent.url)
        self.reference, self.code = page.context["sent"].feedback.reference, page.context["sent"].code
        return page

    def follow(self, reference: str = "", code: str = "", **more: Any) -> Any:
        data = {"reference": reference or self.reference, "code": code or self.code}
        return self.post("follow/", {**data, **more})

    def follow_address(self) -> str:
        """The address of the page that the visitor's reference and code open."""
        return str(self.follow().url)

    def feedback(self) -> Any:
        return Feedback.objects.get(reference=self.reference)


@pytest.fixture
def clock() -> Iterator[Any]:
    """Time stands still at NOW; `clock.shift(timedelta)` moves it."""
    with time_machine.travel(NOW, tick=False) as travelled:
        yield travelled


@pytest.fixture
def of(db: None, clock: Any) -> Organisation:
    """An NHS body with two services and other places to turn to."""
    made = factories.organisation(
        code="riverside-nhs", name="Riverside NHS Trust", reference_prefix="RV", uses_nhs_number=True,
        local_identifier_name="Hospital number", contact_address="Mill Lane, Riverside",
        other_services="Urgent help: call 999, or 111.\nChange an appointment: call the number on your letter.",
    )  # fmt: skip
    factories.service(made, "emergency", name="Emergency department", group="Hospital")
    return made


@pytest.fixture
def council(db: None, clock: Any) -> Organisation:
    return factories.organisation("lgsco-2024", code="fenwick-council", name="Fenwick Council")


@pytest.fixture
def visitor(of: Organisation) -> Visitor:
    return Visitor(of)


@pytest.fixture
def answered(of: Organisation, clock: Any) -> tuple[Visitor, Any]:
    """A visitor whose complaint was answered, and its case. The clock stands a week later."""
    return answered_at(of, clock)


def answered_at(of: Organisation, clock: Any) -> tuple[Visitor, Any]:
    person = Visitor(of)
    person.send(
        place={"service": str(of.services.order_by("pk").last().pk)},
        you={"name": "Amina Ahmed", "address_as": "Mrs Ahmed", "ways": ["email"], "email": "amina@post.example",
             "email_is_private": "on"},
    )  # fmt: skip
    case = person.feedback().case
    handler = factories.person(of, "handler", name="Priya Shah")
    looker = factories.person(of, "investigator", name="Samuel Adeyemi")
    signer = factories.person(of, "responsible_person", name="Ruth Castellanos")
    by = factories.actor(handler, of)
    at = NOW + timedelta(days=1)

    def frame() -> dict[str, Any]:
        return {"by": by, "at": at, "version": factories.fresh(case).version}

    triage.register(case_id=case.pk, kind="complaint", service_id=case.service_id, handler_id=handler.pk, **frame())
    triage.acknowledge(case_id=case.pk, channel="phone", acknowledged_at=at, discussion_offered=True,
                       discussion_result="accepted", **frame())  # fmt: skip
    triage.rate(case_id=case.pk, seriousness="high", likelihood="possible", reason="", **frame())
    issue = triage.add_issue(case_id=case.pk, summary="Nobody came when she called", subject="other", **frame())
    triage.choose_approach(case_id=case.pk, approach="closer", **frame())
    planned = plan.Planned(
        will_do="Ask the ward who was there", how_updated="By email", agreed="agreed", update_every_days=5,
        respond_by=(NOW + timedelta(days=30)).date() if of.procedure != "lgsco-2024" else None,
    )  # fmt: skip
    plan.agree_plan(case_id=case.pk, planned=planned, **frame())
    investigate.assign_investigator(case_id=case.pk, investigator_id=looker.pk, **frame())
    found = investigate.FindingGiven(outcome="upheld", what_happened="Two nurses for the night", reasoning="The rota")
    investigate.find(issue_id=issue.pk, given=found, **frame())
    remedy.agree_remedy(case_id=case.pk, kind="apology", description="Say sorry in person",
                        due_on=(NOW + timedelta(days=20)).date(), **frame())  # fmt: skip
    respond.save_draft(case_id=case.pk, parts={part.code: f"About {part.label}." for part in PARTS},
                       response_version=None, by=by, at=at)  # fmt: skip
    respond.request_sign_off(case_id=case.pk, **frame())
    respond.sign(case_id=case.pk, signed_as="Chief executive", by=factories.actor(signer, of), at=at,
                 version=factories.fresh(case).version)  # fmt: skip
    respond.send(case_id=case.pk, channel="email", **frame())
    clock.shift(timedelta(days=7))
    return person, factories.fresh(case)
