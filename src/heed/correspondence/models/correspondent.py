from django.db import models


class Channel(models.TextChoices):
    """How a person wants to hear from us."""

    EMAIL = "email", "Email"
    PHONE = "phone", "Phone"
    POST = "post", "Letter by post"
    PORTAL = "portal", "On this website, with their reference and code"
    REPRESENTATIVE = "representative", "Through somebody who acts for them"


class Correspondent(models.Model):
    """Somebody we write to: how to address them, how to reach them, what they asked of us, what they must be spared.

    Written by `correspondence.actions` only, which keeps `name_folded` and `version`."""

    name = models.CharField(max_length=200, blank=True)
    name_folded = models.CharField(max_length=400, blank=True, help_text="What names sort by; made by rules.folded.")
    address_as = models.CharField(
        max_length=200, blank=True, help_text="How they want to be addressed: Mrs Ahmed, Sam."
    )
    email = models.EmailField(max_length=254, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    postal_address = models.TextField(blank=True)

    preferred_channel = models.CharField(max_length=16, choices=Channel.choices, blank=True)
    convenient_times = models.CharField(max_length=200, blank=True)
    may_leave_message = models.BooleanField(
        null=True, blank=True, help_text="Consent to leave a message; empty: not asked."
    )
    email_is_private = models.BooleanField(
        default=False, help_text="They said that nobody else reads this address and that it is safe to write to it."
    )
    post_is_safe = models.BooleanField(
        null=True, blank=True, help_text="They said that letters to this address are safe; empty: not asked."
    )

    adjustments = models.JSONField(default=list, blank=True, help_text="Codes of the code list of adjustments.")
    adjustments_note = models.TextField(blank=True)
    support_needs = models.TextField(blank=True)
    do_not = models.TextField(blank=True, help_text="What we must not do: do not ring the house, do not write to him.")

    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    changed_by_kind = models.CharField(max_length=10)
    changed_by_id = models.CharField(max_length=64)
    changed_fields = models.JSONField(default=list, help_text="Names of the fields of the last change.")

    class Meta:
        indexes = [models.Index(fields=["name_folded", "id"], name="correspondent_by_name")]

    def __str__(self) -> str:
        return f"Correspondent {self.pk}"  # never the name: this stands in logs
