"""A member of the public without a browser, and the staff who answer them."""

from datetime import datetime, timedelta
from typing import Any

from django.test import Client
from tests import factories

from heed.audit.actor import Actor
from heed.cases.actions import investigate, plan, remedy, respond, triage
from heed.cases.models import Case
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


def answer(case: Case, at: datetime) -> Case:
    """Take a case from receipt to its answer: an issue upheld, a remedy promised, the response signed and sent."""
    of = case.organisation
    handler = factories.person(of, "handler", name="Priya Shah")
    looker = factories.person(of, "investigator", name="Samuel Adeyemi")
    signer = factories.person(of, "responsible_person", name="Ruth Castellanos")
    by = factories.actor(handler, of)
    _begin(case, by, at, handler.pk)
    _look_into(case, by, at, looker.pk)
    parts = {part.code: f"About {part.label}." for part in PARTS}
    respond.save_draft(case_id=case.pk, parts=parts, response_version=None, by=by, at=at)
    respond.request_sign_off(**_frame(case, by, at))
    respond.sign(signed_as="Chief executive", **_frame(case, factories.actor(signer, of), at))
    respond.send(channel="email", **_frame(case, by, at))
    return factories.fresh(case)


def _frame(case: Case, by: Actor, at: datetime) -> dict[str, Any]:
    return {"case_id": case.pk, "by": by, "at": at, "version": factories.fresh(case).version}


def _begin(case: Case, by: Actor, at: datetime, handler_id: int) -> None:
    service_id = case.service_id or case.organisation.services.order_by("pk").first().pk
    triage.register(kind="complaint", service_id=service_id, handler_id=handler_id, **_frame(case, by, at))
    offer = {"discussion_offered": True, "discussion_result": "accepted"}
    triage.acknowledge(channel="phone", acknowledged_at=at, **offer, **_frame(case, by, at))
    triage.rate(seriousness="high", likelihood="possible", reason="", **_frame(case, by, at))
    triage.add_issue(summary="Nobody came when she called", subject="other", **_frame(case, by, at))
    triage.choose_approach(approach="closer", **_frame(case, by, at))
    counted = case.procedure == "lgsco-2024"
    planned = plan.Planned(
        will_do="Ask the ward who was there",
        how_updated="By email",
        agreed="agreed",
        update_every_days=5,
        respond_by=None if counted else (at + timedelta(days=29)).date(),
    )
    plan.agree_plan(planned=planned, **_frame(case, by, at))


def _look_into(case: Case, by: Actor, at: datetime, investigator_id: int) -> None:
    investigate.assign_investigator(investigator_id=investigator_id, **_frame(case, by, at))
    found = investigate.FindingGiven(outcome="upheld", what_happened="Two nurses for the night", reasoning="The rota")
    version = factories.fresh(case).version
    investigate.find(issue_id=case.issues.get().pk, given=found, by=by, at=at, version=version)
    due_on = (at + timedelta(days=19)).date()
    remedy.agree_remedy(kind="apology", description="Say sorry in person", due_on=due_on, **_frame(case, by, at))
