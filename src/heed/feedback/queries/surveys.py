"""Who was asked, by whom it is still to be done, what was written; never who answered what."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from heed.accounts.models import User
from heed.correspondence.models import Correspondent
from heed.feedback import survey_keys, surveys
from heed.feedback.models import (
    Campaign,
    Feedback,
    SurveyRefusal,
    SurveyReply,
    SurveyRequest,
    SurveySettings,
    SurveyWords,
)
from heed.feedback.surveys import Questionnaire

BY_HAND = ("post", "phone")


def settings_of(organisation_id: int) -> SurveySettings | None:
    return SurveySettings.objects.filter(organisation_id=organisation_id).first()


def asking() -> QuerySet[SurveySettings]:
    """The organisations that ask people how it was."""
    return SurveySettings.objects.filter(asks=True).select_related("organisation").order_by("organisation_id")


def questionnaire_of(request: SurveyRequest) -> Questionnaire:
    """What a request asks: the version that it was made with, and the stages of its occasion."""
    occasion = surveys.timing(request.asked_on).occasion(request.audience, request.occasion)
    return surveys.of_version(request.audience, request.questionnaire).only(occasion.stages)


def questionnaire_for_campaign(campaign: Campaign) -> Questionnaire:
    return surveys.of_version("anybody", campaign.questionnaire)


def request(organisation_id: int, request_id: int) -> SurveyRequest | None:
    return _requests().filter(organisation_id=organisation_id, pk=request_id).first()


def _requests() -> QuerySet[SurveyRequest]:
    return SurveyRequest.objects.select_related(
        "organisation", "person", "feedback__service", "feedback__case", "feedback__complainant__correspondent",
        "feedback__representative__correspondent",
    )  # fmt: skip


def correspondent_of(request: SurveyRequest) -> Correspondent | None:
    """Whom of the public a request goes to."""
    return correspondent(request.feedback, request.audience) if request.feedback else None


def correspondent(feedback: Feedback, audience: str) -> Correspondent | None:
    """The person of an audience behind an item of feedback, as far as we can write to them."""
    person = feedback.representative if audience == "supporter" else feedback.complainant
    return person.correspondent if person else None


def person_key(request: SurveyRequest) -> str:
    """Whom a request is to, as a keyed hash."""
    if request.person_id is not None:
        return survey_keys.person(staff_id=request.person_id)
    to = correspondent_of(request)
    return survey_keys.person(email=to.email if to else "", feedback_id=request.feedback_id)


def is_refused(request: SurveyRequest) -> bool:
    """Whether whom it is to does not want to be asked."""
    return SurveyRefusal.objects.filter(organisation_id=request.organisation_id, who=person_key(request)).exists()


def refusals(organisation_id: int) -> frozenset[str]:
    """All who do not want to be asked, as keyed hashes."""
    return frozenset(SurveyRefusal.objects.filter(organisation_id=organisation_id).values_list("who", flat=True))


@dataclass(frozen=True)
class Before:
    """What was asked before: occasions by feedback, audience and person; days by the person's keyed hash."""

    occasions: dict[tuple[int, str, int | None], frozenset[str]]
    days: dict[str, tuple[date, ...]]


def asked_before(organisation_id: int, feedback_ids: Iterable[int], since: date) -> Before:
    """What these people were asked about these cases, and all days since on which anybody was asked anything."""
    occasions: dict[tuple[int, str, int | None], set[str]] = defaultdict(set)
    rows = SurveyRequest.objects.filter(feedback_id__in=list(feedback_ids))
    for feedback_id, audience, person_id, occasion in rows.values_list(
        "feedback_id", "audience", "person_id", "occasion"
    ):
        if feedback_id is not None:
            occasions[feedback_id, audience, person_id].add(occasion)
    days: dict[str, list[date]] = defaultdict(list)
    for one in _requests().filter(organisation_id=organisation_id, asked_on__gt=since):
        days[person_key(one)].append(one.asked_on)
    return Before(
        {key: frozenset(found) for key, found in occasions.items()}, {key: tuple(on) for key, on in days.items()}
    )


def handlers_asked(organisation_id: int, since: date) -> QuerySet[SurveyRequest, int | None]:
    """Primary keys of those who handle complaints and were asked how it is since a day."""
    rows = SurveyRequest.objects.filter(organisation_id=organisation_id, audience="handler", asked_on__gte=since)
    return rows.values_list("person_id", flat=True)


