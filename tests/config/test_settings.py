"""What the settings make at first start: secrets, and a place that nobody else may look into."""

import stat
import subprocess
import sys
from pathlib import Path

from tests.config.serving import environment

SAY_SECRETS = "from heed.config import settings; print(settings.SECRET_KEY, settings.CODE_KEY, settings.ABOUT_YOU_KEY)"
SAY_PRAGMA = (
    "import django; django.setup(); from django.db import connection as c; k = c.cursor();"
    "print(k.execute('PRAGMA synchronous').fetchone()[0], k.execute('PRAGMA recursive_triggers').fetchone()[0])"
)


def begun(code: str, data: Path) -> subprocess.Popen[str]:
    database = f"sqlite:///{data / 'heed.sqlite3'}"
    env = environment(database, data) | {"DJANGO_SETTINGS_MODULE": "heed.config.settings"}
    return subprocess.Popen(
        [sys.executable, "-c", code], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def test_programs_that_start_at_once_share_their_secrets(tmp_path):
    data = tmp_path / "data"
    programs = [begun(SAY_SECRETS, data) for _ in range(4)]
    said = {program.communicate(timeout=60)[0] for program in programs}
    assert len(said) == 1, "each reads what the first has made, never a part of it"
    assert all(len(secret) > 60 for secret in said.pop().split())
    assert sorted(path.name for path in (data / "secrets").iterdir()) == ["about-you", "codes", "django"]


def test_nobody_else_reads_what_is_kept(tmp_path):
    data = tmp_path / "data"
    begun(SAY_SECRETS, data).communicate(timeout=60)
    modes = {
        path.name: stat.S_IMODE(path.stat().st_mode) for path in [data, data / "secrets", data / "secrets" / "codes"]
    }
    assert modes == {"data": 0o700, "secrets": 0o700, "codes": 0o600}


def test_a_secret_that_was_emptied_is_said_and_not_used(tmp_path):
    data = tmp_path / "data"
    begun(SAY_SECRETS, data).communicate(timeout=60)
    (data / "secrets" / "codes").write_text("")
    said = begun(SAY_SECRETS, data).communicate(timeout=60)
    assert said[0] == ""
    assert "codes is empty" in said[1]


def test_what_was_acknowledged_is_on_the_disk(tmp_path):
    """2 is FULL: each commit waits for the disk. With less, a power cut takes back the last ones."""
    assert begun(SAY_PRAGMA, tmp_path / "data").communicate(timeout=60)[0].split() == ["2", "1"]
