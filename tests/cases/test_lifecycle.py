"""Status is the truth of now, the log that of then: whatever is tried, they agree."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import factories

from heed.audit.refusals import Refused
from heed.cases import lifecycle, projections
from heed.cases.actions import close, investigate, plan, respond, talk, triage
from heed.cases.models import Case, CaseEvent
from heed.cases.parts import PARTS
from heed.cases.whole import whole
from heed.facts.models import CaseFact

VERBS = (  # what anybody may try
    "register", "acknowledge", "rate", "issue", "approach", "plan", "assign", "find", "extend", "pause", "resume",
    "draft", "ask", "give_back", "sign", "send", "close", "withdraw", "settle", "reopen", "escalate", "message", "update",
)  # fmt: skip


class Hand:
    """Tries one verb after another on a case, as several people at once might."""

    def __init__(self, procedure: str, channel: str):
        self.body = factories.organisation(procedure)
        self.handler = factories.person(self.body, "handler")
        self.investigator = factories.person(self.body, "investigator")
        self.signer = factories.person(self.body, "responsible_person")
        self.now = factories.NOW
        self.case = factories.case(self.body, channel=channel)

    def frame(self, who: Any = None) -> dict[str, Any]:
        self.now += timedelta(hours=3)
        version = Case.objects.values_list("version", flat=True).get(pk=self.case.pk)
        return {"by": factories.actor(who or self.handler, self.body), "at": self.now, "version": version}

    def do(self, verb: str) -> None:
        getattr(self, verb)({"case_id": self.case.pk, **self.frame(self.signer if verb == "sign" else None)})

    def register(self, f: dict[str, Any]) -> None:
        triage.register(kind="complaint", service_id=self.body.services.first().pk, handler_id=self.handler.pk, **f)

    def acknowledge(self, f: dict[str, Any]) -> None:
        triage.acknowledge(channel="email", acknowledged_at=self.now, discussion_offered=True, **f)

    def rate(self, f: dict[str, Any]) -> None:
        triage.rate(seriousness="low", likelihood="rare", reason="Looked again", **f)

    def issue(self, f: dict[str, Any]) -> None:
        triage.add_issue(summary="Nobody came", subject="other", **f)

    def approach(self, f: dict[str, Any]) -> None:
        triage.choose_approach(approach="closer", reason="It is not simple", **f)

    def plan(self, f: dict[str, Any]) -> None:
        agreed = self.body.procedure != "lgsco-2024" and not CaseEvent.objects.filter(kind="period_agreed").exists()
        until = (self.now + timedelta(days=30)).date() if agreed else None
        planned = plan.Planned(will_do="Ask", how_updated="Email", agreed="agreed", respond_by=until, why_changed="New")
        plan.agree_plan(planned=planned, **f)

    def assign(self, f: dict[str, Any]) -> None:
        investigate.assign_investigator(investigator_id=self.investigator.pk, **f)

    def find(self, f: dict[str, Any]) -> None:
        issue = Case.objects.get(pk=f.pop("case_id")).issues.filter(removed_at=None).first()
        if issue:
            finding = investigate.FindingGiven(outcome="upheld", what_happened="It was late", reasoning="All agree")
            investigate.find(issue_id=issue.pk, given=finding, **f)

    def extend(self, f: dict[str, Any]) -> None:
        plan.extend(until=(self.now + timedelta(days=45)).date(), reason="Waiting", agreed=True, **f)

    def pause(self, f: dict[str, Any]) -> None:
        plan.pause(reason="Waiting for consent", **f)

    def resume(self, f: dict[str, Any]) -> None:
        plan.resume(**f)

    def draft(self, f: dict[str, Any]) -> None:
        response = respond.current_response(Case.objects.get(pk=f["case_id"]))
        f.pop("version")
        parts = {part.code: "Words." for part in PARTS}
        respond.save_draft(parts=parts, response_version=response.version if response else None, **f)

    def ask(self, f: dict[str, Any]) -> None:
        respond.request_sign_off(**f)

    def give_back(self, f: dict[str, Any]) -> None:
        respond.return_for_changes(note="Say sorry first", **f)

    def sign(self, f: dict[str, Any]) -> None:
        respond.sign(signed_as="Chief executive", **f)

    def send(self, f: dict[str, Any]) -> None:
        respond.send(channel="email", **f)

    def close(self, f: dict[str, Any]) -> None:
        close.close(**f)

    def withdraw(self, f: dict[str, Any]) -> None:
        close.withdraw(reason="She rang", **f)

    def settle(self, f: dict[str, Any]) -> None:
        close.settle_orally(settled_at=self.now, what_was_done="Found it", **f)

    def reopen(self, f: dict[str, Any]) -> None:
        close.reopen(reason="New letter", **f)

    def escalate(self, f: dict[str, Any]) -> None:
        close.escalate(reason="", **f)

    def message(self, f: dict[str, Any]) -> None:
        f.pop("version")
        talk.message_from_person(body="Any news?", **f)

    def update(self, f: dict[str, Any]) -> None:
        talk.message_to_person(body="Soon", is_update=True, **f)


def tried(hand: Hand, verb: str) -> str | None:
    """Why the verb was refused, None when it was done."""
    try:
        hand.do(verb)
    except Refused as refusal:
        return str(refusal)
    return None


def check(case: Case) -> None:
    """What must hold of every case at every moment."""
    kinds = list(case.events.order_by("number").values_list("kind", flat=True))
    numbers = list(case.events.order_by("number").values_list("number", flat=True))
    assert lifecycle.replay(kinds) == case.status
    assert numbers == list(range(1, case.event_count + 1))
    of = whole(case)
    for name, value in projections.columns(of).items():
        assert getattr(case, name) == value, name
    fact = CaseFact.objects.get(case_id=str(case.pk))
    for name, value in projections.fact(of).items():
        assert getattr(fact, name) == value, name
    assert (case.next_step == "") == (case.next_step_on is None)
    assert (case.status == "closed") == (case.closed_at is not None)


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    procedure=st.sampled_from(["nhs-2009", "lgsco-2024", "ukcg"]),
    channel=st.sampled_from(["web", "phone"]),
    verbs=st.lists(st.sampled_from(VERBS), min_size=1, max_size=25),
)
def test_status_and_log_agree_after_any_moves(procedure: str, channel: str, verbs: list[str]) -> None:
    with transaction.atomic():
        hand = Hand(procedure, channel)
        for verb in verbs:
            before = Case.objects.values_list("version", "event_count").get(pk=hand.case.pk)
            if refusal := tried(hand, verb):
                assert refusal.endswith((".", "!", "?")), "a refusal is a sentence"
                assert Case.objects.values_list("version", "event_count").get(pk=hand.case.pk) == before
            check(factories.fresh(hand.case))
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize("procedure", ["nhs-2009", "lgsco-2024", "ukcg"])
def test_the_whole_way(procedure: str) -> None:
    hand = Hand(procedure, "web")
    for verb in ("register", "acknowledge", "rate", "issue", "approach", "plan", "assign", "update", "find", "draft",
                 "ask", "give_back", "draft", "ask", "sign", "send", "close", "reopen", "draft", "ask", "sign", "send",
                 "close"):  # fmt: skip
        hand.do(verb)
        check(factories.fresh(hand.case))
    case = factories.fresh(hand.case)
    assert (case.status, case.outcome, case.disposal) == ("closed", "upheld", "findings")
    assert case.responses.filter(state="sent").count() == 2, "what was sent before stays beside the new answer"


@pytest.mark.django_db
def test_events_cannot_be_changed_or_removed() -> None:
    case = factories.case(factories.organisation())
    for sql in ("UPDATE cases_caseevent SET kind='closed'", "DELETE FROM cases_caseevent"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    assert case.events.get().kind == "received"


@pytest.mark.django_db
def test_events_hold_no_words_and_no_names() -> None:
    hand = Hand("nhs-2009", "web")
    for verb in (
        "register",
        "acknowledge",
        "rate",
        "issue",
        "approach",
        "plan",
        "assign",
        "extend",
        "find",
        "withdraw",
    ):
        hand.do(verb)
    for event in CaseEvent.objects.filter(case=hand.case):
        text = str(event.data)
        for words in ("Sarah", "Whittaker", "nurse", "Nobody came", "She rang", "Waiting", hand.handler.name):
            assert words not in text, (event.kind, text)
