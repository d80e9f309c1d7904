"""What is being looked into, how, and with whom."""

from django.db import models

from heed.cases.models.case import Case


class Reason(models.Model):
    """Words that explain an event, kept apart from the log so that they can be erased."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="reasons")
    text = models.TextField()


class Acknowledgement(models.Model):
    """How and when we acknowledged, and the offer to discuss with what came of it (R69, R70)."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="acknowledgements")
    stage = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    channel = models.CharField(max_length=30)
    discussion_offered = models.BooleanField()
    discussion_result = models.CharField(
        max_length=20,
        blank=True,
        choices=[("accepted", "Accepted"), ("declined", "Declined"), ("waiting", "No answer yet")],
    )
    note = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "stage"], name="acknowledged_once_a_stage")]


class ComplainedAbout(models.Model):
    """Somebody who is complained about. They never see, investigate, decide or sign the case (R255)."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="complained_about")
    person = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="complained_about_in"
    )
    name = models.CharField(max_length=200, blank=True, help_text="when they do not sign in to Heed")

    class Meta:
        indexes = [models.Index(fields=["person", "case"])]


class Issue(models.Model):
    """One thing complained about, decided on its own (R27)."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="issues")
    number = models.PositiveSmallIntegerField()
    summary = models.TextField()
    subject = models.CharField(max_length=60)
    service = models.ForeignKey("organisations.Service", models.PROTECT, null=True, blank=True)
    outcome_wanted = models.TextField(blank=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["case", "number"]
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="issue_numbered_once")]


class RiskRating(models.Model):
    """One rating of seriousness and likelihood, with the risk that the organisation's matrix gave. All are kept."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="ratings")
    seriousness = models.CharField(max_length=20)
    likelihood = models.CharField(max_length=20)
    risk = models.CharField(max_length=20)
    impact_on_person = models.CharField(max_length=20, blank=True)
    flags = models.CharField(max_length=200, blank=True)
    reason = models.TextField(blank=True)
    after_investigation = models.BooleanField(default=False)
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.User", models.PROTECT)

    class Meta:
        ordering = ["at", "pk"]


class Plan(models.Model):
    """One version of the plan agreed with the person (R66-R68)."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="plans")
    version = models.PositiveSmallIntegerField()
    will_do = models.TextField()
    outcomes_wanted = models.TextField(blank=True)
    not_possible = models.TextField(blank=True, help_text="what was said about what cannot be done")
    how_updated = models.CharField(max_length=200)
    update_every_days = models.PositiveSmallIntegerField(null=True, blank=True, help_text="working days")
    support = models.TextField(blank=True)
    at_once = models.TextField(blank=True, help_text="what is done at once, an apology too")
    respond_by = models.DateField(null=True, blank=True)
    agreed = models.CharField(
        max_length=20,
        choices=[
            ("agreed", "Agreed with the person"),
            ("declined", "They did not want to discuss it"),
            ("waiting", "Sent, no answer yet"),
        ],
    )
    agreed_on = models.DateField(null=True, blank=True)
    why_changed = models.TextField(blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("accounts.User", models.PROTECT)

    class Meta:
        ordering = ["case", "version"]
        constraints = [models.UniqueConstraint(fields=["case", "version"], name="plan_version_once")]


class Extension(models.Model):
    """A later date that was told. `counted`: whether the clock let it stand when it was recorded."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="extensions")
    stage = models.PositiveSmallIntegerField(default=1)
    old_until = models.DateField()
    until = models.DateField()
    reason = models.TextField()
    agreed = models.BooleanField()
    good_reason = models.BooleanField(default=False)
    counted = models.BooleanField()
    at = models.DateTimeField()


class Contact(models.Model):
    """A conversation, letter or meeting with anyone about the case (R81)."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="contacts")
    at = models.DateTimeField()
    channel = models.CharField(max_length=30)
    direction = models.CharField(max_length=10, choices=[("in", "They contacted us"), ("out", "We contacted them")])
    with_whom = models.CharField(max_length=200)
    with_person = models.BooleanField(default=False, help_text="with the complainant or their representative")
    is_update = models.BooleanField(default=False, help_text="keeps the promise to update them")
    summary = models.TextField()
    by = models.ForeignKey("accounts.User", models.PROTECT)

    class Meta:
        ordering = ["-at", "-pk"]


class Evidence(models.Model):
    """What was gathered: a statement, a record, a visit, advice (R85)."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="evidence")
    issue = models.ForeignKey(Issue, models.SET_NULL, null=True, blank=True, related_name="evidence")
    kind = models.CharField(max_length=30)
    title = models.CharField(max_length=200)
    what_it_shows = models.TextField(blank=True)
    obtained_on = models.DateField(null=True, blank=True)
    attachment = models.OneToOneField(
        "documents.Attachment", models.PROTECT, null=True, blank=True, related_name="evidence"
    )
    by = models.ForeignKey("accounts.User", models.PROTECT)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]


class Finding(models.Model):
    """What was found on an issue, and why. A later finding stands instead of the earlier, which is kept."""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="findings")
    outcome = models.CharField(max_length=20)
    what_happened = models.TextField()
    what_should_have = models.TextField(blank=True)
    reasoning = models.TextField()
    effect_on_person = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.User", models.PROTECT)
    is_current = models.BooleanField(default=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome__in=["upheld", "partly_upheld", "not_upheld"]), name="finding_outcome_known"
            ),
            models.UniqueConstraint(fields=["issue"], condition=models.Q(is_current=True), name="one_current_finding"),
        ]
