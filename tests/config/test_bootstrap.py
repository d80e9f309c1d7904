"""The first start: the sh file finds a Python, and the bootstrap says plainly what is missing."""

import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from heed.config import bootstrap

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def checkout(tmp_path, monkeypatch) -> Path:
    """An empty checkout with locks; what would be installed is only written down in `ran`."""
    for name in ("base", "dev", "bootstrap", "node"):
        (tmp_path / "requirements").mkdir(exist_ok=True)
        (tmp_path / "requirements" / f"{name}.txt").write_text(f"{name}==1\n")
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "LOCKS", tmp_path / "requirements")
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(bootstrap, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setattr(bootstrap, "MARKS", tmp_path / ".venv" / "heed")
    return tmp_path


@pytest.fixture
def ran(checkout, monkeypatch) -> list[str]:
    commands: list[str] = []

    def pretend(command: list[object], failure: str) -> None:
        commands.append(" ".join(map(str, command)))
        if "venv" in command:
            (checkout / ".venv" / "bin").mkdir(parents=True)
            (checkout / ".venv" / "bin" / "python").symlink_to(sys.executable)

    monkeypatch.setattr(bootstrap, "run", pretend)
    monkeypatch.setattr(bootstrap, "find_uv", lambda: "uv")
    return commands


class TestInstalling:
    def test_it_is_done_once_with_hashes(self, ran):
        bootstrap.install_packages("base")
        assert [("--require-hashes" in words, words.endswith("base.txt")) for words in ran[1:]] == [(True, True)]
        bootstrap.install_packages("base")
        assert len(ran) == 2

    def test_a_changed_lock_is_installed_again(self, ran, checkout):
        bootstrap.install_packages("base")
        (checkout / "requirements" / "base.txt").write_text("base==2\n")
        assert not bootstrap.is_ready(developing=False, pages=False)
        bootstrap.install_packages("base")
        assert len(ran) == 3

    def test_the_packages_of_developers_hold_those_of_everybody(self, ran):
        bootstrap.install_packages("dev")
        assert bootstrap.is_ready(developing=False, pages=False)
        assert bootstrap.is_ready(developing=True, pages=False)

    def test_an_interrupted_installation_is_taken_up_again(self, checkout, ran, monkeypatch):
        def interrupted(*_: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(bootstrap, "mark", interrupted)
        with pytest.raises(KeyboardInterrupt):
            bootstrap.install_packages("base")
        assert not bootstrap.is_ready(developing=False, pages=False)

    def test_a_second_terminal_waits_for_the_first(self, checkout, capsys):
        order = []

        def second() -> None:
            with bootstrap.one_at_a_time():
                order.append("second")

        with bootstrap.one_at_a_time():
            other = threading.Thread(target=second)
            other.start()
            other.join(timeout=0.3)
            order.append("first")
        other.join(timeout=10)
        assert order == ["first", "second"]
        assert "waiting for another ./heed" in capsys.readouterr().err


class TestWhatIsMissingIsSaid:
    def test_pip(self, checkout, monkeypatch):
        monkeypatch.setattr(bootstrap, "works", lambda *_: False)
        with pytest.raises(bootstrap.CannotStart, match="apt-get install python3-pip"):
            bootstrap.find_uv()

    def test_the_network(self, capsys):
        script = "print('could not resolve the host'); raise SystemExit(1)"
        with pytest.raises(bootstrap.CannotStart, match=r"could not fetch it.*without a network"):
            bootstrap.run([sys.executable, "-c", script], "could not fetch it")
        assert "could not resolve the host" in capsys.readouterr().err

    def test_a_program_that_is_not_there_or_too_old_does_not_work(self):
        assert not bootstrap.works(["no-such-program-of-heed"])
        assert bootstrap.works([sys.executable, "-c", "print('10.2.1')"], least=7)
        assert not bootstrap.works([sys.executable, "-c", "print('6.14.4')"], least=7)
        assert not bootstrap.works([sys.executable, "-c", "raise SystemExit(1)"])


class TestTheEntryPoint:
    """The sh file itself, with a bootstrap that only says how it was called."""

    @pytest.fixture
    def place(self, tmp_path) -> Path:
        folder = tmp_path / "a folder with spaces"
        (folder / "src" / "heed" / "config").mkdir(parents=True)
        shutil.copy(ROOT / "heed", folder / "heed")
        code = "import os, sys; print(os.getcwd(), *sys.argv[1:], sep='|'); print(sys.flags.isolated)"
        (folder / "src" / "heed" / "config" / "bootstrap.py").write_text(code)
        return folder

    def call(self, *words: object, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
        path = {"PATH": "/usr/local/bin:/usr/bin:/bin", "HEED_PYTHON": sys.executable, **env}
        return subprocess.run(["sh", *map(str, words)], cwd=cwd, env=path, capture_output=True, text=True, check=False)

    def test_from_any_folder_words_stay_as_they_were_typed(self, place, tmp_path):
        done = self.call(place / "heed", "import", "my file.csv", "--map", "a=b c", cwd=tmp_path)
        assert done.stdout.splitlines() == [f"{tmp_path}|import|my file.csv|--map|a=b c", "1"]

    def test_by_links_to_it(self, place, tmp_path):
        (tmp_path / "bin").mkdir()
        (tmp_path / "bin" / "heed").symlink_to(place / "heed")
        (tmp_path / "h").symlink_to("bin/heed")
        assert self.call("h", "clock", "-", cwd=tmp_path).stdout.splitlines()[0] == f"{tmp_path}|clock|-"

    def test_a_python_that_is_too_old_is_refused_in_one_line(self, place):
        old = place / "old-python"
        old.write_text("#!/bin/sh\nexit 1\n")
        old.chmod(0o755)
        done = self.call(place / "heed", "demo", cwd=place, HEED_PYTHON=str(old))
        assert done.returncode == 2
        assert done.stderr.count("\n") == 1
        assert "Python 3.11 or newer is needed" in done.stderr
