"""What is being done about a case: its plan, contacts, evidence, findings, remedies and responses, for its pages."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import Model, Prefetch, QuerySet
from django.utils import timezone

from heed.accounts import queries as accounts
from heed.accounts.permissions import Permission
from heed.cases import drafting, lifecycle, parts, projections, rules
from heed.cases.models import (
    Case,
    ComplainedAbout,
    Contact,
    Evidence,
    Extension,
    Finding,
    Plan,
    Remedy,
    Response,
)
from heed.organisations import code_lists, procedures

NEWEST_CONTACTS = 50
Row = TypeVar("Row", bound=Model)


def plans(case: Case) -> list[Plan]:
    """Every version of the plan, newest first."""
    return list(case.plans.select_related("made_by").order_by("-version"))


def extensions(case: Case) -> list[Extension]:
    """Later dates that were told, in order."""
    return list(case.extensions.order_by("at", "pk"))


def contacts(case: Case) -> list[Contact]:
    """The newest contacts."""
    rows = list(case.contacts.select_related("by")[:NEWEST_CONTACTS])
    return _labelled(rows, "channels", "channel", "channel_label")


def _labelled(rows: list[Row], key: str, column: str, name: str) -> list[Row]:
    """Give each row the label of its code; a code that the list no longer has is shown as it is."""
    labels = dict(code_lists.load(key).choices())
    for row in rows:
        code = getattr(row, column)
        setattr(row, name, labels.get(code, code.replace("_", " ")))
    return rows


def evidence(case: Case) -> list[Evidence]:
    rows = list(case.evidence.select_related("by", "issue", "attachment__blob"))
    return _labelled(rows, "evidence", "kind", "kind_label")


def issues(case: Case) -> list[Any]:
    """The issues that stand, each with `.current` (the finding that stands, or None) and `.found` (its label)."""
    current = Prefetch("findings", Finding.objects.filter(is_current=True).select_related("by"), to_attr="standing")
    rows: list[Any] = list(case.issues.filter(removed_at=None).select_related("service").prefetch_related(current))
    for issue in rows:
        issue.current = next(iter(issue.standing), None)
        issue.found = rules.OUTCOMES[issue.current.outcome] if issue.current else ""
    return rows


def issue_of(case: Case, number: int) -> Any:
    """One issue that stands, by its number; None when there is none."""
    return next((issue for issue in issues(case) if issue.number == number), None)


def remedies(case: Case) -> list[Remedy]:
    """What was promised to put it right, soonest due first."""
    return _labelled(list(case.remedies.select_related("issue")), "remedies", "kind", "kind_label")


def remedy_of(case: Case, remedy_id: int) -> Remedy | None:
    return case.remedies.filter(pk=remedy_id).first()


def is_paused(case: Case) -> bool:
    """Whether the clock stands now: a pause was opened and not closed in this stage."""
    kinds = (
        case.events.filter(kind__in=["paused", "resumed", "escalated"])
        .order_by("-number")
        .values_list("kind", flat=True)
    )
    return kinds.first() == "paused"


@dataclass(frozen=True)
class Times:
    """What the procedure lets be agreed about time in this case, now."""

    may_agree_date: bool
    may_pause: bool
    needs_agreement: bool
    good_reason_after: int | None
    standing: date | None


def times(case: Case) -> Times:
    """The settings that decide which questions the plan and the extension ask."""
    procedure = procedures.load(case.procedure)
    stage = procedure.stage(case.stage)
    told = case.events.filter(kind="period_agreed").exists()
    return Times(
        may_agree_date=case.stage == 1 and procedure.period_is_agreed and not told,
        may_pause=procedure.timescales.pauses_move,
        needs_agreement=procedure.timescales.extension_needs == "agreement",
        good_reason_after=stage.extension_days.value if stage.extension_days else None,
        standing=case.respond_by if case.stage == 1 else case.stage_2_respond_by,
    )


@dataclass(frozen=True)
class Candidate:
    """Somebody who may investigate. `own_service`: the reason has to be given."""

    person_id: int
    name: str
    job_title: str
    own_service: bool


def candidates(case: Case) -> list[Candidate]:
    """Who could look into it: those who may investigate here, without whoever is complained about."""
    against = ComplainedAbout.objects.filter(case=case, person__isnull=False).values("person_id")
    people = accounts.people_who_may(Permission.INVESTIGATE, case.organisation_id).exclude(pk__in=against)
    own = accounts.people_of_service(case.organisation_id, case.service_id)
    return [Candidate(person.pk, person.name, person.job_title, person.pk in own) for person in people]


@dataclass(frozen=True)
class Written:
    """One part of a response, as it stands. `needed` and empty: it is still missing."""

    part: parts.Part
    text: str
    needed: bool

    @property
    def missing(self) -> bool:
        return self.needed and not self.text.strip()


@dataclass(frozen=True)
class Answer:
    """A response with its parts in order."""

    response: Response
    written: list[Written] = field(default_factory=list)

    @property
    def missing(self) -> list[str]:
        return [entry.part.label for entry in self.written if entry.missing]

    @property
    def shown(self) -> list[Written]:
        """The parts that the person reads: those with words."""
        return [entry for entry in self.written if entry.text.strip()]


def answers(case: Case) -> list[Answer]:
    """All responses, newest first, each with its parts."""
    rows: QuerySet[Response] = case.responses.select_related("drafted_by", "signed_by").prefetch_related("parts")
    return [_answer(response, case) for response in rows.order_by("-number")]


def _answer(response: Response, case: Case) -> Answer:
    texts = {part.part: part.text for part in response.parts.all()}
    needed = {part.code for part in parts.needed_parts(case.disposal)}
    return Answer(response, [Written(part, texts.get(part.code, ""), part.code in needed) for part in parts.PARTS])


def draft(case: Case) -> tuple[dict[str, str], int | None]:
    """What the editor of the response starts from: the draft and its version, or a first text and None."""
    response = case.responses.exclude(state="sent").order_by("-number").prefetch_related("parts").first()
    if response is None:
        return drafting.draft_parts(case), None
    return {part.part: part.text for part in response.parts.all()}, response.version


@dataclass(frozen=True)
class ViewOfOutcome:
    """What the person says of the outcome, when it was written down, and their words if any."""

    what: str
    at: datetime
    words: str


def view_of_outcome(case: Case) -> ViewOfOutcome | None:
    """The newest; the earlier ones stand in the history. None while there is none."""
    if case.status not in lifecycle.ANSWERED:
        return None
    event = case.events.filter(kind="outcome_view_recorded").order_by("-number").first()
    if event is None:
        return None
    reason = case.reasons.filter(pk=event.data.get("reason_id")).first()
    return ViewOfOutcome(rules.SATISFIED[event.data["satisfied"]], event.at, reason.text if reason else "")


def has_next_stage(case: Case) -> bool:
    """Whether the procedure has a stage after the one that the case is in."""
    return procedures.load(case.procedure).stages_count > case.stage


def last_day_to_settle(case: Case) -> date:
    """The end of the next working day after receipt."""
    return projections.calendar(case).add_working_days(timezone.localdate(case.received_at), 1)
