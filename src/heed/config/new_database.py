"""The tables of a database that has none yet, made from the models at once.

To walk through every change that the tables ever saw takes a new database half a minute, and ends where the models stand: a
test holds the two beside each other. A database that has tables is migrated, as ever."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

# Its tables are made by statements that no model knows, so it goes the whole way.
WALKS = {"search"}


def make() -> bool:
    """Make all tables, and note every change as made; False, with nothing done, where there are tables already. All or
    nothing: whoever is killed meanwhile leaves an empty database."""
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.introspection.table_names():
        return False
    ours = {app.label for app in apps.get_app_configs() if app.name.startswith("heed.")} - WALKS
    # SQLite can turn the checks of references off only outside of a transaction.
    with connection.constraint_checks_disabled(), transaction.atomic(), _without_changes_of(ours):
        call_command("migrate", run_syncdb=True, interactive=False, verbosity=0)
        recorder = MigrationRecorder(connection)
        for app, name in _changes(ours):
            recorder.record_applied(app, name)
    return True


@contextmanager
def _without_changes_of(labels: set[str]) -> Iterator[None]:
    """Django makes the tables of apps that have no migrations from their models."""
    before = settings.MIGRATION_MODULES
    settings.MIGRATION_MODULES = {**before, **dict.fromkeys(labels)}
    try:
        yield
    finally:
        settings.MIGRATION_MODULES = before


def _changes(labels: set[str]) -> list[tuple[str, str]]:
    """(app, name) of all changes of these apps, as their files say."""
    now = settings.MIGRATION_MODULES
    settings.MIGRATION_MODULES = {app: module for app, module in now.items() if app not in labels}
    try:
        found = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    finally:
        settings.MIGRATION_MODULES = now
    return sorted(key for key in found if key[0] in labels)
