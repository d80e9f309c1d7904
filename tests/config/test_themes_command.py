"""`heed themes evaluate`: anyone can measure suggestions on coded texts of their own."""

import csv
import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.insight.themes.texts import ABOUT, invent

from heed.config.cli import main

Write = Callable[..., str]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file of rows, the header first, and gives its name."""

    def write(rows: list[list[str]], name: str = "a.csv", encoding: str = "utf-8", delimiter: str = ",") -> str:
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=delimiter).writerows(rows)
        content = text.getvalue().encode(encoding)
        (tmp_path / name).write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
        return str(tmp_path / name)

    return write


def one(many: int, seed: int) -> list[list[str]]:
    return [["words", "theme"], *([text, min(of)] for text, of in invent(many, seed))]


def several(many: int, seed: int) -> list[list[str]]:
    marked = (
        [text, *("1" if label in of else "0" for label in ABOUT)] for text, of in invent(many, seed, several=True)
    )
    return [["words", *ABOUT], *marked]


def ask(capsys: Any, train: str, test: str, *more: str) -> dict[str, Any]:
    assert main(["themes", "evaluate", "--train", train, "--test", test, "--text", "words", *more]) == 0
    return dict(json.loads(capsys.readouterr().out))


def refused(capsys: Any, train: str, test: str, *more: str) -> str:
    assert main(["themes", "evaluate", "--train", train, "--test", test, "--text", "words", *more]) == 2
    return str(capsys.readouterr().err)


def test_one_label_a_text(write: Write, capsys: Any) -> None:
    train, test = write([*one(200, 1), ["  ", "food"]]), write(one(60, 2), "b.csv.gz")
    told = ask(capsys, train, test, "--label", "theme")
    assert list(told) == [
        "n_train", "n_test", "skipped", "accuracy", "macro_f1", "micro_f1", "hit_at_3", "ece", "per_label"
    ]  # fmt: skip
    assert (told["n_train"], told["n_test"], told["skipped"]) == (200, 60, 1)
    assert told["accuracy"] > 0.9
    assert told["micro_f1"] == told["accuracy"]
    assert set(told["per_label"]) == set(ABOUT)
    assert set(told["per_label"]["food"]) == {"precision", "recall", "f1", "support", "training"}
    assert told == ask(capsys, train, test, "--label", "theme")


@pytest.mark.parametrize(
    ("encoding", "delimiter"), [("utf-8-sig", ","), ("utf-16", "\t"), ("cp1252", ";"), ("latin-1", ",")]
)
def test_encodings_and_delimiters(write: Write, capsys: Any, encoding: str, delimiter: str) -> None:
    rows = one(60, 1)
    rows[1][0] += " caf\u00e9"
    file = write(rows, encoding=encoding, delimiter=delimiter)
    assert ask(capsys, file, file, "--label", "theme")["n_train"] == 60


def test_several_labels_a_text(write: Write, capsys: Any) -> None:
    labels = [word for label in ABOUT for word in ("--label", label)]
    told = ask(capsys, write(several(300, 1)), write(several(100, 2), "b.csv"), *labels)
    assert told["accuracy"] > 0.7
    assert told["micro_f1"] > 0.85


def test_the_question_helps_where_the_words_do_not(write: Write, capsys: Any) -> None:
    rows = [["words", "asked", "theme"]]
    rows += [["Nothing", question, theme] for question, theme in (("Good?", "none"), ("Bad?", "praise"))] * 40
    file = write(rows)
    assert ask(capsys, file, file, "--label", "theme")["accuracy"] == 0.5
    assert ask(capsys, file, file, "--label", "theme", "--context", "asked")["accuracy"] == 1


def test_what_cannot_be_read_is_told(write: Write, capsys: Any, tmp_path: Path) -> None:
    good = write(one(30, 1), "good.csv")
    assert "no column subject. It has: words, theme" in refused(capsys, good, good, "--label", "subject")
    assert "cannot be read" in refused(capsys, str(tmp_path / "none.csv"), good, "--label", "theme")
    assert "cannot be read" in refused(capsys, str(tmp_path), good, "--label", "theme")
    assert "has no column words" in refused(capsys, write([], "empty.csv"), good, "--label", "theme")
    assert "holds no text" in refused(capsys, write([["words", "theme"]], "bare.csv"), good, "--label", "theme")
    (tmp_path / "cut.csv.gz").write_bytes(gzip.compress(b"words,theme\n" * 99)[:20])
    assert "not a whole gzip file" in refused(capsys, str(tmp_path / "cut.csv.gz"), good, "--label", "theme")
    same = write([["words", "theme"], ["cold", "food"], ["late", "food"]], "same.csv")
    assert "fewer than two labels" in refused(capsys, same, good, "--label", "theme")
    bare = write([["words", "theme"], ["cold", ""], ["late", "food"]], "unnamed.csv")
    assert "line 2: the text has no label" in refused(capsys, bare, good, "--label", "theme")


def test_a_cell_that_is_neither_0_nor_1_is_told_with_its_line(write: Write, capsys: Any) -> None:
    rows = several(10, 1)
    rows[3][2] = "yes"
    told = refused(capsys, write(rows), write(several(10, 2), "b.csv"), "--label", "food", "--label", "parking")
    assert "line 4: parking must be 0 or 1, and is 'yes'" in told
