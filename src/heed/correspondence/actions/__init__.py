"""The only writers of threads, messages and correspondents. Each writes in the caller's transaction."""

from heed.correspondence.actions.correspondents import Wishes, add_correspondent, update_correspondent
from heed.correspondence.actions.links import end_links, note_view, open_link, send_code, send_link
from heed.correspondence.actions.messages import (
    mark_handled,
    notify,
    open_thread,
    send_again,
    turn_thread,
    write,
)
from heed.correspondence.actions.staff import staff_thread

__all__ = [
    "Wishes",
    "add_correspondent",
    "end_links",
    "mark_handled",
    "note_view",
    "notify",
    "open_link",
    "open_thread",
    "send_again",
    "send_code",
    "send_link",
    "staff_thread",
    "turn_thread",
    "update_correspondent",
    "write",
]
