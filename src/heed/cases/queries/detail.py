"""One case, for somebody who may see it: the rows, where it stands in one sentence, what was promised, who is on it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.db.models import Prefetch, Q
from django.utils import timezone

from heed.accounts.permissions import Permission, Viewer
from heed.cases import lifecycle, projections, rules
from heed.cases.models import Case, Finding, Issue, RiskRating
from heed.cases.ombudsman import sector_of
from heed.cases.whole import whole
from heed.correspondence.models import Correspondent, Message
from heed.deadlines.calendar import Calendar
from heed.deadlines.clock import Due
from heed.design import words
from heed.documents.models import Attachment
from heed.feedback.models import Person
from heed.organisations import code_lists, procedures

NOBODY = "Somebody who gave no name"
UPDATE_NEAR = 2  # working days
WHO_DOES = {
    "sign": "The responsible person signs, or whom they delegated.",
    "find": "Whoever looks into it does this.",
    "update": "The handler or the investigator does this.",
    "draft": "The handler or the investigator does this.",
}


def visible_case(viewer: Viewer, reference: str) -> Case | None:
    """The case with its people and words, None when the person may not see it (the page then answers 404)."""
    return (
        Case.objects.visible_to(viewer)
        .select_related(
            "organisation",
            "service",
            "handler",
            "investigator",
            "feedback__narrative",
            "feedback__service",
            "feedback__logged_by",
            "feedback__thread__correspondent",
            "feedback__complainant__correspondent",
            "feedback__person_affected__correspondent",
            "feedback__representative__correspondent",
        )
        .filter(reference=reference)
        .first()
    )


def as_seeing(case: Case, viewer: Viewer) -> Viewer:
    """The person with only those of their roles that show them this case, which they may see (`visible_case`)."""
    return rules.as_seeing(
        viewer,
        service_id=case.service_id,
        handler_id=case.handler_id,
        investigator_id=case.investigator_id,
        logged_by_id=case.feedback.logged_by_id,
    )


def may_choose_commissioner(case: Case) -> bool:
    """Whether the person may have the commissioner look into it instead of the provider, by the case's procedure."""
    return procedures.load(case.procedure).commissioner_may_be_chosen(sector_of(case))


def may_find(case: Case, viewer: Viewer) -> bool:
    """Whether the person may say what is found in this case, by the roles that show it to them (`as_seeing`)."""
    refusal = rules.why_not_find(
        person_id=viewer.person_id,
        investigator_id=case.investigator_id,
        may_handle=viewer.may(Permission.HANDLE),
        approach=case.approach,
    )
    return viewer.may(Permission.INVESTIGATE) and refusal is None


def version_of(case_id: int) -> int:
    """The case's version as it stands in the database now."""
    return Case.objects.values_list("version", flat=True).get(pk=case_id)


def contact_person(case: Case) -> Person | None:
    """Whom we write and speak to: the representative where there is one, else the complainant."""
    return case.feedback.representative or case.feedback.complainant


def name_of(case: Case) -> str:
    return case.complainant_name or NOBODY


def address_of(case: Case) -> str:
    """How we address whom we speak to, for the middle of a sentence: "Mrs Ahmed"; "them" where no name is known."""
    person = contact_person(case)
    if person is None:
        return "them"
    wished = person.correspondent.address_as if person.correspondent else ""
    return wished or person.name or "them"


def whom_we_write_to(case: Case) -> Correspondent | None:
    """The addresses and wishes of whom messages about the case go to; None when nobody gave any."""
    thread = case.feedback.thread
    return thread.correspondent if thread else None


def email_of(case: Case) -> str:
    """The e-mail address that messages about the case go to, "" where there is none."""
    correspondent = whom_we_write_to(case)
    return correspondent.email if correspondent else ""


def who_does(case: Case, step: str) -> str:
    """Who takes a step, as a sentence."""
    if step in WHO_DOES:
        return WHO_DOES[step]
    return f"{case.handler.name} does this." if case.handler else "A case handler does this."


