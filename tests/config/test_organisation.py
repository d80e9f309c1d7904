"""`heed organisation`: the first thing an operator does for real people."""

from pathlib import Path
from typing import Any

import pytest

from heed.accounts.models import Membership
from heed.config.cli import main
from heed.organisations.models import Organisation

GOOD = """
[[organisation]]
code = "hill-council"
name = "Hill Council"
short_name = "Hill"
sector = "council"
procedure = "lgsco-2024"
subject_list = "subjects-council"
reference_prefix = "HC"
services = [{ code = "parks", name = "Parks" }]
"""


def run(capsys: Any, tmp_path: Path, text: str, *more: str) -> tuple[int, str]:
    path = tmp_path / "organisations.toml"
    path.write_text(text)
    code = main(["organisation", str(path), *more])
    out, err = capsys.readouterr()
    return code, out + err


@pytest.mark.django_db
def test_an_organisation_and_its_administrator(tmp_path: Path, capsys: Any) -> None:
    code, words = run(capsys, tmp_path, GOOD, "--administrator", "hill-council", "ann@hill.example", "Ann Hill")
    assert code == 0
    assert "changepassword ann@hill.example" in words
    assert Organisation.objects.get().services.get().name == "Parks"
    assert Membership.objects.get().role == "administrator"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"lgsco-2024"', '"lgsco-1066"', "nhs-2009"),
        ('"hill-council"', '"sign-in"', "Heed's own"),
        ('"hill-council"', '"Hill Council"', "hyphens"),
        ('sector = "council"', 'sector = "circus"', "sector"),
        ('short_name = "Hill"', 'shirt = "Hill"', "no setting shirt"),
        ('name = "Hill Council"', 'name = "Hill Council"\ncolour = "#ffff00"', "hill-council"),
        ('name = "Hill Council"', 'name = "Hill Council"\noverseen_by = ["nobody"]', "nobody"),
        ("[[organisation]]", "[[organisation", "not TOML"),
        ("[[organisation]]", "[[thing]]", "names no organisation"),
        ('name = "Parks"', 'name = "Parks", procedure = "none"', "no procedure"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(
    tmp_path: Path, capsys: Any, old: str, new: str, words: str
) -> None:
    code, said = run(capsys, tmp_path, GOOD.replace(old, new, 1))
    assert code == 2
    assert words in said
    assert not Organisation.objects.exists()
