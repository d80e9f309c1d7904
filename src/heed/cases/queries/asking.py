"""Whom of a case to ask how it was, and what has to be known of them to decide it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Prefetch, Q
from django.utils import timezone

from heed.accounts.models import User
from heed.accounts.permissions import Viewer
from heed.cases import lifecycle
from heed.cases.models import Case, ComplainedAbout, Remedy
from heed.correspondence.models import Correspondent
from heed.feedback import survey_keys, surveys
from heed.feedback.models import Feedback, SurveyRequest, SurveySettings
from heed.feedback.queries import surveys as asked
from heed.feedback.surveys import Occasion, Timing, rules
from heed.feedback.surveys.rules import Reach, Standing

LOOKED_BACK = 200  # days after a case closed in which something may still be asked; no occasion is later
NO_CALLS = "not_by_phone"


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be asked about a case. `to` for the public, `person` for staff."""

    feedback: Feedback
    audience: str
    standing: Standing
    key: str
    to: Correspondent | None = None
    person: User | None = None

    def chosen(self, today: date, timing: Timing) -> Occasion | None:
        return rules.chosen(timing.of(self.audience), self.standing, today, timing)

    def to_decide(self, today: date, timing: Timing) -> Occasion | None:
        return rules.to_decide(timing.of(self.audience), self.standing, today, timing)


@dataclass(frozen=True)
class Held:
    """Somebody about whom a person has to decide whether to ask, and why."""

    candidate: Candidate
    case: Case
    occasion: Occasion
    why: str


def candidates(settings: SurveySettings, today: date, only: Iterable[int] | None = None) -> Iterator[Candidate]:
    """Everybody behind the cases in which something may be asked today; `only`: of these items of feedback. A number of
    questions that does not grow with the cases."""
    timing = surveys.timing(today)
    cases = _cases(settings.organisation_id, today, only)
    since = today - timedelta(days=timing.gap_days.value)
    before = asked.asked_before(settings.organisation_id, [case.feedback_id for case in cases], since)
    known = _Known(settings, today, before, asked.refusals(settings.organisation_id))
    for case in cases:
        yield from known.of_case(case)


def held_back(settings: SurveySettings, viewer: Viewer, today: date) -> list[Held]:
    """Whom the calendar would ask today and a person has to decide about, of the cases that the viewer sees."""
    timing = surveys.timing(today)
    waiting = [(one, one.to_decide(today, timing)) for one in candidates(settings, today)]
    seen = _seen(viewer, [one.feedback.pk for one, occasion in waiting if occasion])
    return [
        Held(one, one.feedback.case, occasion, rules.why_careful(one.standing, timing))
        for one, occasion in waiting
        if occasion and one.feedback.pk in seen
    ]


def by_hand(viewer: Viewer) -> list[SurveyRequest]:
    """What waits to be posted or asked by phone, of the cases that the viewer sees; oldest first."""
    waiting = asked.by_hand(viewer.organisation_id)
    seen = _seen(viewer, [one.feedback_id for one in waiting])
    return [one for one in waiting if one.feedback_id in seen]


def to_enter(viewer: Viewer, request_id: int) -> SurveyRequest | None:
    """A request of the public whose answers somebody of the staff may enter: its case is one that they see."""
    found = asked.request(viewer.organisation_id, request_id)
    if found is None or found.way not in asked.BY_HAND or found.state not in ("open", "over"):
        return None
    return found if found.feedback_id in _seen(viewer, [found.feedback_id]) else None


def _seen(viewer: Viewer, feedback_ids: Iterable[int | None]) -> frozenset[int | None]:
    cases = Case.objects.visible_to(viewer).filter(feedback_id__in=list(feedback_ids))
    return frozenset(cases.values_list("feedback_id", flat=True))


def is_owed(request: SurveyRequest, settings: SurveySettings, today: date) -> bool:
    """Whether something is owed by now to whom a request is to, so that this is no time for a reminder."""
    if request.feedback_id is None:
        return False
    found = candidates(settings, today, only=[request.feedback_id])
    return any(one.standing.owed for one in found if one.audience == request.audience)


