"""The lives of a case and of an action, as pictures and as tables."""

from collections.abc import Iterable
from typing import Protocol

from heed.cases import lifecycle as cases
from heed.config.reference import page as make_page
from heed.config.reference import table
from heed.learning import lifecycle as learning


class Move(Protocol):
    @property
    def event(self) -> str: ...
    @property
    def before(self) -> tuple[str, ...]: ...
    @property
    def after(self) -> str: ...


def page() -> str:
    return make_page(
        "Lifecycles",
        "cases/lifecycle.py and learning/lifecycle.py",
        "What a case or an action may do next, and nothing else. Every move leaves an event of its kind.",
        "## A case",
        picture(cases.STATUSES, cases.MOVES.values()),
        moves(cases.STATUSES, cases.MOVES.values()),
        "## An action",
        picture(learning.STATES, learning.MOVES.values()),
        moves(learning.STATES, learning.MOVES.values()),
        "Each action plans four checks:",
        table(
            ["check", "asks", "while it is"],
            [
                (check.name, check.asks, " or ".join(learning.STATES[state].lower() for state in check.states))
                for check in learning.CHECKS.values()
            ],
        ),
    )


def picture(states: dict[str, str], steps: Iterable[Move]) -> str:
    """A diagram that Markdown viewers draw. `[*]` is where a life begins."""
    lines = [f"    {state}: {name}" for state, name in states.items()]
    for step in steps:
        lines += [f"    {before} --> {step.after}: {words(step.event)}" for before in step.before or ("[*]",)]
    return "```mermaid\nstateDiagram-v2\n" + "\n".join(lines) + "\n```"


def moves(states: dict[str, str], steps: Iterable[Move]) -> str:
    rows = [
        (f"`{step.event}`", ", ".join(states[before] for before in step.before) or "nothing", states[step.after])
        for step in steps
    ]
    return table(["event", "from", "to"], rows)


def words(event: str) -> str:
    return event.replace("_", " ")
