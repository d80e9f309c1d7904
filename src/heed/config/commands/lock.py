"""Pins every package that pyproject.toml asks for, with its hashes."""

import argparse
import shutil
import subprocess
from pathlib import Path

from heed.config.cli import CannotDo

HELP = "pin the packages anew, after a change of pyproject.toml"
NEEDS_DJANGO = False
ROOT = Path(__file__).resolve().parents[4]
LOCKS = {
    "base": ["pyproject.toml"],
    "dev": ["pyproject.toml", "--group", "dev", "--constraint", "requirements/base.txt"],
    "bootstrap": ["--group", "bootstrap"],
    "node": ["--group", "node"],
}
# For every system at once, with hashes, for the oldest Python that we support, and without any registry's address.
OPTIONS = [
    "--universal",
    "--generate-hashes",
    "--python-version=3.11",
    "--no-annotate",
    "--no-emit-index-url",
    "--quiet",
]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Compile requirements/*.txt from pyproject.toml. Versions that still fit stay as they are; --upgrade looks for newer
    ones."""
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions that fit")


def run(arguments: argparse.Namespace) -> int:
    """Compile each lock in turn; the first that cannot be is the last that is tried."""
    uv = shutil.which("uv") or str(ROOT / ".uv" / "bin" / "uv")
    for name, source in LOCKS.items():
        command = [uv, "pip", "compile", *source, *OPTIONS, "--custom-compile-command=./heed lock"]
        command += ["--upgrade"] if arguments.upgrade else []
        if subprocess.run([*command, "-o", f"requirements/{name}.txt"], cwd=ROOT, check=False).returncode:
            raise CannotDo(f"the packages of requirements/{name}.txt could not be pinned; the lines above say why")
    return 0
