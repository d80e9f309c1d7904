"""The `heed` command line: finds the command, sets up Django where the command needs it, and runs it.

A command is a module of `heed.config.commands`, named as the command (with `_` after a Python keyword, as `import_`):

    HELP = "one line for the list"                     (required)
    NEEDS_DJANGO = False                               (optional; it is set up before the module is imported)
    ENVIRONMENT = {"HEED_DEMO": "1"}                   (optional; set before the settings are read)
    def add_arguments(parser: ArgumentParser) -> None  (its docstring is the long help)
    def run(args: Namespace) -> int                    (the exit code: 0, 1 or 2)
    def arranged(words: list[str]) -> list[str]        (optional; the words as argparse takes them)

The three constants are read without importing the module, so that the list of commands is there at once.
"""

import argparse
import ast
import importlib
import os
import sys
from dataclasses import dataclass, field
from pathlib import Path

import django
from django.db import OperationalError

from heed.audit.refusals import Refused

EXIT_CODES = """exit codes:
  0  done, nothing wrong
  1  done, and a check found something
  2  could not be done, or asked for wrongly"""
ENV_FILE = Path(__file__).resolve().parents[3] / ".env"
COMMANDS = Path(__file__).parent / "commands"
ORDER = ["demo", "serve", "worker", "import", "clock", "check", "seed", "bench", "test"]  # as an operator meets them


class CannotDo(Exception):
    """Why a command could not be carried out: `str` is a sentence for the person at the terminal. Exit code 2."""


@dataclass(frozen=True)
class Command:
    """What is known of a command before its module is imported."""

    name: str
    module: str
    help: str
    needs_django: bool = True
    environment: dict[str, str] = field(default_factory=dict)


def commands() -> dict[str, Command]:
    """Every command there is, by name, in the order of the list."""
    found = [_read(path) for path in COMMANDS.glob("*.py") if path.name != "__init__.py"]
    places = {name: place for place, name in enumerate(ORDER)}
    found.sort(key=lambda command: (places.get(command.name, len(places)), command.name))
    return {command.name: command for command in found}


def _read(path: Path) -> Command:
    constants = {}
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
            if name in ("HELP", "NEEDS_DJANGO", "ENVIRONMENT"):
                constants[name] = ast.literal_eval(node.value)
    return Command(
        name=path.stem.rstrip("_"),
        module=f"heed.config.commands.{path.stem}",
        help=constants["HELP"],
        needs_django=constants.get("NEEDS_DJANGO", True),
        environment=constants.get("ENVIRONMENT", {}),
    )


def main(arguments: list[str]) -> int:
    """Run one command line; the exit code."""
    read_env_file(ENV_FILE)
    available = commands()
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        print(overview(available))
        return 0
    name, *rest = arguments
    if name not in available:
        print(f"heed: there is no command {name!r}. There are: {', '.join(available)}.", file=sys.stderr)
        return 2
    try:
        return _run(available[name], rest)
    except (CannotDo, Refused) as reason:
        print(f"heed: {reason}", file=sys.stderr)
        return 2
    except OperationalError as error:
        print(f"heed: the database could not be used: {str(error).strip().splitlines()[-1]}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader of our output, `head` for one, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def read_env_file(path: Path) -> None:
    """Take the settings of a `.env` file, one `NAME=value` a line; what the environment already says wins."""
    for line in path.read_text().splitlines() if path.exists() else []:
        name, equals, value = line.partition("=")
        if equals and not name.lstrip().startswith("#"):
            os.environ.setdefault(name.strip(), value.strip().strip("\"'"))


def overview(available: dict[str, Command]) -> str:
    """What `./heed --help` prints."""
    width = max(len(name) for name in available)
    lines = ["Heed: listen to people, put things right, and prove that it was learned from.", ""]
    lines += ["usage: heed COMMAND [options]      heed COMMAND --help says more", ""]
    lines += [f"  {command.name:<{width}}  {command.help}" for command in available.values()]
    return "\n".join([*lines, "", EXIT_CODES])


def _run(command: Command, arguments: list[str]) -> int:
    os.environ.update(command.environment)
    if command.needs_django:
        _set_up_django()
    module = importlib.import_module(command.module)
    if hasattr(module, "run_raw"):  # a command that hands its words on as they are
        return int(module.run_raw(arguments) or 0)
    parser = argparse.ArgumentParser(
        prog=f"heed {command.name}",
        description=(module.add_arguments.__doc__ or command.help).strip(),
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    module.add_arguments(parser)
    if hasattr(module, "arranged"):
        arguments = module.arranged(arguments)
    return int(module.run(parser.parse_args(arguments)) or 0)


def _set_up_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heed.config.settings")
    django.setup()
