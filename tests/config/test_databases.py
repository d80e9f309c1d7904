"""The databases that the tests run on are those that were asked for."""

import os
import subprocess
import sys

import pytest
from django.db import connection

ASKED_FOR = os.environ.get("HEED_TEST_DATABASE", "sqlite")


@pytest.mark.django_db
def test_the_suite_runs_on_the_database_that_was_asked_for():
    assert connection.vendor == ASKED_FOR


@pytest.mark.parametrize("run", [1, 2])
def test_a_child_process_gets_a_database_with_all_tables_and_no_rows(database_url, run):
    code = (
        "import django; django.setup();"
        "from django.db import connection; from heed.accounts.models import DemoMarker; from django.utils import timezone;"
        "before = DemoMarker.objects.count(); DemoMarker.objects.create(made_at=timezone.now());"
        "print(connection.vendor, before)"
    )
    environment = {**os.environ, "DATABASE_URL": database_url, "DJANGO_SETTINGS_MODULE": "heed.config.settings"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert done.stdout.split() == [ASKED_FOR, "0"], done.stderr
