"""Ask those behind the cases how it was, as the calendar says, and a person where it must not decide (R15, R185)."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from heed.accounts import queries as accounts
from heed.accounts.permissions import Permission
from heed.audit.actor import Actor
from heed.audit.refusals import Refused
from heed.cases.models import Case
from heed.cases.queries import asking as queries
from heed.cases.queries.asking import Candidate
from heed.feedback import survey_keys, surveys
from heed.feedback.actions import asking
from heed.feedback.models import SurveyRequest, SurveySettings
from heed.feedback.queries import surveys as asked
from heed.feedback.surveys import rules


def ask_due(*, organisation_id: int, by: Actor, at: datetime) -> int:
    """Ask everybody for whom it is time, remind once whom it is time to remind, and end what is over. Returns how many
    were asked. Doing it twice asks nobody twice; each is asked in a transaction of their own."""
    settings, today = asked.settings_of(organisation_id), timezone.localdate(at)
    asking.end_over(organisation_id=organisation_id, at=at)
    if settings is None or not settings.asks:
        return 0
    timing, many, told = surveys.timing(today), 0, set[str]()
    for one in queries.candidates(settings, today):
        occasion = one.chosen(today, timing)
        if occasion and one.key not in told:
            many += _ask(one, occasion.key, by, at) is not None
            told.add(one.key)  # the same person behind two cases is asked about one of them
    many += _ask_handlers(settings, today, by, at)
    _remind(settings, today, by, at)
    return many


def _ask(one: Candidate, occasion: str, by: Actor, at: datetime) -> SurveyRequest | None:
    return asking.ask(
        organisation=one.feedback.organisation, audience=one.audience, occasion=occasion, way=one.standing.way,
        feedback=one.feedback, person=one.person, correspondent=one.to, by=by, at=at,
    )  # fmt: skip


def _ask_handlers(settings: SurveySettings, today: date, by: Actor, at: datetime) -> int:
    """Twice a year, those who look after cases, and were not asked in this half year."""
    begins = rules.half_year(today)
    if begins is None:
        return 0
    organisation, refused = settings.organisation, asked.refusals(settings.organisation_id)
    people = accounts.people_who_may(Permission.HANDLE, organisation.pk)
    were = asked.handlers_asked(organisation.pk, since=begins)
    many = 0
    for person in people.exclude(pk__in=were).order_by("pk"):
        if survey_keys.person(staff_id=person.pk) not in refused:
            many += asking.ask(
                organisation=organisation, audience="handler", occasion="half_year", way="email", person=person,
                by=by, at=at,
            ) is not None  # fmt: skip
    return many


def _remind(settings: SurveySettings, today: date, by: Actor, at: datetime) -> None:
    remind_days = surveys.timing(today).remind_days.value
    since = date.fromordinal(today.toordinal() - remind_days)
    for request in asked.to_remind(settings.organisation_id, since):
        if not asked.is_refused(request) and not queries.is_owed(request, settings, today):
            asking.remind(request_id=request.pk, by=by, at=at)


@transaction.atomic
def ask_one(*, case_id: int, audience: str, by: Actor, at: datetime) -> SurveyRequest:
    """A person decided to ask somebody whom the calendar leaves to them. Raises Refused when it is not the time, or they
    do not want to be asked."""
    case = Case.objects.select_for_update(of=("self",)).get(pk=case_id)
    settings, today = asked.settings_of(case.organisation_id), timezone.localdate(at)
    if settings is None or not settings.asks:
        raise Refused("People are not asked here. Begin asking first.")
    timing = surveys.timing(today)
    for one in queries.candidates(settings, today, only=[case.feedback_id]):
        occasion = one.to_decide(today, timing) or one.chosen(today, timing)
        if one.audience == audience and occasion and (made := _ask(one, occasion.key, by, at)):
            return made
    raise Refused("It is not the time to ask them now: look at the list again.")
