"""The database that the tests run on is the one that was asked for."""

import os

import pytest
from django.db import connection


@pytest.mark.django_db
def test_the_suite_runs_on_the_database_that_was_asked_for():
    assert connection.vendor == os.environ.get("HEED_TEST_DATABASE", "sqlite")
