"""`heed clock`: anyone can check a due date."""

import argparse
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from heed.config.commands import clock

ROOT = Path(__file__).parents[2]
RECEIVED = {"kind": "received", "at": "2026-04-02T16:45"}
FIRST = {"id": "a1", "procedure": "nhs-2009", "nation": "england", "events": [RECEIVED]}
DUE = {
    "acknowledge_by": "2026-04-09",
    "respond_by": None,
    "original_respond_by": None,
    "review_by": "2026-10-01",
    "stage_2_acknowledge_by": None,
    "stage_2_respond_by": None,
}


@pytest.fixture
def heed_clock(tmp_path, capsys):
    """Runs the command on what a file holds; its exit code, its output and its complaint."""

    def run(content: bytes | str | object):
        file = tmp_path / "cases.json"
        if not isinstance(content, bytes):
            content = (content if isinstance(content, str) else json.dumps(content)).encode()
        file.write_bytes(content)
        code = clock.run(argparse.Namespace(file=str(file)))
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


def answers(run, items):
    code, out, err = run(items)
    assert (code, err) == (0, "")
    return json.loads(out)


def test_a_case_is_answered_with_six_dates_and_their_derivation(heed_clock):
    [answer] = answers(heed_clock, [FIRST])
    assert set(answer) == {"id", "due", "derivation"}
    assert answer["id"] == "a1"
    assert answer["due"] == DUE
    assert answer["derivation"][0] == "The complaint arrived on 2 April 2026 at 4:45pm."
    assert all(isinstance(line, str) for line in answer["derivation"])


def test_nations_and_procedures_are_told_apart(heed_clock):
    items = [{**FIRST, "nation": nation} for nation in ("england", "scotland", "wales", "northern-ireland")]
    items += [{**FIRST, "procedure": procedure} for procedure in ("lgsco-2024", "ukcg")]
    found = [answer["due"]["acknowledge_by"] for answer in answers(heed_clock, items)]
    assert found == ["2026-04-09", "2026-04-08", "2026-04-09", "2026-04-09", "2026-04-13", "2026-04-09"]


def test_a_refused_item_is_an_error_and_the_others_are_still_answered_in_order(heed_clock):
    items = [
        {**FIRST, "id": "b", "events": [RECEIVED, RECEIVED]},
        FIRST,
        {**FIRST, "id": "c", "procedure": "nhs"},
        {**FIRST, "id": "d", "nation": "france"},
        FIRST,
    ]
    found = answers(heed_clock, items)
    assert [answer["id"] for answer in found] == ["b", "a1", "c", "d", "a1"]
    assert [set(answer) for answer in found] == [
        {"id", "error"},
        {"id", "due", "derivation"},
        {"id", "error"},
        {"id", "error"},
        {"id", "due", "derivation"},
    ]
    assert "received a second time" in found[0]["error"]
    assert "lgsco-2024, nhs-2009, ukcg" in found[2]["error"]
    assert "england, wales, scotland, northern-ireland" in found[3]["error"]


@pytest.mark.parametrize(
    ("item", "sentence"),
    [
        (7, "must be an object"),
        (None, "must be an object"),
        ([FIRST], "must be an object"),
        ({}, "There is no procedure"),
        ({**FIRST, "procedure": None}, "There is no procedure"),
        ({**FIRST, "procedure": ["nhs-2009"]}, "There is no procedure"),
        ({**FIRST, "procedure": "ombudsmen"}, "There is no procedure"),
        ({**FIRST, "procedure": "NHS-2009"}, "There is no procedure"),
        ({**FIRST, "nation": {}}, "There is no nation"),
        ({**FIRST, "nation": "England"}, "There is no nation"),
        ({"procedure": "nhs-2009", "nation": "england"}, "events must be a list"),
        ({**FIRST, "events": {"kind": "received"}}, "events must be a list"),
        ({**FIRST, "events": "received"}, "events must be a list"),
        ({**FIRST, "events": []}, "first event must be `received`"),
        ({**FIRST, "events": [None]}, "Event 1 must be an object"),
        ({**FIRST, "events": [{**RECEIVED, "at": "2036-01-02T10:00"}]}, "outside the calendar"),
    ],
)
def test_a_misshapen_item_gets_a_sentence(heed_clock, item, sentence):
    found = answers(heed_clock, [item, FIRST])
    assert sentence in found[0]["error"]
    assert found[0]["error"].endswith(".")
    assert found[0]["id"] == (item.get("id") if isinstance(item, dict) else None)
    assert found[1]["due"] == DUE


@pytest.mark.parametrize("identity", ["", 3, None, True, 1.5, ["a"], {"a": 1}, "é😀", "\ud800"])
def test_any_id_comes_back_as_it_was(heed_clock, identity):
    assert answers(heed_clock, [{**FIRST, "id": identity}])[0]["id"] == identity


def test_an_empty_list_has_an_empty_answer(heed_clock):
    assert answers(heed_clock, []) == []


def test_a_byte_order_mark_is_no_obstacle(heed_clock):
    code, out, _err = heed_clock(b"\xef\xbb\xbf" + json.dumps([FIRST]).encode())
    assert code == 0
    assert json.loads(out)[0]["due"] == DUE


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "is not JSON"),
        ("{", "is not JSON"),
        ('[{"id": NaN}]', "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        (b"\xff\xfe[\x00]\x00", "is not UTF-8"),
        ("{}", "must hold a JSON list"),
        ('"a"', "must hold a JSON list"),
        ("null", "must hold a JSON list"),
    ],
)
def test_a_file_that_cannot_be_read_as_a_list_ends_with_2_and_prints_nothing(heed_clock, content, sentence):
    code, out, err = heed_clock(content)
    assert (code, out) == (2, "")
    assert sentence in err


def test_a_file_that_is_not_there_or_is_a_folder_ends_with_2(tmp_path, capsys):
    for path in (tmp_path / "nothing.json", tmp_path):
        assert clock.run(argparse.Namespace(file=str(path))) == 2
        assert "cannot be read" in capsys.readouterr().err


def test_a_dash_reads_what_is_piped_in(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps([FIRST]).encode())))
    assert clock.run(argparse.Namespace(file="-")) == 0
    assert json.loads(capsys.readouterr().out)[0]["due"] == DUE


def python(script: str) -> str:
    """What a fresh Python prints for a script, with the first case piped in."""
    return subprocess.run(
        [sys.executable, "-c", script],
        input=json.dumps([FIRST]),
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT / "src")},
    ).stdout


def test_it_runs_from_the_command_line_without_settings_or_a_database():
    script = "from heed.config.cli import main; code = main(['clock', '-']); "
    script += "from django.conf import settings; assert code == 0 and not settings.configured"
    assert json.loads(python(script))[0]["due"] == DUE


def test_the_command_itself_needs_nothing_of_django():
    script = "import sys, heed.config.commands.clock; print([name for name in sys.modules if 'django' in name])"
    assert python(script) == "[]\n"


def test_the_help_names_every_kind_of_event(capsys):
    from heed.config.cli import main
    from heed.deadlines.events import KINDS

    with pytest.raises(SystemExit):
        main(["clock", "--help"])
    shown = capsys.readouterr().out
    assert all(kind in shown for kind in KINDS)