@dataclass(frozen=True)
class Promise:
    """Something promised by a day. `done_on`: when it was kept. `left`: working days from today, negative when past."""

    label: str
    on: date
    left: int
    done_on: date | None = None

    def late_on(self, today: date) -> bool:
        return (self.done_on or today) > self.on


@dataclass(frozen=True)
class Standing:
    """A case as it stands on one day. Dates are worked out from the log and today's closures, not read from the cache,
    so that a page of an open case is right while an added closure is still being counted in everywhere."""

    case: Case
    today: date

    @cached_property
    def due(self) -> Due:
        return projections.due(self.case)

    @cached_property
    def calendar(self) -> Calendar:
        return projections.calendar(self.case)

    def left(self, on: date) -> int:
        """Working days from today to the day, negative once it is past."""
        return self.calendar.working_days_between(self.today, on)

    @property
    def next_step(self) -> str:
        """The one next thing to do today: that of the worklist, but not an update that is still some days off, before
        which the work itself goes on."""
        case = self.case
        if case.next_step != "update" or case.next_step_on is None or self.left(case.next_step_on) <= UPDATE_NEAR:
            return case.next_step
        of = whole(case)
        return rules.work_step(projections.standing(of, projections.dates(of)))

    @property
    def respond_by(self) -> date | None:
        """The promised day of the response at the stage that the case is in."""
        return self.due.due["respond_by" if self.case.stage == 1 else "stage_2_respond_by"]

    @property
    def acknowledge_by(self) -> date | None:
        return self.due.due["acknowledge_by" if self.case.stage == 1 else "stage_2_acknowledge_by"]

    @cached_property
    def promises(self) -> list[Promise]:
        """What was promised and is not past caring about, soonest first."""
        return sorted(self._promises(), key=lambda promise: promise.on)

    def _promises(self) -> list[Promise]:
        case = self.case
        open_case = case.status != "closed"
        answered = _day(case.responded_at) if case.status in lifecycle.ANSWERED else None
        wanted: list[tuple[str, date | None, date | None, bool]] = [
            ("Acknowledge", self.acknowledge_by, self._acknowledged_on(), open_case),
            ("Respond", self.respond_by, answered, not (case.status == "closed" and answered is None)),
            ("Next update", case.next_update_on, None, open_case and answered is None),
            ("Call back", projections.call_back_on(case), None, open_case),
            ("Review, if still open", self.due.due["review_by"], None, open_case and answered is None),
        ]
        kinds = code_lists.load("remedies")
        owed = case.remedies.filter(delivered_on=None).values_list("kind", "due_on")
        wanted += [(f"Deliver: {kinds.label(kind)}", due_on, None, True) for kind, due_on in owed]
        return [Promise(label, on, self.left(on), done) for label, on, done, shown in wanted if on and shown]

    def _acknowledged_on(self) -> date | None:
        return self._acknowledged.get(self.case.stage)

    @cached_property
    def _acknowledged(self) -> dict[int, date]:
        rows = self.case.acknowledgements.values_list("stage", "at")
        return {stage: timezone.localdate(at) for stage, at in rows}

    @cached_property
    def complained_about(self) -> list[str]:
        """Names of those complained about."""
        rows = self.case.complained_about.select_related("person").order_by("pk")
        return [row.person.name if row.person else row.name for row in rows]

    @property
    def people(self) -> list[tuple[str, str]]:
        """Part in the case and name."""
        case = self.case
        people = [("Handler", case.handler.name if case.handler else "Nobody yet")]
        if case.investigator:
            people.append(("Investigator", case.investigator.name))
        people += [("Complained about", name) for name in self.complained_about]
        if case.feedback.logged_by:
            people.append(("Taken down by", case.feedback.logged_by.name))
        return people

    @property
    def sentence(self) -> str:
        """Where the case stands, and the promised day of the response while one is open."""
        said = _SAID[self.case.status](self.case)
        if self.case.status == "registered" and self._acknowledged_on():
            said = said.replace("Registered,", "Acknowledged,", 1)
        return f"{said}{self._response_promised()}"

    def _response_promised(self) -> str:
        if self.case.status in lifecycle.ANSWERED:
            return ""
        if self.respond_by is None:
            return " No day for the answer is agreed yet."
        left = words.time_left(self.respond_by, self.today, self.left(self.respond_by))
        return f" Response promised by {words.day(self.respond_by)}, {left}."


