"""The life of a case as a table: where it may stand, and which move leads where. Its picture in the docs is made of it."""

from dataclasses import dataclass

STATUSES = {
    "received": "Received",
    "registered": "Registered",
    "investigating": "Being looked into",
    "sign_off": "Waiting for sign-off",
    "signed": "Signed, ready to send",
    "responded": "Answered",
    "closed": "Closed",
}
WORKING = ("registered", "investigating")
OPEN = ("received", "registered", "investigating", "sign_off", "signed", "responded")
ANSWERED = ("responded", "closed")


@dataclass(frozen=True)
class Move:
    """From any of `before` to `after`, leaving an event of kind `event`."""

    event: str
    before: tuple[str, ...]
    after: str


MOVES: dict[str, Move] = {
    move.event: move
    for move in [
        Move("received", (), "received"),
        Move("registered", ("received",), "registered"),
        Move("investigation_started", ("registered", "investigating"), "investigating"),
        Move("withdrawn", ("received", "registered", "investigating", "sign_off", "signed"), "investigating"),
        Move("sign_off_requested", ("registered", "investigating"), "sign_off"),
        Move("sign_off_returned", ("sign_off", "signed"), "investigating"),
        Move("response_signed", ("sign_off",), "signed"),
        Move("response_sent", ("signed",), "responded"),
        Move("settled_orally", ("received", "registered"), "closed"),
        Move("closed", ("responded",), "closed"),
        Move("reopened", ("closed",), "registered"),
        Move("escalated", ANSWERED, "registered"),
    ]
}


def may(event: str, status: str) -> bool:
    """Whether the move is allowed from where the case stands."""
    return status in MOVES[event].before


def after(event: str) -> str:
    return MOVES[event].after


def allowed_from(status: str) -> list[str]:
    """The moves open to a case in this status, in the order of the journey."""
    return [move.event for move in MOVES.values() if status in move.before]


def replay(kinds: list[str]) -> str | None:
    """The status that a log of event kinds leads to; kinds that move nothing are passed over. None: never received."""
    status: str | None = None
    for kind in kinds:
        if kind in MOVES:
            status = MOVES[kind].after
    return status
