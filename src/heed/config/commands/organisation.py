"""Adds an organisation and its first administrator."""

import argparse
from pathlib import Path

from django.utils import timezone

from heed.accounts.actions import add_person
from heed.audit.actor import system
from heed.config.cli import CannotDo
from heed.config.server import refuse_unmigrated
from heed.organisations import queries as organisations
from heed.organisations.founding import add_organisations

HELP = "add organisations from a file, and an administrator"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the organisations of a file in the form of demo/organisations.toml, and give one of them an administrator.

    The administrator then adds everybody else on the pages. A first password is given by
    `heed manage changepassword EMAIL`."""
    parser.add_argument("file", type=Path, nargs="?", metavar="FILE", help="a TOML file with the organisations")
    parser.add_argument("--administrator", nargs=3, metavar=("CODE", "EMAIL", "NAME"), help="who may change settings")


def run(arguments: argparse.Namespace) -> int:
    """Refusals come as sentences, with exit code 2."""
    if not arguments.file and not arguments.administrator:
        raise CannotDo("name a file with organisations, or an administrator, or both")
    refuse_unmigrated()
    by, now = system("operator"), timezone.now()
    if arguments.file:
        try:
            text = arguments.file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise CannotDo(f"{arguments.file} cannot be read: {error}") from None
        for organisation in add_organisations(text=text, by=by, at=now):
            print(f"{organisation.name} is at /{organisation.code}/")
    if arguments.administrator:
        code, email, name = arguments.administrator
        found = organisations.by_code(code)
        if found is None:
            known = ", ".join(one.code for one in organisations.all_organisations()) or "none yet"
            raise CannotDo(f"there is no organisation {code!r}; there are: {known}")
        person = add_person(organisation=found, email=email, name=name, role="administrator", by=by, at=now)
        print(f"{person.name} is an administrator of {found.name}.")
        if not person.has_usable_password():
            print(f"Give them a first password: ./heed manage changepassword {person.email}")
    return 0
