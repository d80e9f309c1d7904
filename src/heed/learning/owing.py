"""What an action owes next, by when, and who owes it. Pure: what is kept of the action and its checks in, a day out."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Protocol

from heed.learning import lifecycle

# What is owed, as the verb of a list. The order settles which comes first on the same day.
WORDS = {
    "give": "Give it to somebody else",
    "start": "Start",
    "progress": "Review progress",
    "finish": "Show that it is done",
    "completion": "Check that it was done",
    "maintenance": "Check that it lasts",
    "impact": "Check what it changed",
}
OF_THE_OWNER = ("start", "progress", "finish", "maintenance", "impact")
_ORDER = tuple(WORDS)
_WANTED = {
    "promised": ("progress",),
    "started": ("progress",),
    "done": ("completion",),
    "completed": ("completion", "maintenance", "impact"),
}


class Made(Protocol):
    """A check that was made."""

    @property
    def kind(self) -> str: ...
    @property
    def worked(self) -> bool: ...
    @property
    def again_on(self) -> date | None: ...
    @property
    def at(self) -> datetime: ...


def owed(action: Any, made: Iterable[Made]) -> tuple[date | None, str]:
    """The soonest day on which the action owes something, and what (a key of WORDS): the next check that has not been made,
    the start or the finish. (None, "") when nothing is owed any more. `made`: its checks, oldest first; those from before
    it slipped do not count."""
    if action.standing == lifecycle.CANNOT and action.state in ("promised", "started"):
        return action.standing_on, "give"
    settled = _settled([check for check in made if action.reopened_at is None or check.at > action.reopened_at])
    owing = [
        (getattr(action, f"{kind}_check_on"), kind) for kind in _WANTED[action.state] if not settled.get(kind, False)
    ]
    if action.state == "promised":
        owing.append((action.start_on, "start"))
    if action.state in ("promised", "started"):
        owing.append((action.finish_on, "finish"))
    return min(owing, key=lambda one: (one[0], _ORDER.index(one[1])), default=(None, ""))


def _settled(made: Iterable[Made]) -> dict[str, bool]:
    """Which kinds need no further look: the last one was as it should be, and no next one was planned."""
    return {check.kind: check.worked and check.again_on is None for check in made}


def owed_by(action: Any, what: str) -> int | None:
    """Who owes it: the owner, else whoever promised the action. Nobody checks what they did or own themselves; None: any
    manager of complaints, or the owner without an account."""
    if not what:
        return None
    if what in OF_THE_OWNER and action.owner_id:
        return int(action.owner_id)
    if what in ("start", "progress", "finish"):
        return None
    does_it = (action.owner_id, action.done_by_id)
    return None if what == "completion" and action.by_id in does_it else int(action.by_id)
