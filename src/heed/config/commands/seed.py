"""Fills a database with plausible feedback, for trying Heed out at its full size."""

import argparse
import time
from collections.abc import Callable
from datetime import date, datetime
from random import Random
from typing import Any

from django.db import connection
from django.utils import timezone
from tqdm import tqdm

from heed.audit import actions as audit
from heed.audit.actor import system
from heed.cases.models import Case
from heed.config.cli import CannotDo
from heed.config.demonstration import activity, places
from heed.config.demonstration.fill import BACKGROUND
from heed.config.demonstration.fill import MONTHS as OF_DEMONSTRATION
from heed.config.seeding import facts_only, staff
from heed.config.seeding.items import MARK
from heed.config.seeding.run import seed_background
from heed.config.server import migrate, refuse_demonstration, refuse_unmigrated
from heed.design import words
from heed.feedback.models import Feedback
from heed.organisations.models import Organisation

HELP = "fill a database with many invented cases, to try it out at full size"
MONTHS = 30
STALL = (0.1, 0.75)
LARGE = 10_000  # cases from which on each organisation has all the people that it can have


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Make organisations, people, cases, comments and compliments in bulk, over the last 30 months.

    The same number, seed and day give the same rows. It refuses a database that holds any case that it did not make
    (exit code 2). The last line says how many it made, and how long it took.

    With --facts-only there are no cases, only facts of them: some thousand cases go their whole way in memory, and what
    is counted of them is copied. `heed check` says how many such facts there are, and compares the others."""
    parser.add_argument("--cases", type=_number, required=True, metavar="N", help="how many cases")
    parser.add_argument("--random-seed", type=int, default=1, metavar="S", help="default: %(default)s")
    parser.add_argument("--facts-only", action="store_true", help="only what is counted, for figures at national size")
    parser.add_argument(
        "--into", choices=["database", "parquet"], default="database",
        help="with --facts-only: parquet writes the snapshot of figures alone, past the database (default: %(default)s)",
    )  # fmt: skip
    parser.add_argument(
        "--until", type=date.fromisoformat, metavar="DATE", help="the day before which all has happened; default: today"
    )


def _number(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError("give a whole number of cases, 1 or more")
    return int(text)


def run(arguments: argparse.Namespace) -> int:
    """Fill it, and say how long that took."""
    if arguments.into == "parquet" and not arguments.facts_only:
        raise CannotDo("only facts can go into Parquet: give --facts-only too")
    began = time.monotonic()
    now = timezone.now()
    prepare()
    if not Organisation.objects.exists():
        _make_organisations(arguments.cases, arguments.random_seed, now)
    with tqdm(total=arguments.cases, desc="Seeding", unit=" cases", leave=False) as bar:
        _fill(arguments, bar.update, until=arguments.until or timezone.localdate(now))
    audit.record(
        by=system("seed"), at=now, verb="seeded", kind="database", object_id=connection.vendor,
        detail={"cases": arguments.cases, "random_seed": arguments.random_seed},
    )  # fmt: skip
    what = "facts of " if arguments.facts_only else ""
    print(f"seeded {what}{arguments.cases} cases in {time.monotonic() - began:.1f} s")
    return 0


def _fill(arguments: argparse.Namespace, progress: Callable[[int], object], *, until: date) -> None:
    same: dict[str, Any] = {
        "until": until, "months": MONTHS, "seed": arguments.random_seed, "stall": STALL, "progress": progress,
    }  # fmt: skip
    if not arguments.facts_only:
        seed_background(arguments.cases, begins=Case.objects.count(), long_case=True, **same)
    elif arguments.into == "parquet":
        facts_only.snapshot_facts(arguments.cases, **same)
    else:
        facts_only.seed_facts(arguments.cases, **same)


def prepare() -> None:
    """Make the tables where there are none. Raises CannotDo for a database that holds what the seed did not make."""
    if not connection.introspection.table_names():
        migrate()
    refuse_demonstration()
    refuse_unmigrated()
    others = Feedback.objects.filter(case__isnull=False).exclude(submission_key__startswith=MARK).count()
    if others:
        raise CannotDo(
            f"this database holds {words.count(others, 'case', 'cases')} that `heed seed` did not make, perhaps of real people; "
            "name another with DATABASE_URL or HEED_DATA"
        )
    there = set(Organisation.objects.values_list("code", flat=True))
    if there and there != set(places.CODES):
        raise CannotDo(
            "this database holds organisations that `heed seed` did not make; name another with DATABASE_URL"
        )


def _make_organisations(cases: int, seed: int, now: datetime) -> None:
    """The five of the demonstration, with their cast and, the more cases, the more people beside."""
    places.make_organisations(now)
    places.make_people()
    chance = Random(seed)
    for organisation in Organisation.objects.filter(code__in=places.CODES).order_by("pk"):
        staff.hire(organisation, min(1, cases / LARGE), chance)
    activity.tell(now, months=MONTHS, scale=max(1.0, cases / MONTHS / (BACKGROUND / OF_DEMONSTRATION)))
