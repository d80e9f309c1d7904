"""A documents folder of the test's own, and an organisation to give files to."""

from pathlib import Path

import pytest
from pytest_django import Settings
from tests import factories

from heed.organisations.models import Organisation


@pytest.fixture(autouse=True)
def data(settings: Settings, tmp_path: Path) -> Path:
    """HEED_DATA, without a virus check."""
    settings.HEED_DATA = tmp_path
    settings.CLAMD = ""
    return tmp_path


@pytest.fixture
def body(db: None) -> Organisation:
    return factories.organisation()