def _cases(organisation_id: int, today: date, only: Iterable[int] | None) -> list[Any]:
    recently = timezone.make_aware(datetime.combine(today - timedelta(days=LOOKED_BACK), datetime.min.time()))
    cases = (
        Case.objects.filter(organisation_id=organisation_id, imported=False)
        .filter(Q(status__in=[one for one in lifecycle.OPEN if one != "received"]) | Q(closed_at__gte=recently))
        .exclude(disposal="withdrawn")
        .select_related(
            "feedback__organisation", "feedback__service", "feedback__complainant__correspondent",
            "feedback__representative__correspondent",
        )
        .prefetch_related(
            Prefetch("remedies", Remedy.objects.filter(delivered_on=None), to_attr="undelivered"),
            Prefetch("complained_about", ComplainedAbout.objects.select_related("person"), to_attr="against"),
        )
        .order_by("pk")
    )  # fmt: skip
    return list(cases if only is None else cases.filter(feedback_id__in=list(only)))


@dataclass(frozen=True)
class _Known:
    settings: SurveySettings
    today: date
    before: asked.Before
    refused: frozenset[str]

    def of_case(self, case: Any) -> Iterator[Candidate]:
        feedback = case.feedback
        for audience in ("complainant", "supporter"):
            to = asked.correspondent(feedback, audience)
            if to is not None:
                yield self._public(case, audience, to)
        for row in case.against:
            if row.person is not None:
                yield self._staff(case, row.person)

    def _public(self, case: Any, audience: str, to: Correspondent) -> Candidate:
        key = survey_keys.person(email=to.email, feedback_id=case.feedback_id)
        follows = bool(case.feedback.code_hash) and (audience == "supporter" or case.feedback.representative_id is None)
        reach = Reach(
            preferred=to.preferred_channel, email=to.email, post=bool(to.postal_address.strip()),
            post_is_safe=to.post_is_safe, phone=bool(to.phone), no_calls=NO_CALLS in to.adjustments, follows=follows,
        )  # fmt: skip
        standing = Standing(
            **self._dates(case), do_not=bool(to.do_not.strip()), flags=frozenset(case.flags.split()),
            needs=frozenset(to.adjustments), way=rules.way_for(reach), **self._asked(case, audience, None, key),
        )  # fmt: skip
        return Candidate(case.feedback, audience, standing, key, to=to)

    def _staff(self, case: Any, person: User) -> Candidate:
        key = survey_keys.person(staff_id=person.pk)
        standing = Standing(
            **self._dates(case), way="email" if person.is_active else "",
            **self._asked(case, "staff-involved", person.pk, key),
        )  # fmt: skip
        return Candidate(case.feedback, "staff-involved", standing, key, person=person)

    def _asked(self, case: Any, audience: str, person_id: int | None, key: str) -> dict[str, Any]:
        return {
            "asked": self.before.occasions.get((case.feedback_id, audience, person_id), frozenset()),
            "asked_on": self.before.days.get(key, ()),
            "refused": key in self.refused,
        }

    def _dates(self, case: Any) -> dict[str, Any]:
        is_answered = case.status in lifecycle.ANSWERED
        return {
            "since": self.settings.since_on,
            "acknowledged_on": _day(case.acknowledged_at),
            "promised_on": case.respond_by if case.stage == 1 else case.stage_2_respond_by,
            "answered_on": _day(case.responded_at or case.closed_at) if is_answered else None,
            "closed_on": _day(case.closed_at) if case.status == "closed" else None,
            "owed": self._is_owed(case, is_answered),
        }

    def _is_owed(self, case: Any, is_answered: bool) -> bool:
        """Once it is answered, every remedy that is not delivered; before that, every promised day that has passed."""
        if is_answered:
            return bool(case.undelivered)
        promised = (case.acknowledge_by if case.acknowledged_at is None else None, case.respond_by, case.next_update_on)
        if case.stage == 2:
            promised = (case.stage_2_respond_by, case.next_update_on, None)
        return any(on is not None and on < self.today for on in promised)


def _day(at: datetime | None) -> date | None:
    return timezone.localdate(at) if at else None
