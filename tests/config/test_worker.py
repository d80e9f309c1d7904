"""The worker's rounds: everything that waits is done, nothing stops it but being told to."""

import argparse
import logging
import signal
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import OperationalError
from django.utils.timezone import now
from django_tasks_db.models import DBTaskResult
from pytest_django.fixtures import Settings
from tests import factories

from heed.accounts.models import DemoMarker
from heed.audit.actor import system
from heed.config import cli
from heed.config.commands import worker
from heed.correspondence import actions
from heed.correspondence.models import Message, State
from heed.correspondence.tasks import Round
from heed.feedback.actions import draft
from heed.feedback.models import Draft
from heed.jobs.models import Heartbeat
from heed.jobs.running import Heart
from heed.jobs.work import queue
from heed.organisations.models import Organisation

pytestmark = pytest.mark.django_db
ONCE = ["worker", "--once"]


@pytest.fixture(autouse=True)
def _signals_put_back() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    level = logging.getLogger("django_tasks").level
    yield
    for number, handler in before.items():
        signal.signal(number, handler)
    logging.getLogger("django_tasks").setLevel(level)


@pytest.fixture(autouse=True)
def _the_tests_connection_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker closes its connections; here they are the test's, in the middle of its transaction."""
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    monkeypatch.setattr(worker.connections, "close_all", lambda: None)


@pytest.fixture
def stop() -> Iterator[threading.Event]:
    """Set by the test; or after a while, so that a worker that never ends is a failure and not a silence."""
    stop = threading.Event()
    last_call = threading.Timer(20, stop.set)
    last_call.start()
    yield stop
    last_call.cancel()


@pytest.fixture
def message() -> Message:
    by, at = system("seed"), datetime(2026, 5, 5, 9, 0, tzinfo=UTC)
    riverside = Organisation.objects.create(code="riverside-nhs", name="Riverside NHS Trust", sector="nhs")
    person = actions.add_correspondent(by=by, at=at, email="amina@example.org")
    thread = actions.open_thread(organisation_id=riverside.pk, correspondent=person, at=at)
    queued = actions.notify(thread=thread, letter="receipt", fields={"reference": "R-1"}, by=by, at=at)
    assert queued is not None
    return queued


def expired_sign_in() -> None:
    Session.objects.create(session_key="old", session_data="", expire_date=now() - timedelta(days=1))


def test_one_round_does_all_that_waits(message: Message, capsys: pytest.CaptureFixture[str]) -> None:
    expired_sign_in()
    assert cli.main(ONCE) == 0
    assert capsys.readouterr().out == "1 sent, 0 not sent\n"
    assert [email.to for email in mail.outbox] == [["amina@example.org"]]
    message.refresh_from_db()
    assert message.state == State.SENT
    assert not Session.objects.exists(), "the daily job ran too"
    assert DBTaskResult.objects.successful().count() == len(worker.SCHEDULE)
    assert not Heartbeat.objects.exists(), "it signed off"


def test_a_second_round_finds_nothing_to_do(message: Message, capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(ONCE)
    jobs = DBTaskResult.objects.count()
    assert cli.main(ONCE) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "0 sent, 0 not sent"
    assert (len(mail.outbox), DBTaskResult.objects.count()) == (1, jobs)


def test_a_round_with_nothing_to_do_writes_nothing(django_assert_max_num_queries: Callable[..., Any]) -> None:
    cli.main(ONCE)
    with Heart() as heart, django_assert_max_num_queries(5 + 2 * len(worker.SCHEDULE)) as queries:
        worker.one_round(heart.worker, threading.Event())
    assert all(query["sql"].startswith("SELECT") for query in queries.captured_queries)


def test_a_message_that_could_not_be_sent_is_an_exit_code(
    message: Message, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    Message.objects.filter(pk=message.pk).update(subject="Hello\nBcc: all@example.org")
    assert cli.main(ONCE) == 1
    assert capsys.readouterr().out == "0 sent, 1 not sent\n"


def test_a_mail_server_that_is_away_is_said(
    message: Message, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    away = Round(unreachable="The mail server cannot be reached (TimeoutError).")
    monkeypatch.setattr(worker, "send_waiting", lambda **_: away)
    assert cli.main(ONCE) == 1
    assert capsys.readouterr().out == "0 sent, 0 not sent: The mail server cannot be reached (TimeoutError).\n"


def test_nothing_is_mailed_to_the_people_of_a_demonstration(
    message: Message, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    DemoMarker.objects.create(made_at=now())
    assert cli.main(ONCE) == 2
    assert "this database is a demonstration's" in capsys.readouterr().err
    assert mail.outbox == []
    settings.DEMO = True
    assert cli.main(ONCE) == 0


def test_every_periodic_job_can_be_queued_and_run() -> None:
    for periodic in worker.SCHEDULE:
        queue(periodic.job)
    assert cli.main(ONCE) == 0
    assert not DBTaskResult.objects.failed().exists()
    assert len({periodic.name for periodic in worker.SCHEDULE}) == len(worker.SCHEDULE)


class TestGoingOn:
    def test_a_round_that_fails_is_not_the_last(
        self, stop: threading.Event, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        rounds: list[str] = []

        def one_round(name: str, told: threading.Event) -> Round:
            assert Heartbeat.objects.filter(worker=name).exists()
            rounds.append(name)
            if len(rounds) == 1:
                raise OperationalError("the database is away")
            if len(rounds) == 3:
                stop.set()
            return Round()

        monkeypatch.setattr(worker, "one_round", one_round)
        worker.run_forever(stop, interval=0.01)
        assert len(rounds) == 3
        assert len(set(rounds)) == 2, "a new life after a failure"
        assert "it goes on" in caplog.text

    def test_a_mail_server_that_stays_away_is_said_once(
        self, stop: threading.Event, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        away = Round(unreachable="The mail server cannot be reached.")
        outcomes = [away, away, Round(sent=1), Round()]

        def one_round(name: str, told: threading.Event) -> Round:
            outcome = outcomes.pop(0)
            if not outcomes:
                stop.set()
            return outcome

        monkeypatch.setattr(worker, "one_round", one_round)
        with caplog.at_level(logging.INFO):
            worker.run_forever(stop, interval=0.01)
        said = [record.getMessage() for record in caplog.records if record.name == "heed.worker"]
        assert said == ["The mail server cannot be reached.", "The mail server can be reached again."]

    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
    def test_a_signal_ends_it_after_the_round_in_hand(self, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
        rounds: list[bool] = []

        def one_round(name: str, told: threading.Event) -> Round:
            signal.raise_signal(number)
            rounds.append(told.is_set())
            return Round()

        monkeypatch.setattr(worker, "one_round", one_round)
        assert worker.run(argparse.Namespace(once=False, interval=3600.0)) == 0
        assert rounds == [True]


@pytest.mark.parametrize("seconds", ["0", "-1", "nan", "soon", "3601"])
def test_an_interval_that_makes_no_sense_is_refused(seconds: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refusal:
        cli.main(["worker", "--interval", seconds])
    assert refusal.value.code == 2
    assert "--interval" in capsys.readouterr().err


def test_forms_that_nobody_sent_within_a_week_go():
    of = factories.organisation()
    draft.start(organisation=of, at=now() - timedelta(days=8))
    young, _ = draft.start(organisation=of, at=now() - timedelta(days=6))
    worker.sweep_drafts.call()
    assert list(Draft.objects.values_list("pk", flat=True)) == [young.pk]
