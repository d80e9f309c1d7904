from typing import Self

from django.db import models
from django.db.models import Q

from heed.accounts.permissions import Permission, Viewer
from heed.cases.models import ComplainedAbout


class StaffSupportQuerySet(models.QuerySet["StaffSupport"]):
    def seen_by(self, viewer: Viewer) -> Self:
        """The one visibility function: the person themselves, who told or offered, and those who look after people. Who is
        complained about sees nothing here of others in the same complaint, whatever their role (R255)."""
        here = self.filter(organisation_id=viewer.organisation_id)
        others = here.filter(Q(told_by_id=viewer.person_id) | Q(offered_by_id=viewer.person_id))
        if viewer.may(Permission.LOOK_AFTER_PEOPLE):
            others = here
        against = ComplainedAbout.objects.filter(person_id=viewer.person_id).values("case__reference")
        own = here.filter(person_id=viewer.person_id)
        about_them = own.filter(part="about").order_by().values("case_reference")
        return own | others.exclude(case_reference__in=against).exclude(case_reference__in=about_them)


class StaffSupport(models.Model):
    """Somebody who is complained about, or was part of it: when they were told, and what support they were offered (R137). No
    mark against anybody. `case_reference` is text, so that nothing of the complaint record leads here (R147)."""

    organisation = models.ForeignKey("organisations.Organisation", models.CASCADE)
    case_reference = models.CharField(max_length=20)
    person = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="support_offered")
    name = models.CharField(max_length=200, blank=True, help_text="when they do not sign in to Heed")
    part = models.CharField(max_length=20, choices=[("about", "Complained about"), ("involved", "Involved")])
    told_on = models.DateField()
    told_how = models.CharField(max_length=20)
    told_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    offered = models.CharField(max_length=200, blank=True, help_text="codes, parted by spaces")
    offered_on = models.DateField(null=True, blank=True)
    offered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.CharField(max_length=10, blank=True)
    accepted = models.CharField(max_length=200, blank=True, help_text="codes of those offered, parted by spaces")
    answered_on = models.DateField(null=True, blank=True)
    at = models.DateTimeField()

    objects = StaffSupportQuerySet.as_manager()

    class Meta:
        ordering = ["-told_on", "-pk"]
        indexes = [models.Index(fields=["organisation", "case_reference"], name="support_about")]
        constraints = [
            models.CheckConstraint(condition=Q(person__isnull=False) | ~Q(name=""), name="support_of_somebody"),
            models.CheckConstraint(condition=Q(answer__in=["", "accepted", "declined"]), name="support_answer_known"),
        ]


class SupportUpdate(models.Model):
    """That they were kept informed, when, and of what."""

    support = models.ForeignKey(StaffSupport, models.CASCADE, related_name="updates")
    told_on = models.DateField()
    text = models.TextField()
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["told_on", "pk"]
