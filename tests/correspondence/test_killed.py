"""A worker that is really killed, again and again, loses no message and makes no second one of it.

The workers are processes of their own (`heed worker`), on a database of their own and with a mail server of the test's
own. Half of the kills come at a random moment; the other half at the worst one: the mail server has accepted a message
and the worker has not heard of it yet."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from heed.config import cli

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.correspondence.conftest import Sink

MESSAGES = 200
KILLS = [2, 1, 2, 1, 2]  # how many workers are running, and are killed together
LEASE = 1.0  # seconds
PATIENCE = 120  # seconds for what should take two

QUEUE = """
import sys, django
django.setup()
from django.db import transaction
from django.utils.timezone import now
from heed.audit.actor import system
from heed.correspondence import actions
from heed.organisations.models import Organisation
riverside = Organisation.objects.create(code="riverside-nhs", name="Riverside NHS Trust", sector="nhs")
with transaction.atomic():
    for number in range(int(sys.argv[1])):
        person = actions.add_correspondent(
            by=system("seed"), at=now(), email=f"person-{number}@example.org", email_is_private=True
        )
        thread = actions.open_thread(organisation_id=riverside.pk, correspondent=person, at=now())
        fields = {"reference": f"R-{number}", "code": "KXPW-7N3M-QRTV"}
        actions.notify(thread=thread, letter="receipt", fields=fields, by=system("seed"), at=now())
"""
READ = """
import json, django
django.setup()
from heed.correspondence.models import Message
columns = ["message_id", "to_address", "state", "attempts", "sealed_body"]
print(json.dumps(list(Message.objects.values(*columns))))
"""


@pytest.fixture
def environment(database_url: str, sink: Sink, tmp_path: Path) -> dict[str, str]:
    return {
        **os.environ,
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "heed.config.settings",
        "HEED_DATA": str(tmp_path),
        "HEED_MAIL_LEASE": str(LEASE),
        "HEED_SMTP_HOST": "127.0.0.1",
        "HEED_SMTP_PORT": str(sink.port),
        "PYTHONPATH": str(Path(cli.__file__).parents[2]),
    }


def python(environment: dict[str, str], *words: str) -> str:
    return subprocess.run([sys.executable, *words], env=environment, check=True, capture_output=True, text=True).stdout


def workers(environment: dict[str, str], count: int) -> list[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "heed.config", "worker", "--interval", "0.05"]
    return [subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) for _ in range(count)]


def kill(processes: list[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        process.kill()


def run_and_kill(
    running: list[subprocess.Popen[bytes]], sink: Sink, after: int, in_the_act: bool, chance: random.Random
) -> None:
    """Let the mail server accept `after` more messages and kill the workers: in the act of accepting the last one, or
    a moment later."""
    target = len(sink.received) + after

    def accepted(count: int) -> None:
        time.sleep(0.005)  # a mail server is not at once done, and a kill must be able to fall into that too
        if in_the_act and count >= target:
            kill(running)

    sink.accepted = accepted
    try:
        wait_until(lambda: len(sink.received) >= target)
        time.sleep(chance.uniform(0, 0.03))
    finally:
        kill(running)
    assert [process.wait() for process in running] == [-9] * len(running)
    assert len(sink.received) >= target, "the workers worked before they were killed"


@pytest.mark.network
def test_nothing_is_lost_and_each_has_one_message_id(environment: dict[str, str], sink: Sink) -> None:
    seed = random.SystemRandom().getrandbits(32)
    print("random seed", seed)  # noqa: T201 (shown if it fails)
    chance = random.Random(seed)
    python(environment, "-c", QUEUE, str(MESSAGES))
    for number, count in enumerate(KILLS):
        running = workers(environment, count)
        run_and_kill(running, sink, chance.randint(1, 12), in_the_act=number % 2 == 0, chance=chance)
    assert len(sink.received) < MESSAGES, "work was left when the killing ended"
    messages = finish(environment, sink)

    assert Counter(message["state"] for message in messages) == {"sent": MESSAGES}
    assert not any(message["sealed_body"] for message in messages)
    arrived: dict[str, set[str]] = defaultdict(set)
    for received in sink.received:
        arrived[received.recipients[0]].add(received.message_id)
    assert arrived == {message["to_address"]: {message["message_id"]} for message in messages}
    assert len({message["message_id"] for message in messages}) == MESSAGES
    twice = len(sink.received) - MESSAGES
    assert twice >= len(KILLS) / 2, "who was killed in the act left a message that had to be sent again"
    assert sum(message["attempts"] - 1 for message in messages) >= twice


def finish(environment: dict[str, str], sink: Sink) -> list[dict[str, Any]]:
    """Let one worker do the rest, stop it as an operator would, and return the messages as they then stand."""
    sink.accepted = lambda count: None
    messages: list[dict[str, Any]] = []

    def all_sent() -> bool:
        messages[:] = json.loads(python(environment, "-c", READ))
        return all(message["state"] == "sent" for message in messages)

    (last,) = workers(environment, 1)
    try:
        wait_until(lambda: len({received.message_id for received in sink.received}) == MESSAGES)
        wait_until(all_sent)
    finally:
        last.terminate()
        ended = last.wait(timeout=PATIENCE)
    assert ended == 0
    return messages


def wait_until(true: Callable[[], bool]) -> None:
    give_up = time.monotonic() + PATIENCE
    while not true() and time.monotonic() < give_up:
        time.sleep(0.002)
