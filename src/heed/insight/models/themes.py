"""New themes: what more people tell of than before, that no known subject says."""

from django.db import models


class ThemeLook(models.Model):
    """One time that new themes were sought: among so many texts of four weeks, beside so many of the year before."""

    organisation = models.ForeignKey("organisations.Organisation", models.CASCADE, related_name="+")
    at = models.DateTimeField()
    current = models.PositiveIntegerField()
    past = models.PositiveIntegerField()
    found = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["organisation", "-at"], name="theme_look_latest")]


class NewTheme(models.Model):
    """One theme, by a number that it keeps while it is alike. `words` are of at least three complaints each and nobody's
    name; `case_ids` are ids alone: whoever may see those cases reads the words there."""

    organisation = models.ForeignKey("organisations.Organisation", models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    words = models.JSONField(default=list)
    centre = models.JSONField(default=dict)
    case_ids = models.JSONField(default=list)
    people = models.PositiveIntegerField()
    copies = models.PositiveIntegerField()
    sizes = models.JSONField(default=list, help_text="(day, texts) of each look that found it, oldest first")
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    state = models.CharField(
        max_length=10,
        default="new",
        choices=[("new", "New"), ("watched", "Watched"), ("named", "Named"), ("dismissed", "Dismissed")],
    )
    name = models.CharField(max_length=80, blank=True)
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["organisation", "-last_seen_at", "-number"]
        constraints = [models.UniqueConstraint(fields=["organisation", "number"], name="new_theme_numbered_once")]