def standing(case: Case, today: date) -> Standing:
    """The case as it stands on a day (London)."""
    return Standing(case, today)


def _day(at: datetime | None) -> date | None:
    return timezone.localdate(at) if at else None


def _name(person: object, otherwise: str) -> str:
    return getattr(person, "name", otherwise)


def _closed(case: Case) -> str:
    how = {
        "settled": "settled",
        "withdrawn": "withdrawn",
        **{code: label.lower() for code, label in rules.OUTCOMES.items()},
    }.get(case.outcome, "closed")
    on = words.day(case.closed_at) if case.closed_at else "an unknown day"
    if case.disposal == "oral":
        return f"Settled in conversation on {on}."
    return f"Closed on {on}: {how}."


def _looked_into(case: Case) -> str:
    if case.disposal == "withdrawn":
        return "Withdrawn by the person; the written outcome is still owed."
    return f"Being looked into by {_name(case.investigator, _name(case.handler, 'nobody'))}."


def _answered(case: Case) -> str:
    return f"Answered on {words.day(case.responded_at) if case.responded_at else 'an unknown day'}; not closed yet."


_SAID: dict[str, Callable[[Case], str]] = {
    "received": lambda case: f"Came in on {words.day(case.received_at)}. Nobody has registered it yet.",
    "registered": lambda case: f"Registered, with {_name(case.handler, 'nobody')} looking after it.",
    "investigating": _looked_into,
    "sign_off": lambda _: "The response is waiting to be signed.",
    "signed": lambda _: "The response is signed and ready to send.",
    "responded": _answered,
    "closed": _closed,
}


def asks_for(case: Case) -> list[str]:
    """The adjustments of whoever we are in touch with, and what is to be seen of the case at once: codes."""
    person = contact_person(case)
    adjustments = person.correspondent.adjustments if person and person.correspondent else []
    return [*adjustments, *case.flags.split()]


def files(case: Case) -> list[Attachment]:
    """The files that came with the feedback."""
    return list(Attachment.objects.filter(feedback_file__feedback_id=case.feedback_id).select_related("blob"))


def file(case: Case, token: str, *, of_the_work: bool) -> Attachment | None:
    """A file of the case by the token in its address: what came with the feedback; and `of_the_work`, evidence and what
    was sent in a message."""
    shown = Q(feedback_file__feedback_id=case.feedback_id)
    if of_the_work:
        shown |= Q(evidence__case=case)
    if of_the_work and case.feedback.thread:
        shown |= Q(pk__in=Message.objects.filter(thread=case.feedback.thread).values("attachments"))
    return Attachment.objects.select_related("blob").filter(shown, token=token).first()


def issues(case: Case) -> list[Issue]:
    """The issues that stand, each with its service and its current finding as `found` (a list of one or none)."""
    current = Prefetch("findings", Finding.objects.filter(is_current=True).select_related("by"), to_attr="found")
    return list(
        case.issues.filter(removed_at=None).select_related("service").order_by("number").prefetch_related(current)
    )


def issue(case: Case, number: int) -> Issue | None:
    """One issue that stands, by its number in the case."""
    return case.issues.filter(number=number, removed_at=None).first()


def ratings(case: Case) -> list[RiskRating]:
    """All ratings of risk, newest first."""
    return list(case.ratings.select_related("by").order_by("-at", "-pk"))


def correspondent_version(correspondent_id: int) -> int:
    """The version of how to reach somebody, as it stands in the database now."""
    return Correspondent.objects.values_list("version", flat=True).get(pk=correspondent_id)
