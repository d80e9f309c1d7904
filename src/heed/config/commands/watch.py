"""Looks at every watched series now, as the worker does every night."""

import argparse
import resource
import time
from datetime import date
from typing import Any

from django.utils import timezone
from tqdm import tqdm

from heed.audit.actor import system
from heed.config.cli import CannotDo
from heed.config.server import refuse_unmigrated
from heed.design import words
from heed.insight.actions.watching import Night, watch
from heed.insight.queries.warnings import said
from heed.organisations import queries as organisations

HELP = "look for early warnings now, as the worker does every night"
# Many small sums: several threads would wait for each other more than they work.
ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Look at every service and subject, week by week and month by month, and raise the early warnings that there are.

    The same day twice makes nothing twice. A line for each new warning, the furthest out first; the last line says how many
    series were looked at, how long it took and what it needed in memory."""
    parser.add_argument("--organisation", metavar="CODE", help="only this one")
    parser.add_argument(
        "--on", type=date.fromisoformat, metavar="DATE", help="as on the morning of this day; default: today"
    )
    parser.add_argument("--dry-run", action="store_true", help="say what would be raised, and keep nothing")


def run(arguments: argparse.Namespace) -> int:
    """Exit code 2 for an organisation that is not there, or a day before one that was looked at."""
    refuse_unmigrated()
    now, began = timezone.now(), time.monotonic()
    places = list(organisations.all_organisations())
    if arguments.organisation:
        places = [place for place in places if place.code == arguments.organisation]
        if not places:
            raise CannotDo(f"there is no organisation {arguments.organisation!r}")
    on = arguments.on or timezone.localdate(now)
    if on > timezone.localdate(now):
        raise CannotDo("what is received later than today cannot be looked at yet")
    series = 0
    for place in tqdm(places, desc="Watching", unit=" organisations", leave=False):
        by = system("operator", place.code)
        night = watch(organisation=place, on=on, dry_run=arguments.dry_run, by=by, at=now)
        _tell(place, night, dry_run=arguments.dry_run)
        series += sum(found.series for found, _ in night.looks)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{series:,} series in {time.monotonic() - began:.1f} s, {memory:,.0f} MB")
    return 0


def _tell(place: Any, night: Night, *, dry_run: bool) -> None:
    for found, seconds in night.looks:
        told = words.count(len(found.findings), "series stands", "series stand")
        tqdm.write(f"{place}, by {found.every}: {told} out of {found.series:,}, {seconds:.1f} s")
        if dry_run:
            for finding in sorted(found.findings, key=lambda one: -one.exceedance):
                tqdm.write(f"  {said(place, found.every, finding)}")
    if not dry_run:
        new, again = len(night.raised), len(night.again)
        tqdm.write(f"  {new} new, {again} again, {night.ended} over, {words.count(night.messages, 'e-mail')} queued")
