"""Sends what waits to be sent and runs background jobs."""

import argparse
import logging
import signal
import threading
from datetime import timedelta

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import close_old_connections, connections
from django.utils.timezone import now

from heed.accounts.queries import is_demonstration
from heed.audit.actor import system
from heed.care.tasks import remind_of_training
from heed.cases.actions.ask import ask_due
from heed.config.cli import CannotDo
from heed.correspondence.tasks import Round, send_waiting
from heed.documents import actions as documents
from heed.feedback.actions import about_you, answering
from heed.feedback.actions.draft import sweep
from heed.feedback.queries import surveys as survey_queries
from heed.insight.actions import groups
from heed.insight.tasks import draw_recheck, keep_month, learn_subjects, refresh_snapshot, seek_themes
from heed.insight.tasks_proof import DID_IT_WORK
from heed.insight.tasks_watch import EARLY_WARNING
from heed.jobs.running import Heart, reap, run_pending
from heed.jobs.tasks import forget_finished
from heed.jobs.work import Periodic, queue_due, task
from heed.learning.tasks import CHASING

HELP = "send messages and do the work that waits"
# Figures are many small sums: several threads would wait for each other more than they work.
ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}

log = logging.getLogger("heed.worker")


@task
def clear_sessions() -> None:
    """Sign-ins that have expired go."""
    SessionStore.clear_expired()


@task
def sweep_files() -> None:
    """What a kill left behind of a file goes; a file that came while there was no virus check is checked."""
    documents.sweep(at=now())
    while documents.scan_waiting(at=now()):
        pass


@task
def sweep_drafts() -> None:
    """Forms that nobody sent within a week go, with their files."""
    while sweep(by=system("worker"), at=now()):
        pass


@task
def count_groups() -> None:
    """Periods of groups of people that have been over for long enough are counted, once and for good."""
    groups.count_due(by=system("worker"), at=now())


@task
def forget_about_you() -> None:
    """What people said about themselves goes when it was counted long ago, and so do their words about how it was."""
    about_you.forget_old(at=now())
    answering.forget_old_words(at=now())


@task
def ask_how_it_was() -> None:
    """People are asked how it was, at the stage that they have reached."""
    for asking in survey_queries.asking():
        ask_due(organisation_id=asking.organisation_id, by=system("worker"), at=now())


SCHEDULE = [
    Periodic("refresh the snapshot of facts", timedelta(minutes=5), refresh_snapshot),
    Periodic("remove old unsent forms", timedelta(hours=1), sweep_drafts),
    Periodic("look after files", timedelta(hours=1), sweep_files),
    Periodic("forget finished jobs", timedelta(days=1), forget_finished),
    Periodic("draw last month’s cases to re-check", timedelta(hours=6), draw_recheck),
    Periodic("learn how subjects are given", timedelta(days=7), learn_subjects),
    Periodic("keep the figures of the month that is over", timedelta(hours=6), keep_month),
    Periodic("count groups of people", timedelta(days=1), count_groups),
    Periodic("forget what people said about themselves", timedelta(days=1), forget_about_you),
    Periodic("ask people how it was", timedelta(days=1), ask_how_it_was),
    Periodic("remind people of training that is due", timedelta(days=1), remind_of_training),
    Periodic("look for new themes", timedelta(days=7), seek_themes),
    Periodic("clear expired sign-ins", timedelta(days=1), clear_sessions),
    EARLY_WARNING,
    DID_IT_WORK,
    CHASING,
]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Send what waits to be sent, run background jobs, and give back what a dead worker left half done.

    It runs until it is told to stop (SIGTERM or Ctrl+C), and then finishes the message or job in hand. Several may
    run beside each other. One that is killed loses nothing: what it was sending is sent again, under the same
    Message-ID, HEED_MAIL_LEASE seconds later."""
    parser.add_argument("--once", action="store_true", help="do what waits, once, and end")
    parser.add_argument(
        "--interval", type=_seconds, default=2.0, metavar="SECONDS", help="rest between two rounds (default: 2)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Exit code 1 with `--once`: a message could not be sent."""
    refuse_the_wrong_database()
    logging.getLogger("django_tasks").setLevel(logging.WARNING)  # a job that fails, not each that runs
    stop_event = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop_event.set())
    if arguments.once:
        with Heart() as heart:
            outcome = one_round(heart.worker, stop_event)
        print(f"{outcome.sent} sent, {outcome.failed} not sent{_because(outcome)}")
        return 1 if outcome.failed or outcome.unreachable else 0
    log.info("The worker has started.")
    run_forever(stop_event, interval=arguments.interval)
    log.info("The worker has stopped.")
    return 0


def refuse_the_wrong_database() -> None:
    """The people of a demonstration are invented, but their addresses may be real: nothing is mailed to them."""
    if is_demonstration() and not settings.DEMO:
        raise CannotDo("this database is a demonstration's; `heed demo` runs the worker for it")


def run_forever(stop_event: threading.Event, interval: float = 2.0) -> None:
    """Round after round until `stop_event` is set, `interval` seconds apart. May run in a thread of a server.

    A round that fails (the database is away, say) is logged, and the next is tried: it never raises."""
    unreachable = ""
    while not stop_event.is_set():
        try:
            with Heart() as heart:
                while not stop_event.is_set():
                    outcome = one_round(heart.worker, stop_event)
                    if outcome.unreachable != unreachable:  # once, not every two seconds
                        unreachable = outcome.unreachable
                        log.warning(unreachable or "The mail server can be reached again.")
                    stop_event.wait(interval)
        except Exception:
            log.exception("The worker could not finish a round; it goes on.")
            close_old_connections()
            stop_event.wait(max(interval, 1.0))
    connections.close_all()


def one_round(worker: str, stop_event: threading.Event) -> Round:
    """All that waits now. `worker` is the name of a living Heart. Stops after the message or job in hand when told."""
    close_old_connections()
    reap(at=now())
    queue_due(SCHEDULE, at=now())
    outcome = send_waiting(clock=now, stop=stop_event.is_set)
    run_pending(worker=worker, clock=now, stop=stop_event.is_set)
    return outcome


def _because(outcome: Round) -> str:
    return f": {outcome.unreachable}" if outcome.unreachable else ""


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 < seconds <= 3600:
        raise argparse.ArgumentTypeError("more than 0 and at most 3600 seconds")
    return seconds
