"""What arrived, and the people behind it."""

from django.db import models

from heed.feedback.rules import BODIES, KINDS


class Person(models.Model):
    """Somebody behind the feedback: complainant, person affected or representative. How to reach them, and what
    they wish, is their Correspondent."""

    name = models.CharField(max_length=200, blank=True)
    name_folded = models.CharField(max_length=200, blank=True, db_index=True)
    date_of_birth = models.DateField(null=True, blank=True)
    nhs_number = models.CharField(max_length=10, blank=True)
    local_identifier = models.CharField(max_length=60, blank=True)
    correspondent = models.OneToOneField(
        "correspondence.Correspondent", models.SET_NULL, null=True, blank=True, related_name="person"
    )

    def __str__(self) -> str:
        return self.name or "somebody who gave no name"


class Batch(models.Model):
    """One run of an import."""

    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT)
    file_name = models.CharField(max_length=255)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    rows_in = models.PositiveIntegerField(default=0)
    rows_there = models.PositiveIntegerField(default=0)
    rows_rejected = models.PositiveIntegerField(default=0)


class Feedback(models.Model):
    """One thing that somebody told us. `received_at` is the true moment; `recorded_at` when it was written down."""

    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT)
    service = models.ForeignKey("organisations.Service", models.PROTECT, null=True, blank=True)
    kind = models.CharField(max_length=20, choices=KINDS)
    channel = models.CharField(max_length=30)
    reference = models.CharField(max_length=20, unique=True)
    code_hash = models.CharField(max_length=64, blank=True)
    received_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    received_on_assumed = models.BooleanField(default=False, help_text="the source gave no date")
    happened = models.CharField(max_length=200, blank=True, help_text="when it happened, in their words")
    happened_on = models.DateField(null=True, blank=True)
    subject = models.CharField(max_length=60, blank=True)
    complainant = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="complained")
    person_affected = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="affected")
    representative = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="represented")
    relationship = models.CharField(
        max_length=40, blank=True, help_text="of the representative, or complainant, to the person affected"
    )
    status_code = models.CharField(max_length=40, blank=True, help_text="status of complainant")
    chosen_body = models.CharField(
        max_length=20,
        choices=BODIES,
        blank=True,
        help_text="who they want to look into it; empty: not asked, or either",
    )
    thread = models.ForeignKey("correspondence.Thread", models.SET_NULL, null=True, related_name="feedback")
    logged_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="logged_feedback")
    hear_of_changes_at = models.DateTimeField(
        null=True, blank=True, help_text="since when they agree to be told what changes because of what many raised"
    )
    call_back_by = models.DateTimeField(null=True, blank=True)
    passed_on_at = models.DateTimeField(null=True, blank=True)
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, related_name="feedback")
    # Null, not "", where there is none: only so can the constraint let many rows have none.
    import_key = models.CharField(max_length=80, null=True, blank=True)  # noqa: DJ001
    submission_key = models.CharField(max_length=40, null=True, blank=True, unique=True)

    class Meta:
        ordering = ["-received_at", "-pk"]
        indexes = [
            models.Index(fields=["organisation", "kind", "-received_at"]),
            models.Index(fields=["organisation", "-received_at"]),
            models.Index(fields=["logged_by", "-received_at"]),
            models.Index(
                fields=["organisation", "-received_at"],
                condition=models.Q(hear_of_changes_at__isnull=False),
                name="feedback_that_hears",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "import_key"], name="imported_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["complaint", "concern", "comment", "compliment"]),
                name="feedback_kind_known",
            ),
            models.CheckConstraint(
                condition=models.Q(chosen_body__in=["", "provider", "commissioner"]),
                name="feedback_chosen_body_known",
            ),
        ]


class Narrative(models.Model):
    """Their words. Kept apart, so that they can be erased and the item still be counted."""

    feedback = models.OneToOneField(Feedback, models.CASCADE, related_name="narrative")
    text = models.TextField()
    desired_outcomes = models.CharField(max_length=200, blank=True, help_text="codes, parted by spaces")
    desired_outcome_text = models.TextField(blank=True)
    outcome_at_source = models.CharField(max_length=200, blank=True, help_text="as an imported file said")
    service_at_source = models.CharField(max_length=200, blank=True, help_text="where Heed has no such service")
    subject_at_source = models.CharField(max_length=200, blank=True, help_text="where Heed has no such subject")
    channel_at_source = models.CharField(max_length=200, blank=True, help_text="where Heed has no such channel")


class FeedbackFile(models.Model):
    """A file that came with the feedback."""

    feedback = models.ForeignKey(Feedback, models.CASCADE, related_name="files")
    attachment = models.OneToOneField("documents.Attachment", models.PROTECT, related_name="feedback_file")
