"""The only writers of threads, messages and correspondents. Each writes in the caller's transaction."""

from heed.correspondence.actions.correspondents import Wishes, add_correspondent, update_correspondent
from heed.correspondence.actions.messages import (
    mark_handled,
    notify,
    open_thread,
    send_again,
    turn_thread,
    write,
)

__all__ = [
    "Wishes",
    "add_correspondent",
    "mark_handled",
    "notify",
    "open_thread",
    "send_again",
    "turn_thread",
    "update_correspondent",
    "write",
]
