"""Who was asked how it was, and, apart from that, what was answered.

A request knows the person and the case. An answer knows neither: only a keyed hash of its request, a month, and the key of a
service. What they wrote in their own words is apart from both, so that it can be erased and so that no figure leads to it."""

import uuid

from django.db import models
from django.db.models import Q

from heed.feedback.models.received import Feedback
from heed.feedback.surveys.schema import AUDIENCES

WAYS = [("email", "By email"), ("post", "By post"), ("phone", "By phone"), ("page", "On their page")]
STATES = [("open", "Open"), ("answered", "Answered"), ("refused", "Did not want to"), ("over", "Over, without answer")]


class SurveySettings(models.Model):
    """Whether an organisation asks people how it was. Without a row it does not: nobody is asked before somebody decided."""

    organisation = models.OneToOneField("organisations.Organisation", models.CASCADE, related_name="survey_settings")
    asks = models.BooleanField(default=False)
    since_on = models.DateField(help_text="nobody is asked about what happened before")


class SurveyRequest(models.Model):
    """One time that somebody was asked. `feedback` for those on the public's side and staff complained about; staff by
    `person`. Once for each person and occasion of a case, and for each half year of who handles complaints."""

    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    audience = models.CharField(max_length=20, choices=list(AUDIENCES.items()))
    occasion = models.CharField(max_length=20)
    questionnaire = models.CharField(max_length=10, help_text="version of the questionnaire")
    feedback = models.ForeignKey(Feedback, models.CASCADE, null=True, blank=True, related_name="survey_requests")
    person = models.ForeignKey("accounts.User", models.CASCADE, null=True, blank=True, related_name="+")
    service = models.CharField(max_length=40, blank=True, help_text="code")
    way = models.CharField(max_length=10, choices=WAYS)
    state = models.CharField(max_length=10, choices=STATES, default="open")
    asked_on = models.DateField()
    closes_on = models.DateField()
    reminded = models.BooleanField(default=False)
    handed_over = models.BooleanField(
        default=False, help_text="by post or phone: the letter was posted, or they were rung"
    )

    class Meta:
        ordering = ["asked_on", "pk"]
        indexes = [
            models.Index(fields=["organisation", "state", "way", "asked_on"], name="survey_request_open"),
            models.Index(fields=["person", "state"], name="survey_request_of_person"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["feedback", "audience", "occasion"],
                condition=Q(feedback__isnull=False, person__isnull=True),
                name="survey_public_asked_once",
            ),
            models.UniqueConstraint(
                fields=["feedback", "audience", "occasion", "person"],
                condition=Q(feedback__isnull=False, person__isnull=False),
                name="survey_staff_asked_once",
            ),
            models.CheckConstraint(
                condition=Q(feedback__isnull=False) | Q(person__isnull=False), name="survey_asks_somebody"
            ),
        ]


class SurveyRefusal(models.Model):
    """Somebody does not want to be asked, here, ever: a keyed hash of who, so that it outlives the case."""

    organisation = models.ForeignKey("organisations.Organisation", models.CASCADE, related_name="+")
    who = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "who"], name="survey_refused_once")]


class Campaign(models.Model):
    """A listening campaign: a questionnaire that anybody can answer while it is open (R15, R16)."""

    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="campaigns")
    service = models.ForeignKey("organisations.Service", models.PROTECT, null=True, blank=True, related_name="+")
    code = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=120)
    about = models.TextField(blank=True, help_text="why it is asked, for the public to read")
    questionnaire = models.CharField(max_length=10, help_text="version of the questionnaire for anybody")
    opens_on = models.DateField()
    closes_on = models.DateField()
    made_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=models.F("opens_on")), name="campaign_closes_after_it_opens"
            )
        ]


class SurveyReply(models.Model):
    """One form that came back, without who sent it. `who` is a keyed hash of its request; random where there was none.

    `shared_with`: the person wants who looked after it to see these answers with the case; null otherwise, and always for
    staff and campaigns. The key is random and `told_in` a month, so that neither order nor moment tells anything."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.CharField(max_length=40, help_text="its code")
    service = models.CharField(max_length=40, blank=True, help_text="its code")
    who = models.CharField(max_length=64, unique=True)
    audience = models.CharField(max_length=20, choices=list(AUDIENCES.items()))
    occasion = models.CharField(max_length=20, blank=True)
    questionnaire = models.CharField(max_length=10)
    campaign = models.BooleanField(default=False)
    answers = models.JSONField(default=dict, help_text="the answer by the key of the statement")
    told_in = models.CharField(max_length=7, help_text="a month, as 2026-11")
    shared_with = models.ForeignKey(Feedback, models.CASCADE, null=True, blank=True, related_name="survey_replies")


class SurveyWords(models.Model):
    """What somebody wrote in their own words, apart from their answers and from who they are. Erasable."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.CharField(max_length=40, help_text="its code")
    who = models.CharField(max_length=64, unique=True)
    audience = models.CharField(max_length=20, choices=list(AUDIENCES.items()))
    occasion = models.CharField(max_length=20, blank=True)
    campaign = models.BooleanField(default=False)
    told_in = models.CharField(max_length=7, help_text="a month, as 2026-11")
    text = models.TextField()
    read_as = models.CharField(
        max_length=20,
        blank=True,
        choices=[
            ("read", "Read"),
            ("complaint", "Sounds like a complaint"),
            ("risk", "Somebody may be at risk"),
        ],
    )

    class Meta:
        indexes = [models.Index(fields=["organisation", "told_in"], name="survey_words_by_month")]
