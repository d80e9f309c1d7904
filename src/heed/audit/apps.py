from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate

from heed.audit import triggers


class AuditConfig(AppConfig):
    name = "heed.audit"
    label = "audit"

    def ready(self) -> None:
        # Django's own hook after migrate, not a signal of the domain: there is no other place that runs after it.
        post_migrate.connect(_make_triggers, sender=self, dispatch_uid="heed.audit.triggers")


def _make_triggers(using: str, **_: object) -> None:
    """`sender` is this app alone, but Django tells each app only when all of them have migrated."""
    triggers.make_all(connections[using])
