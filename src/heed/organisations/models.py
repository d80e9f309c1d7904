"""Organisations, their services, closures, risk matrix and how much they do. The procedure is named by its key; its text
is data."""

from django.core.validators import RegexValidator
from django.db import models

from heed.organisations.groups import PERIODS

NATIONS = [
    ("england", "England"),
    ("wales", "Wales"),
    ("scotland", "Scotland"),
    ("northern-ireland", "Northern Ireland"),
]
SECTORS = [("nhs", "NHS"), ("council", "Council"), ("central", "Central government")]


class Organisation(models.Model):
    """A public body that listens. Its code stands in every address."""

    code = models.CharField(
        max_length=40,
        unique=True,
        validators=[RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*$", "Use a-z, 0-9 and hyphens.")],
    )
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60)
    sector = models.CharField(max_length=20, choices=SECTORS)
    nation = models.CharField(max_length=20, choices=NATIONS, default="england")
    colour = models.CharField(max_length=7, default="#0b5c5c")
    procedure = models.CharField(max_length=40)
    subject_list = models.CharField(max_length=40)
    reference_prefix = models.CharField(max_length=4)
    contact_phone = models.CharField(max_length=40, blank=True)
    contact_email = models.EmailField(blank=True)
    contact_address = models.TextField(blank=True)
    other_services = models.TextField(blank=True, help_text="Where else to turn, a line each: name: what for: how.")
    local_identifier_name = models.CharField(max_length=60, blank=True)
    uses_nhs_number = models.BooleanField(default=False)
    risk_matrix = models.JSONField(default=dict, blank=True)
    activity_kind = models.CharField(
        max_length=20, blank=True, help_text="code of `activity`: what its rates are taken over"
    )
    overseen_by = models.ManyToManyField("self", symmetrical=False, related_name="oversees", blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Service(models.Model):
    """A part of an organisation that people use: a ward, a department, a team."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="services")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    group = models.CharField(max_length=120, blank=True)
    procedure = models.CharField(
        max_length=40, blank=True, help_text="where it follows another than the organisation's"
    )
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["organisation", "code"], name="service_code_once")]

    def __str__(self) -> str:
        return self.name


class Closure(models.Model):
    """A day that the organisation does not count as a working day, besides the nation's bank holidays."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="closures")
    on = models.DateField()
    reason = models.CharField(max_length=200)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["on"]
        constraints = [models.UniqueConstraint(fields=["organisation", "on"], name="closure_once")]


class ActivityChange(models.Model):
    """One time that numbers of activity were entered, corrected or taken back: what each was before and is since.

    `cells`: [code of the service ("" for the whole organisation), month as "2026-04", before, since], null where there is
    no number. What stands now are the facts; these rows say where it comes from."""

    WAYS = [("typed", "Typed in"), ("brought_in", "Brought in from a file or table"), ("undone", "Taken back")]

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="activity_changes")
    kind = models.CharField(max_length=20)
    way = models.CharField(max_length=12, choices=WAYS)
    source = models.CharField(max_length=200, help_text="where the numbers come from")
    cells = models.JSONField()
    undoes = models.OneToOneField("self", models.PROTECT, null=True, related_name="undone_by")
    actor_kind = models.CharField(max_length=10)
    actor_id = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["organisation", "-id"], name="activity_change_newest")]


class GroupSettings(models.Model):
    """Which questions about groups of people an organisation asks of those who tell it something. Without a row, none:
    nobody is asked before somebody has decided what for (R256)."""

    organisation = models.OneToOneField(Organisation, models.CASCADE, related_name="group_settings")
    questions = models.JSONField(default=list, help_text="keys of questions")
    period = models.CharField(max_length=10, choices=PERIODS, default="year")
    asked_since = models.DateField(null=True, blank=True, help_text="since when anything was asked without a break")


class Population(models.Model):
    """How the people whom an organisation serves divide into the groups of one question: entered by hand, with source."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="populations")
    question = models.CharField(max_length=40)
    shares = models.JSONField(default=dict, help_text="per mille, by the code of a group or answer")
    source = models.CharField(max_length=300)
    counted_on = models.DateField(help_text="the day that the figures are of")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "question"], name="population_once")]
