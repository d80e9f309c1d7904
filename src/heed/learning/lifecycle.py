"""The life of an action as a table, and the four checks that each plans. The picture in the docs is made from it."""

from dataclasses import dataclass

STATES = {"promised": "Promised", "started": "Started", "done": "Done, to be checked", "completed": "Completed"}
OPEN = ("promised", "started", "done")


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
        Move("shown_done", ("promised", "started"), "done"),
        Move("sent_back", ("done",), "started"),
        Move("completed", ("done",), "completed"),
        Move("slipped", ("completed",), "started"),
    ]
}


@dataclass(frozen=True)
class PlannedCheck:
    """One of the four checks (R157-R160). `asks` is what it finds out; `states`: those in which it can be made; `until`
    says so of the others."""

    kind: str
    name: str
    asks: str
    states: tuple[str, ...]
    until: str


ONCE_COMPLETED = "Looked at once it is completed"
CHECKS: dict[str, PlannedCheck] = {
    check.kind: check
    for check in [
        PlannedCheck(
            "progress", "Progress", "Is it on its way?", ("promised", "started"), "Looked at until it is done"
        ),
        PlannedCheck(
            "completion",
            "Completion",
            "Was it done as promised, and did it work?",
            ("done", "completed"),
            "Looked at once it is shown to be done",
        ),
        PlannedCheck("maintenance", "Maintenance", "Is it still being done?", ("completed",), ONCE_COMPLETED),
        PlannedCheck("impact", "Impact", "Did it change things for people?", ("completed",), ONCE_COMPLETED),
    ]
}
# How somebody who looks at progress says that it stands; and what an owner may say besides.
STANDINGS = {"on_track": "On track", "late": "Late", "blocked": "Blocked"}
CANNOT = "cannot"


def may(event: str, state: str) -> bool:
    """Whether the move is allowed from where the action stands."""
    return state in MOVES[event].before


def after(event: str) -> str:
    return MOVES[event].after


def replay(kinds: list[str]) -> str | None:
    """The state that a log of event kinds leads to; kinds that move nothing are passed over. None: never promised. Logs
    from before there was a check by somebody else go from promised or started straight to completed."""
    state: str | None = None
    for kind in kinds:
        if kind in MOVES:
            state = MOVES[kind].after
    return state
