"""People who sign in, where they belong, and in what roles. What a role may do is code: see `roles.py`."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from heed.accounts.roles import ROLE_CHOICES


class PersonManager(BaseUserManager["User"]):
    def create_user(self, email: str, name: str, password: str | None = None) -> "User":
        person = self.model(email=self.normalize_email(email).lower(), name=name, name_folded=name.casefold())
        person.set_password(password)
        person.save()
        return person


class User(AbstractBaseUser):
    """A person who signs in. Called a user nowhere but here, because Django does."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    name_folded = models.CharField(max_length=200, db_index=True)
    job_title = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = PersonManager()

    class Meta:
        ordering = ["name_folded", "pk"]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """One role of one person in one organisation; for some roles, in one service only."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey("organisations.Organisation", models.CASCADE, related_name="memberships")
    service = models.ForeignKey(
        "organisations.Service", models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    role = models.CharField(max_length=30, choices=ROLE_CHOICES)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "role", "service"], name="membership_once", nulls_distinct=False
            ),
        ]
        indexes = [models.Index(fields=["organisation", "role"])]


class DemoMarker(models.Model):
    """Its one row says that this database was made by `heed demo`, and must never serve real people."""

    made_at = models.DateTimeField()
