"""Django's own commands, for developers and operators."""

from django.core.management import execute_from_command_line

HELP = "Django's own commands: migrate, makemigrations, collectstatic, ..."


def run_raw(arguments: list[str]) -> int:
    """Hand the words on as they are; Django exits by itself when something is wrong."""
    execute_from_command_line(["heed manage", *arguments])
    return 0
