"""The life of an action as a table, and the four checks that each plans. The picture in the docs is made from it."""

from dataclasses import dataclass

STATES = {"promised": "Promised", "started": "Started", "completed": "Completed"}


@dataclass(frozen=True)
class Move:
    """From any of `before` to `after`, leaving an event of kind `event`."""

    event: str
    before: tuple[str, ...]
    after: str


MOVES: dict[str, Move] = {
    move.event: move
    for move in [
        Move("promised", (), "promised"),
        Move("started", ("promised",), "started"),
        Move("completed", ("promised", "started"), "completed"),
    ]
}


@dataclass(frozen=True)
class PlannedCheck:
    """One of the four checks (R157-R160). `asks` is what it finds out; `after_completion`: only then it can be made."""

    kind: str
    name: str
    asks: str
    after_completion: bool


CHECKS: dict[str, PlannedCheck] = {
    check.kind: check
    for check in [
        PlannedCheck("progress", "Progress", "Is it on its way?", False),
        PlannedCheck("completion", "Completion", "Was it done as promised, and did it work?", False),
        PlannedCheck("maintenance", "Maintenance", "Is it still being done?", True),
        PlannedCheck("impact", "Impact", "Did it change things for people?", True),
    ]
}


def may(event: str, state: str) -> bool:
    """Whether the move is allowed from where the action stands."""
    return state in MOVES[event].before


def after(event: str) -> str:
    return MOVES[event].after


def replay(kinds: list[str]) -> str | None:
    """The state that a log of event kinds leads to; kinds that move nothing are passed over. None: never promised."""
    state: str | None = None
    for kind in kinds:
        if kind in MOVES:
            state = MOVES[kind].after
    return state
