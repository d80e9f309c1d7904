from django.db import models
from django.db.models import Q


class OneTimeLink(models.Model):
    """Leave for somebody without an account to do one thing: answer a question, report on an action. Only a keyed hash of
    its word is kept. What it is about lies above and is kept as text; what was asked and answered lies there too.

    It ends when it is answered, withdrawn or given to somebody else, and by itself at `expires_at`."""

    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    thread = models.ForeignKey("correspondence.Thread", models.PROTECT, related_name="links")
    message = models.ForeignKey(
        "correspondence.Message", models.SET_NULL, null=True, related_name="+", help_text="the e-mail that carried it"
    )
    word_hash = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=30)
    object_id = models.CharField(max_length=40)
    needs_code = models.BooleanField(default=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField(max_length=20, blank=True)
    code_hash = models.CharField(max_length=64, blank=True, help_text="of the newest code; emptied when it is used up")
    code_at = models.DateTimeField(null=True, blank=True)
    code_tries = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField(null=True, blank=True)
    views = models.PositiveIntegerField(default=0)
    seen_at = models.DateTimeField(null=True, blank=True, help_text="the last view")
    by_kind = models.CharField(max_length=10)
    by_id = models.CharField(max_length=64)

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["purpose", "object_id"], name="link_by_what_it_is_about")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_why="")
                | Q(ended_at__isnull=False, ended_why__in=["answered", "withdrawn", "reassigned"]),
                name="link_ends_for_a_reason",
            )
        ]

    def __str__(self) -> str:
        return f"Link {self.pk}"
