"""What the person who told us may see of it, by their reference and code: their own words and case, never the working
notes, the ratings, or what was said about others."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings

from heed.accounts import queries as accounts
from heed.cases import rules, sentences
from heed.cases.models import Case, CaseEvent, Issue, Plan, Remedy, Response
from heed.cases.parts import PARTS, Part
from heed.correspondence import queries as correspondence
from heed.correspondence.models import Correspondent, Message
from heed.deadlines import clock
from heed.documents.models import Attachment
from heed.feedback import codes
from heed.feedback.models import Feedback
from heed.organisations import queries as organisations


@dataclass(frozen=True)
class Happened:
    """One event of the case: codes and ids, and the words that go with it, if any. The screen makes its sentence."""

    kind: str
    at: datetime
    data: dict[str, Any]
    by_public: bool
    words: str = ""


@dataclass(frozen=True)
class Said:
    """One message. `who` is the member of staff who wrote it, "" for the person's own and for letters."""

    message: Message
    who: str
    attachments: list[Attachment]

    @property
    def is_email(self) -> bool:
        return self.message.channel == "email"

    @property
    def on_its_way(self) -> bool:
        return self.message.state in ("queued", "sending")

    @property
    def failed(self) -> bool:
        return self.message.state == "failed"


@dataclass(frozen=True)
class ForPerson:
    """All that the follow page shows. Without a case (a comment, a compliment) the lists are empty and `due` is None."""

    feedback: Feedback
    case: Case | None
    files: list[Attachment]
    said: list[Said]
    due: clock.Due | None = None
    happened: list[Happened] = field(default_factory=list)
    names: sentences.Names = field(default_factory=sentences.Names)
    issues: list[Issue] = field(default_factory=list)
    plan: Plan | None = None
    answers: list[Response] = field(default_factory=list)
    remedies: list[Remedy] = field(default_factory=list)

    @property
    def talk(self) -> list[Said]:
        """What was written on the page, both ways."""
        return [said for said in self.said if not said.is_email]

    @property
    def emails(self) -> list[Said]:
        """What we sent by e-mail: mostly that there is something to read on the page."""
        return [said for said in self.said if said.is_email]

    @property
    def email_failed(self) -> bool:
        """Whether the newest e-mail did not reach them."""
        return bool(self.emails) and self.emails[-1].failed

    @property
    def can_change_contact(self) -> bool:
        """Whether there is somebody whom we write to."""
        return writer(self.feedback) is not None


@dataclass(frozen=True)
class Answer:
    """A response that was sent, with those of its ten parts that say something, in order."""

    response: Response
    parts: list[tuple[Part, str]]


@dataclass(frozen=True)
class Sent:
    """What was just sent: the item, its case if it has one, and the code, made again from the form's own secret."""

    feedback: Feedback
    case: Case | None
    code: str


def feedback_of(feedback_id: int) -> Feedback | None:
    """The item with its people, words and case; None when it is gone."""
    return (
        Feedback.objects.select_related(
            "organisation",
            "service",
            "narrative",
            "complainant__correspondent",
            "person_affected",
            "representative__correspondent",
            "case__organisation",
            "case__service",
            "case__handler",
            "case__investigator",
        )
        .filter(pk=feedback_id)
        .first()
    )


def case_of(feedback: Feedback) -> Case | None:
    """The case of an item fetched by `feedback_of`, None for a comment or compliment."""
    return getattr(feedback, "case", None)


def writer(feedback: Feedback) -> Correspondent | None:
    """Whoever we write to about it: the representative where there is one, else the complainant."""
    person = feedback.representative or feedback.complainant
    return person.correspondent if person else None


def for_person(feedback: Feedback) -> ForPerson:
    """Everything that the person may see, in a number of queries that does not grow with the case."""
    case = case_of(feedback)
    files = [row.attachment for row in feedback.files.order_by("pk").select_related("attachment__blob")]
    said = messages(feedback)
    if case is None:
        return ForPerson(feedback, None, files, said)
    events = list(CaseEvent.objects.filter(case=case).order_by("number"))
    names = sentences.names_for(case, events)
    answers = list(case.responses.filter(state="sent").order_by("-number").select_related("signed_by"))
    return ForPerson(
        feedback,
        case,
        files,
        said,
        due=_due(case, events),
        happened=[_happened(event, names) for event in events],
        names=names,
        issues=list(case.issues.filter(removed_at=None).order_by("number")),
        plan=case.plans.order_by("-version").first(),
        answers=answers,
        # What will put it right is told with the answer: until then it is a proposal among staff.
        remedies=list(case.remedies.order_by("due_on", "pk")) if answers else [],
    )


def _due(case: Case, events: Iterable[CaseEvent]) -> clock.Due:
    log = [rules.Logged(event.kind, event.at, event.data) for event in events]
    return rules.due_dates(case.procedure, case.nation, log, organisations.closures(case.organisation_id))


def _happened(event: CaseEvent, names: sentences.Names) -> Happened:
    words = names.reasons.get(event.data.get("reason_id"), "")
    return Happened(event.kind, event.at, event.data, event.actor_kind == "public", words)


def messages(feedback: Feedback) -> list[Said]:
    """What was written both ways, oldest first."""
    if feedback.thread_id is None:
        return []
    rows = list(correspondence.messages(feedback.thread_id).prefetch_related("attachments__blob"))
    staff = accounts.names({int(row.by_id) for row in rows if row.by_kind == "staff"})
    return [
        Said(row, staff.get(int(row.by_id), "") if row.by_kind == "staff" else "", list(row.attachments.all()))
        for row in rows
    ]


def answer(case: Case, number: int) -> Answer | None:
    """The response of that number, if it was sent."""
    response = case.responses.filter(state="sent", number=number).select_related("signed_by").first()
    if response is None:
        return None
    written = dict(response.parts.values_list("part", "text"))
    return Answer(response, [(part, written[part.code]) for part in PARTS if written.get(part.code, "").strip()])


def file_of(feedback: Feedback, token: str) -> Attachment | None:
    """A file of the person's own feedback, or of a message between them and us; no other."""
    own = Attachment.objects.select_related("blob").filter(token=token)
    found = own.filter(feedback_file__feedback=feedback).first()
    if found is None and feedback.thread_id is not None:
        found = own.filter(pk__in=Message.objects.filter(thread_id=feedback.thread_id).values("attachments")).first()
    return found


def sent_by(submission_key: str) -> Sent | None:
    """What a form's secret key was used for, None when it was not sent."""
    feedback = (
        Feedback.objects.select_related("organisation", "case", "service", "complainant__correspondent")
        .filter(submission_key=codes.submission_hash(submission_key))
        .first()
    )
    if feedback is None:
        return None
    return Sent(feedback, case_of(feedback), codes.code_from(submission_key, settings.CODE_KEY))
