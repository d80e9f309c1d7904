"""Types, lint, sizes, and what must not be in a file of the repository."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src"
PYTHON = [SOURCE, ROOT / "tests", ROOT / "benchmarks"]
HARD_FILE, FUNCTION, VIEW, STORY = 500, 35, 25, 60  # lines
# In halves, so that this file does not hold them itself.
FORBIDDEN = {
    "a path of somebody's machine": re.compile(
        r"(?<![\w.])/(?:wo" + r"rk|ro" + r"ot|ho" + r"me/\w+|Us" + r"ers/\w+)/\w"
    ),
    "a registry's address": re.compile(r"py" + r"pi\.org|python" + r"hosted|npm" + r"js\.org|deb\.deb" + r"ian"),
}


def run(*command: str) -> None:
    program = Path(sys.executable).with_name(command[0])
    done = subprocess.run([program, *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, (done.stdout + done.stderr)[-6000:]


def test_types():
    run("mypy", "--no-error-summary")


def test_lint():
    run("ruff", "check", "--quiet", *map(str, PYTHON))


def test_format():
    run("ruff", "format", "--check", "--quiet", *map(str, PYTHON))


def test_templates():
    run("djlint", "src", "--lint", "--quiet")


def functions() -> Iterator[tuple[Path, ast.FunctionDef]]:
    for folder in PYTHON:
        for path in sorted(folder.rglob("*.py")):
            if "migrations" not in path.parts:
                for node in ast.walk(ast.parse(path.read_text())):
                    if isinstance(node, ast.FunctionDef):
                        yield path, node


def length(function: ast.FunctionDef) -> int:
    """Lines from `def` to the end, the docstring not counted."""
    lines = (function.end_lineno or 0) - function.lineno + 1
    if ast.get_docstring(function) is not None:
        words = function.body[0]
        lines -= (words.end_lineno or 0) - words.lineno + 1
    return lines


def is_view(path: Path, function: ast.FunctionDef) -> bool:
    in_views = path.stem == "views" or "views" in path.parts
    return in_views and bool(function.args.args) and function.args.args[0].arg == "request"


def limit(path: Path, function: ast.FunctionDef) -> int:
    """A test is read once from top to bottom, as a story; a view does four things."""
    if SOURCE not in path.parents:
        return STORY
    return VIEW if is_view(path, function) else FUNCTION


def test_functions_are_short():
    too_long = [
        f"{path.relative_to(ROOT)}:{function.lineno} {function.name}: {length(function)} lines"
        for path, function in functions()
        if length(function) > limit(path, function)
    ]
    assert not too_long


def test_no_file_is_too_long():
    """The aim is 350 lines; what is longer is named at the end of a run of the tests."""
    files = [path for folder in PYTHON for path in folder.rglob("*.py") if "migrations" not in path.parts]
    assert not [f"{path.relative_to(ROOT)}" for path in files if len(path.read_text().splitlines()) > HARD_FILE]


def repository() -> list[Path]:
    """The files that are, or could be, committed."""
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def test_no_file_names_a_machine_or_a_registry():
    found = []
    for path in repository():
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(ROOT)}: {what}" for what, pattern in FORBIDDEN.items() if pattern.search(text)]
    assert not found


def test_the_locks_hold_what_is_asked_for():
    """`./heed lock` was run after the last change of pyproject.toml; every package is pinned by its hash."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = {"base": project["project"]["dependencies"], **project["dependency-groups"]}
    missing = []
    for name, wanted in groups.items():
        lines = (ROOT / "requirements" / f"{name}.txt").read_text()
        pinned = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", lines, re.MULTILINE))
        assert len(re.findall(r"^    --hash=", lines, re.MULTILINE)) >= len(pinned) > 0
        for requirement in map(Requirement, wanted):
            version = pinned.get(canonicalize_name(requirement.name))
            if version is None or not requirement.specifier.contains(version, prereleases=True):
                missing.append(f"{name}: {requirement}")
    assert not missing
