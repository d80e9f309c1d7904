"""The tables: people we write to, threads, messages, and the mailbox of the demonstration."""

from heed.correspondence.models.correspondent import Channel, Correspondent
from heed.correspondence.models.link import OneTimeLink
from heed.correspondence.models.mailbox import MailboxItem
from heed.correspondence.models.message import Direction, Medium, Message, State
from heed.correspondence.models.thread import Thread

__all__ = [
    "Channel",
    "Correspondent",
    "Direction",
    "MailboxItem",
    "Medium",
    "Message",
    "OneTimeLink",
    "State",
    "Thread",
]
