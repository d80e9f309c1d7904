"""`heed statistics detect`: series in a file, what was found in another."""

import csv
import gzip
from pathlib import Path

import numpy as np
import pytest
from tests.statistics.series import weeks

from heed.config.cli import CannotDo, main
from heed.config.watching import COLUMNS, read_series
from heed.statistics import detector, farrington

COUNTS = weeks(3)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write("counts.csv", COUNTS)
    return tmp_path


def write(name, figures):
    rows = "".join(",".join("" if np.isnan(cell) else f"{cell:g}" for cell in row) + "\n" for row in figures)
    with gzip.open(name, "wt") if name.endswith(".gz") else Path(name).open("w") as file:
        file.write(rows)


def detect(*words, series="counts.csv", first=361, last=364, out="found.csv"):
    return main(
        ["statistics", "detect", "--series", series, "--from", str(first), "--to", str(last), "--out", out, *words]
    )


def found(name="found.csv"):
    with gzip.open(name, "rt") if name.endswith(".gz") else Path(name).open() as file:
        return list(csv.DictReader(file))


def test_every_series_and_week_has_a_line(folder, capsys):
    assert detect() == 0
    rows = found()
    assert tuple(rows[0]) == COLUMNS
    assert [(row["series"], row["week"]) for row in rows] == [
        (str(s), str(w)) for s in (1, 2, 3) for w in range(361, 365)
    ]
    assert [float(row["y"]) for row in rows] == COUNTS[:, 360:].ravel().tolist()
    ours = detector.watch(COUNTS, np.arange(360, 364))
    assert np.allclose([float(row["mu"]) for row in rows], ours.mean.ravel(), rtol=1e-8)
    assert "written to found.csv" in capsys.readouterr().out


@pytest.mark.parametrize(("method", "settings"), [("noufaily", farrington.NOUFAILY), ("original", farrington.ORIGINAL)])
def test_the_reference_methods(folder, method, settings):
    assert detect("--method", f"reference-{method}", out="found.csv.gz") == 0
    theirs = farrington.watch(COUNTS, np.arange(360, 364), settings, mode="reference")
    assert np.allclose([float(row["upper"]) for row in found("found.csv.gz")], theirs.upper.ravel())


def test_what_is_added_raises_alarms_and_exposure_explains_them(folder):
    more = np.zeros((3, 364))
    more[:, 363] = 60
    write("more.csv.gz", more)
    exposure = np.ones((1, 364))
    exposure[0, 363] = 12
    write("exposure.csv", exposure)
    assert detect("--add", "more.csv.gz") == 0
    assert [row["alarm"] for row in found() if row["week"] == "364"] == ["1"] * 3
    assert detect("--add", "more.csv.gz", "--exposure", "exposure.csv") == 0
    assert [row["alarm"] for row in found() if row["week"] == "364"] == ["0"] * 3


def test_what_is_not_known_is_empty(folder):
    holes = COUNTS.copy()
    holes[0] = np.nan
    write("holes.csv", holes)
    assert detect(series="holes.csv") == 0
    first = found()[0]
    assert (first["y"], first["mu"], first["alarm"]) == ("", "", "0")


def test_the_same_file_is_written_each_time(folder):
    detect(out="one.csv.gz")
    detect(out="two.csv.gz")
    assert (folder / "one.csv.gz").read_bytes() == (folder / "two.csv.gz").read_bytes()


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"series": "nowhere.csv"}, "nowhere.csv cannot be read"),
        ({"first": 0}, "holds weeks 1 to 364"),
        ({"last": 365}, "holds weeks 1 to 364"),
        ({"first": 364, "last": 363}, "cannot come after"),
        ({"out": "no/folder/found.csv"}, "cannot be written"),
    ],
)
def test_what_cannot_be_done_says_why(folder, capsys, words, why):
    assert detect(**words) == 2
    assert why in capsys.readouterr().err


def test_too_little_history_for_the_reference_says_so(folder, capsys):
    assert detect("--method", "reference-noufaily", first=200, last=201) == 2
    assert "of history before it" in capsys.readouterr().err


def test_an_exposure_of_another_shape_is_refused(folder, capsys):
    write("short.csv", np.ones((2, 364)))
    assert detect("--exposure", "short.csv") == 2
    assert "one line, or as many as there are series" in capsys.readouterr().err


def test_what_is_missing_is_asked_for(capsys):
    assert main(["statistics", "detect", "--series", "a.csv"]) == 2
    assert "detect also needs --from, --to, --out" in capsys.readouterr().err


@pytest.mark.parametrize(("content", "why"), [("1,2\n3\n", "line 2"), ("1,x\n", "line 1"), ("", "holds no series")])
def test_a_file_that_holds_no_series_says_where(tmp_path, content, why):
    file = tmp_path / "counts.csv"
    file.write_text(content)
    with pytest.raises(CannotDo, match=why):
        read_series(str(file))


def test_a_broken_gzip_says_so(tmp_path):
    file = tmp_path / "counts.csv.gz"
    file.write_bytes(b"no gzip")
    with pytest.raises(CannotDo, match="cannot be read"):
        read_series(str(file))
