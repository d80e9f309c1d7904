"""The command line, as its help says it."""

import argparse
import importlib
import inspect

from heed.config import cli
from heed.config.reference import page as make_page
from heed.config.reference import table


def page() -> str:
    commands = cli.commands()
    parts = [f"## heed {command.name}\n\n{help_of(command)}" for command in commands.values()]
    return make_page(
        "The command line",
        "config/commands/",
        "`./heed COMMAND` in a checkout. `./heed COMMAND --help` says the same as this page.",
        table(["command", "what it does"], [(f"`{command.name}`", command.help) for command in commands.values()]),
        f"```\n{cli.EXIT_CODES}\n```",
        *parts,
    )


def help_of(command: cli.Command) -> str:
    """The words and the options, the same on every version of Python and at every width."""
    module = importlib.import_module(command.module)
    if hasattr(module, "run_raw"):
        return "Hands its words on to Django. `./heed manage help` lists them."
    parser = argparse.ArgumentParser(add_help=False)
    module.add_arguments(parser)
    rows = [(f"`{said(action)}`", (action.help or "") % vars(action)) for action in parser._actions]
    words = inspect.getdoc(module.add_arguments) or ""
    return f"{words}\n\n{table(['option', 'meaning'], rows)}" if rows else words


def said(action: argparse.Action) -> str:
    """An option with what it takes, as it is typed."""
    takes = str(action.metavar or ("{" + ",".join(map(str, action.choices)) + "}" if action.choices else ""))
    if not action.option_strings:
        return takes or action.dest.upper()
    if action.nargs == 0:
        return action.option_strings[-1]
    return f"{action.option_strings[-1]} {takes or action.dest.upper()}"
