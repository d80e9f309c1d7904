from django.db import models
from django.db.models import Q


class Post(models.Model):
    """A question, a practice, or an answer to one, from the complaints team of one body to those of all (R229). Shown by
    organisation; by name only where the writer wants it. Withdrawn or taken down, its words are gone."""

    organisation = models.ForeignKey("organisations.Organisation", models.CASCADE)
    writer = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="answers")
    title = models.CharField(max_length=120, blank=True)
    text = models.TextField(blank=True)
    named = models.BooleanField(default=False)
    posted_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-posted_at", "-pk"]
        indexes = [
            models.Index(
                fields=["-posted_at", "-id"],
                condition=Q(parent__isnull=True, gone_at__isnull=True),
                name="post_standing",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="answer", parent__isnull=False)
                | Q(kind__in=["question", "practice"], parent__isnull=True),
                name="post_answers_something",
            ),
        ]

    @property
    def thread_id(self) -> int:
        """The post that begins what this one belongs to."""
        return self.parent_id or self.pk


class PostReport(models.Model):
    """Somebody thinks that a post should not stand: the team that wrote it looks again."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="reports")
    why = models.CharField(max_length=300)
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    organisation = models.ForeignKey("organisations.Organisation", models.CASCADE)
    at = models.DateTimeField()
    looked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "by"], name="post_reported_once_by_each")]