def to_remind(organisation_id: int, asked_before_or_on: date) -> list[SurveyRequest]:
    """What was asked by e-mail by then, was not answered and not reminded of."""
    waiting = _requests().filter(organisation_id=organisation_id, state="open", way="email", reminded=False)
    return list(waiting.filter(asked_on__lte=asked_before_or_on))


def by_hand(organisation_id: int) -> list[SurveyRequest]:
    """What somebody has to post or to ask by phone, and whose answers they enter; oldest first."""
    return list(_requests().filter(organisation_id=organisation_id, way__in=BY_HAND, state="open"))


def counts(organisation_id: int, since: date) -> dict[str, int]:
    """How many were asked since a day, by what became of it."""
    found: dict[str, int] = defaultdict(int)
    states = SurveyRequest.objects.filter(organisation_id=organisation_id, asked_on__gte=since)
    for state in states.values_list("state", flat=True):
        found[state] += 1
    return dict(found)


def open_for(feedback: Feedback, audience: str, today: date) -> SurveyRequest | None:
    """What is asked of this person about this item now, whatever the way: their page always shows it."""
    return (
        _requests()
        .filter(feedback=feedback, audience=audience, person=None, state="open", closes_on__gte=today)
        .first()
    )


def audience_of(feedback: Feedback) -> str:
    """As whom somebody follows a case: whoever we write to about it."""
    return "supporter" if feedback.representative_id else "complainant"


def standing(feedback: Feedback, today: date) -> str:
    """What their page has to say: "open" while something is asked, "answered" when answers could be withdrawn, else ""."""
    states = SurveyRequest.objects.filter(feedback=feedback, audience=audience_of(feedback), person=None)
    found = set(states.exclude(state="open", closes_on__lt=today).values_list("state", flat=True))
    return next((state for state in ("open", "answered") if state in found), "")


def own(person: User | int, organisation_id: int, today: date) -> list[SurveyRequest]:
    """What somebody of the staff is asked now, themselves."""
    return list(_requests().filter(person=person, organisation_id=organisation_id, state="open", closes_on__gte=today))


def staff_is_refused(organisation_id: int, person_id: int) -> bool:
    """Whether somebody of the staff does not want to be asked."""
    return SurveyRefusal.objects.filter(
        organisation_id=organisation_id, who=survey_keys.person(staff_id=person_id)
    ).exists()


@dataclass(frozen=True)
class Shared:
    """What somebody wants who looked after their case to see: the questions with their answers, and their words."""

    questionnaire: Questionnaire
    answers: dict[str, str]
    text: str
    told_in: str

    @property
    def lines(self) -> list[tuple[str, str]]:
        """Each statement that was answered, and the answer in words."""
        scale = surveys.words_of_page().scale
        asked = self.questionnaire.questions()
        return [(one.text, scale[self.answers[one.key]]) for one in asked if one.key in self.answers]


def shared(feedback_id: int) -> list[Shared]:
    """Of an item of feedback, the answers that the person let us see with it."""
    replies = list(SurveyReply.objects.filter(shared_with_id=feedback_id).order_by("told_in", "pk"))
    if not replies:
        return []
    texts = dict(SurveyWords.objects.filter(who__in=[one.who for one in replies]).values_list("who", "text"))
    return [
        Shared(surveys.of_version(one.audience, one.questionnaire), one.answers, texts.get(one.who, ""), one.told_in)
        for one in replies
    ]


def months_with_words(organisation: str) -> dict[str, int]:
    """The months in which somebody wrote something, newest first, and how many did."""
    rows = SurveyWords.objects.filter(organisation=organisation).values_list("told_in").annotate(many=Count("pk"))
    return dict(rows.order_by("-told_in"))


def words_of(organisation: str, month: str, read_as: str | None = None) -> list[SurveyWords]:
    """What people wrote in a month, in an order that tells nothing; None: whether it was read or not."""
    found = SurveyWords.objects.filter(organisation=organisation, told_in=month).order_by("pk")
    return list(found if read_as is None else found.filter(read_as=read_as))


def campaigns(organisation_id: int) -> QuerySet[Campaign]:
    return Campaign.objects.filter(organisation_id=organisation_id).select_related("service")


def campaign(organisation_id: int, code: str) -> Campaign | None:
    return campaigns(organisation_id).filter(code=code).first()


def open_campaigns(organisation_id: int, today: date) -> QuerySet[Campaign]:
    """What anybody may answer today."""
    return campaigns(organisation_id).filter(opens_on__lte=today, closes_on__gte=today)
