"""The early warnings measured: a night with many series, and how many false alarms a simulated organisation gets.

    python benchmarks/warning.py night [--services 400] [--subjects 49] [--mean 0.25]
    python benchmarks/warning.py simulate [--services 40] [--subjects 24] [--weeks 20] [--rises 40]

`night`: five and a half years of invented cases in a database of its own, then `heed watch` for one day, twice: the first
sets thresholds by back-test, the second is a night like most. Minutes, memory, warnings.

`simulate`: an organisation in which nothing happens but season and chance (negative binomial, dispersion 1 to 2), watched
through the whole pipeline each Monday; false alarms a series and week beside the budget, and warnings that a person would read.
Then some of its series become twice as busy (and 2 a week more), and how many are seen within 1, 2 and 4 weeks.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

import django
import numpy as np

YEARS = 5 * 52 + 36
TODAY = date(2026, 11, 23)
COLUMNS = (
    "case_id, feedback_id, organisation, service, kind, channel, subject, subjects, procedure, approach, stage, risk, "
    "statutory, imported, received_on, extensions, outcome, issues, issues_upheld, learning_actions"
)
numbers = count(1)


def prepare(folder: str) -> None:
    """An empty database of its own."""
    os.environ.update(
        HEED_DATA=folder, DJANGO_SETTINGS_MODULE="heed.config.settings", DATABASE_URL=f"sqlite:///{folder}/heed.sqlite3",
        OPENBLAS_NUM_THREADS="1",
    )  # fmt: skip
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def organisation(services: int):
    from heed.organisations.models import Organisation, Service

    body = Organisation.objects.create(
        code="large-body", name="Large Body", short_name="Large", sector="nhs", procedure="nhs-2009",
        subject_list="subjects-nhs", reference_prefix="LB",
    )  # fmt: skip
    Service.objects.bulk_create(
        Service(organisation=body, code=f"s{number}", name=f"Service {number}") for number in range(services)
    )
    return body


def weekly(chance: np.random.Generator, rate: np.ndarray, phi: np.ndarray, weeks: int, start: date) -> np.ndarray:
    """(series, weeks): counts with a common season, negative binomial with variance phi times the mean."""
    day = np.array([(start + timedelta(weeks=week)).timetuple().tm_yday for week in range(weeks)])
    season = 1 + 0.15 * np.cos(2 * np.pi * (day - 20) / 365.25) + 0.05 * np.sin(4 * np.pi * day / 365.25)
    mean = rate[:, None] * season
    size = mean / np.maximum(phi - 1, 1e-9)[:, None]
    return chance.poisson(chance.gamma(size, mean / size))


def insert(keys: list[tuple[str, str]], counts: np.ndarray, start: date) -> int:
    """A fact for each; weekdays in turn."""
    from django.db import connection, transaction

    def rows():
        for series, week in zip(*np.nonzero(counts), strict=True):
            service, subject = keys[series]
            for one in range(int(counts[series, week])):
                number, on = str(next(numbers)), start + timedelta(weeks=int(week), days=(int(series) + one) % 5)
                yield (number, number, "large-body", service, "complaint", "web", subject, "", "nhs-2009", "", 1, "", True,
                       False, on.isoformat(), 0, "", 0, 0, 0)  # fmt: skip

    places = ", ".join(["%s"] * 20)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO facts_casefact ({COLUMNS}) VALUES ({places})", rows())  # noqa: S608 (our names)
    return int(counts.sum())


def series(services: int, subjects: int) -> list[tuple[str, str]]:
    from heed.organisations import code_lists

    codes = code_lists.load("subjects-nhs").codes()
    codes += [f"more_{number}" for number in range(max(0, subjects - len(codes)))]
    return [(f"s{service}", subject) for service in range(services) for subject in codes[:subjects]]


def night(arguments: argparse.Namespace, folder: str) -> None:
    organisation(arguments.services)
    chance, keys = np.random.default_rng(1), series(arguments.services, arguments.subjects)
    rate = chance.gamma(1.0, arguments.mean, len(keys))
    start = TODAY - timedelta(weeks=YEARS)
    facts = insert(keys, weekly(chance, rate, chance.uniform(1.01, 2, len(keys)), YEARS, start), start)
    print(
        f"{len(keys):,} cells, {facts:,} cases; a database of {Path(folder, 'heed.sqlite3').stat().st_size / 1e6:,.0f} MB"
    )
    for what in ("first night, with back-test", "a night like most"):
        began = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-m", "heed.config", "watch", "--on", str(min(TODAY, date.today()))],  # noqa: DTZ011
            stdout=subprocess.PIPE, text=True, check=True,
        )  # fmt: skip
        print(f"{what}: {time.monotonic() - began:,.0f} s\n  " + done.stdout.strip().replace("\n", "\n  "))


def simulate(arguments: argparse.Namespace, _folder: str) -> None:
    body, keys = organisation(arguments.services), series(arguments.services, arguments.subjects)
    chance = np.random.default_rng(arguments.seed)
    rate, phi = chance.gamma(0.8, 1.2, len(keys)), chance.uniform(1.01, 2, len(keys))
    start = TODAY - timedelta(weeks=YEARS)
    insert(keys, weekly(chance, rate, phi, YEARS, start), start)
    false = walk(body, arguments.weeks, TODAY - timedelta(weeks=arguments.weeks))
    report_false(body, false, arguments.weeks)
    report_rises(body, keys, rate, chance, arguments.rises)


def walk(body, weeks: int, first: date) -> list[list[tuple[str, str]]]:
    """The pipeline, Monday after Monday; the series that stand out in the week that has just ended, for each."""
    from heed.audit.actor import system
    from heed.insight.actions.watching import watch

    found = []
    for number in range(1, weeks + 1):
        on = first + timedelta(weeks=number)
        at = datetime.combine(on, datetime.min.time(), UTC)
        done = watch(organisation=body, on=on, by=system("bench"), at=at)
        look = next(look for look, _ in done.looks if look.every == "week")
        found.append([one.key for one in look.findings if one.start == look.start])
    return found


def report_false(body, found: list[list[tuple[str, str]]], weeks: int) -> None:
    from heed.insight.models import Alarm, WatchCalibration, WatchRun

    runs = list(WatchRun.objects.filter(every="week"))
    alarms, looked = sum(map(len, found)), sum(run.series for run in runs)
    loud = sum(run.series - run.quiet for run in runs)
    share, error = alarms / looked, alarms**0.5 / looked
    print(
        f"{looked:,} series-weeks, {alarms} false alarms: {share:.3%} (SE {error:.3%}); ratio to 0.5%: {share / 0.005:.2f}"
    )
    print(f"of the {loud:,} series-weeks loud enough to warn: {alarms / loud:.3%}; ratio {alarms / loud / 0.005:.2f}")
    kept = WatchCalibration.objects.filter(every="week").order_by("on").last()
    if kept:
        print(f"back-test: {kept.alarms} of {kept.points:,}, ratio {kept.alarms / max(kept.points, 1) / 0.005:.2f}")
    rows = Alarm.objects.filter(organisation=body, apart="")
    told = rows.filter(parent=None).count()
    wide = rows.filter(wide=True, every="week").count()
    print(
        f"warnings by week and month that stand by themselves: {told} in {weeks} weeks; weekly ones by e-mail: {wide}"
    )


def report_rises(body, keys, rate: np.ndarray, chance: np.random.Generator, many: int) -> None:
    """So many series become twice as busy and two a week more, and stay so."""
    chosen = chance.choice(len(keys), many, replace=False)
    extra = np.zeros((len(keys), 4), dtype=np.int64)
    extra[chosen] = chance.poisson(rate[chosen, None] + 2, (many, 4))
    calm = weekly(chance, rate, np.full(len(keys), 1.2), 4, TODAY)
    insert(keys, calm + extra, TODAY)
    found = walk(body, 4, TODAY)
    seen = [{keys[place] for place in chosen} & {key for week in found[:weeks] for key in week} for weeks in (1, 2, 4)]
    print(
        f"of {many} rises (twice as many and 2 a week more): {[len(one) for one in seen]} seen within 1, 2 and 4 weeks"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    what = parser.add_subparsers(required=True)
    for name, run, services, subjects in (("night", night, 400, 49), ("simulate", simulate, 40, 24)):
        one = what.add_parser(name)
        one.set_defaults(run=run)
        one.add_argument("--services", type=int, default=services)
        one.add_argument("--subjects", type=int, default=subjects)
        one.add_argument("--mean", type=float, default=0.25, help="cases a week and cell, on average")
        one.add_argument("--weeks", type=int, default=20)
        one.add_argument("--rises", type=int, default=40)
        one.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        prepare(folder)
        arguments.run(arguments, folder)


if __name__ == "__main__":
    main()
