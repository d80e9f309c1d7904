"""Makes what tests need, through the real actions where there is one."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from heed.accounts import queries as accounts
from heed.accounts.models import Membership, User
from heed.accounts.permissions import Viewer
from heed.audit.actor import Actor
from heed.cases.actions import investigate, plan, respond, triage
from heed.cases.actions.receive import Received, receive
from heed.cases.models import Case
from heed.cases.parts import PARTS
from heed.feedback.given import Given, PersonGiven
from heed.organisations.models import Organisation, Service

NOW = timezone.make_aware(datetime(2026, 4, 2, 16, 45))
PUBLIC = Actor("public", "", "")
_numbers = count(1)

SECTORS = {
    "nhs-2009": ("nhs", "subjects-nhs"),
    "lgsco-2024": ("council", "subjects-council"),
    "ukcg": ("central", "subjects-central"),
}


def organisation(procedure: str = "nhs-2009", **fields: Any) -> Organisation:
    number = next(_numbers)
    sector, subjects = SECTORS[procedure]
    values = {
        "code": f"body-{number}",
        "name": f"Body {number}",
        "short_name": f"Body {number}",
        "sector": sector,
        "procedure": procedure,
        "subject_list": subjects,
        "reference_prefix": "TB",
        "contact_phone": "01632 960 100",
        "contact_email": "talk@body.example",
        **fields,
    }
    made = Organisation.objects.create(**values)
    service(made, "first")
    return made


def service(of: Organisation, code: str = "second", **fields: Any) -> Service:
    return Service.objects.create(organisation=of, code=code, name=fields.pop("name", code.title()), **fields)


def person(of: Organisation, *roles: str, service: Service | None = None, name: str = "") -> User:
    """Somebody with the roles; those of one service are in `service`, or in the first."""
    number = next(_numbers)
    made = User.objects.create_user(f"person{number}@body.example", name or f"Person {number}", password="right-horse")
    for role in roles:
        place = service or of.services.first() if role == "service_manager" else None
        Membership.objects.create(user=made, organisation=of, role=role, service=place)
    return made


def viewer(user: User, of: Organisation) -> Viewer:
    found = accounts.viewer(user, of)
    assert found is not None
    return found


def actor(user: User, of: Organisation) -> Actor:
    return viewer(user, of).actor


def given(**fields: Any) -> Given:
    values: dict[str, Any] = {
        "kind": "complaint",
        "channel": "web",
        "text": "The nurse never came back, and nobody told us why.",
        "complainant": PersonGiven(
            name="Sarah Whittaker", address_as="Ms Whittaker", email="sarah@post.example", email_is_private=True
        ),
    }
    return Given(**{**values, **fields})


def received(of: Organisation, *, at: datetime = NOW, by: Actor = PUBLIC, **fields: Any) -> Received:
    """Feedback of the public, received at `at`."""
    if "service_id" not in fields:
        fields["service_id"] = of.services.order_by("pk").first().pk
    return receive(organisation=of, given=given(**fields), received_at=at, by=by, at=at)


def case(of: Organisation, *, at: datetime = NOW, by: Actor = PUBLIC, **fields: Any) -> Case:
    """A complaint that just came in."""
    made = received(of, at=at, by=by, **fields).case
    assert made is not None
    return made


def fresh(of: Case) -> Case:
    return Case.objects.get(pk=of.pk)


def registered(of: Organisation, handler: User, *, at: datetime = NOW, **fields: Any) -> Case:
    made = case(of, at=at, **fields)
    service_id = made.service_id or of.services.order_by("pk").first().pk
    return triage.register(
        case_id=made.pk, kind=made.kind, service_id=service_id, handler_id=handler.pk,
        by=actor(handler, of), at=at + timedelta(hours=1), version=made.version,
    )  # fmt: skip


def investigated(of: Organisation, handler: User, investigator: User, *, at: datetime = NOW, **fields: Any) -> Case:
    """A case with one issue, a plan, an investigator and an upheld finding."""
    made = registered(of, handler, at=at, **fields)
    by, later = actor(handler, of), at + timedelta(days=1)

    def frame() -> dict[str, Any]:
        return {"by": by, "at": later, "version": fresh(made).version}

    triage.acknowledge(case_id=made.pk, channel="phone", acknowledged_at=later, discussion_offered=True,
                       discussion_result="accepted", **frame())  # fmt: skip
    triage.rate(case_id=made.pk, seriousness="medium", likelihood="possible", **frame())
    issue = triage.add_issue(case_id=made.pk, summary="Nobody came back", subject="other", **frame())
    triage.choose_approach(case_id=made.pk, approach="closer", **frame())
    agreed = made.procedure != "lgsco-2024"
    planned = plan.Planned(
        will_do="Ask the ward", how_updated="By phone", agreed="agreed",
        respond_by=(later + timedelta(days=30)).date() if agreed else None,
    )  # fmt: skip
    plan.agree_plan(case_id=made.pk, planned=planned, **frame())
    investigate.assign_investigator(case_id=made.pk, investigator_id=investigator.pk, **frame())
    finding = investigate.FindingGiven(outcome="upheld", what_happened="She was called away", reasoning="All agree")
    investigate.find(issue_id=issue.pk, given=finding, **frame())
    return fresh(made)


def answered(of: Organisation, handler: User, investigator: User, signer: User, *, at: datetime = NOW) -> Case:
    """A case whose response was signed and sent."""
    made = investigated(of, handler, investigator, at=at)
    by, later = actor(handler, of), at + timedelta(days=5)
    respond.save_draft(case_id=made.pk, parts={part.code: f"About {part.label}." for part in PARTS},
                       response_version=None, by=by, at=later)  # fmt: skip
    respond.request_sign_off(case_id=made.pk, by=by, at=later, version=fresh(made).version)
    respond.sign(case_id=made.pk, signed_as="Chief executive", by=actor(signer, of), at=later,
                 version=fresh(made).version)  # fmt: skip
    respond.send(case_id=made.pk, channel="email", by=by, at=later, version=fresh(made).version)
    return fresh(made)
