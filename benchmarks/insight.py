"""How quick figures are: `python benchmarks/insight.py [--live] [--changes 1000] [--json]`.

On the database and snapshot that HEED_DATA and DATABASE_URL name, filled before by `heed seed --facts-only --cases N`
(with `--into parquet` there is only a snapshot, and no changes can be measured). For the largest organisation: the
overview (every measure) and single measures, by month and by service, over 12 and 36 months, as pages ask for them; then
a refresh after so many changes of recent cases, and of cases chosen from all months. Seconds by the clock, and of this
program's processors: on a busy machine the latter say more."""

import argparse
import json
import os
import random
import resource
import statistics
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

TIMES, AT_ONCE = 40, 500
ORGANISATION = "riverside-nhs"  # the largest of those that are seeded
SINGLE = ("received", "well_founded", "acknowledged_in_time", "working_days_median")


def timed(ask: Callable[[], object], times: int) -> dict[str, float]:
    """Milliseconds: the first time, the middle and the 95th percentile of the others, and of the processors."""
    clock, processor = [], []
    for _ in range(times + 1):
        began, used = time.perf_counter(), time.process_time()
        ask()
        clock.append(1000 * (time.perf_counter() - began))
        processor.append(1000 * (time.process_time() - used))
    later = sorted(clock[1:] or clock)
    return {
        "first": clock[0],
        "median": statistics.median(later),
        "p95": later[max(0, round(0.95 * len(later)) - 1)],
        "processor": statistics.median(processor[1:] or processor),
    }


def pages(engine: Any, times: int) -> dict[str, dict[str, float]]:
    """What pages ask for."""
    from django.utils import timezone

    from heed.insight.measures import BY_KEY, MEASURES
    from heed.insight.periods import whole_months
    from heed.insight.queries.counting import Where, tallies

    found = {}
    for months in (12, 36):
        where = Where(ORGANISATION, None, whole_months(months, timezone.localdate()))
        for by in ("", "service"):
            name = f"{months} months{', by service' if by else ''}"
            asked = {"overview": MEASURES} | {key: (BY_KEY[key],) for key in SINGLE}
            for key, measures in asked.items():
                found[f"{key}, {name}"] = timed(partial(tallies, measures, where, by=by, engine=engine), times)
    return found


def refreshes(changes: int) -> dict[str, dict[str, float]]:
    """Refreshes of the snapshot, after changes of facts by the functions that actions call."""
    from django.utils import timezone

    from heed.facts.models import CaseFact
    from heed.insight.snapshots import refreshing

    def refresh() -> None:
        refreshing.refresh(at=timezone.now())

    refresh()
    since = timezone.localdate() - timedelta(days=150)
    everything = CaseFact.objects.filter(organisation=ORGANISATION)
    recent = list(everything.filter(received_on__gte=since).values_list("case_id", flat=True))
    all_months = list(everything.values_list("case_id", flat=True))
    found = {}
    for name, ids in (("recent cases", recent), ("cases of all months", all_months)):
        close(random.sample(ids, min(changes, len(ids))))
        found[f"refresh after {changes} changes of {name}"] = timed(refresh, 0)
    found["refresh without changes"] = timed(refresh, 0)
    return found


def close(ids: list[str]) -> None:
    """These cases are closed today, with another outcome and time."""
    from django.utils import timezone

    from heed.facts import actions
    from heed.facts.models import CaseFact

    fields = [field.attname for field in CaseFact._meta.concrete_fields if field.attname not in ("id", "case_id")]
    changed = {"closed_on": timezone.localdate(), "outcome": "upheld", "working_days": random.randrange(200)}
    for start in range(0, len(ids), AT_ONCE):
        rows = CaseFact.objects.filter(case_id__in=ids[start : start + AT_ONCE])
        actions.put_cases({row.case_id: {name: getattr(row, name) for name in fields} | changed for row in rows})


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--live", action="store_true", help="count in the database itself, a few times")
    parser.add_argument("--changes", type=int, default=0, help="refresh after so many changes; default: none")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heed.config.settings")
    import django

    django.setup()
    from heed.insight.engines.live import Live
    from heed.insight.engines.snapshot import Snapshot
    from heed.insight.snapshots import manifest, refreshing

    stood = manifest.current(refreshing.folder())
    if stood is None and not arguments.live:
        print("There is no snapshot: run `heed facts refresh`.", file=sys.stderr)
        return 2
    load = os.getloadavg()[0]
    if arguments.live or stood is None:
        found = pages(Live(), 3)
    else:
        found = pages(Snapshot(refreshing.folder(), stood, ORGANISATION), TIMES)
    if arguments.changes:
        found |= refreshes(arguments.changes)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if arguments.json:
        print(json.dumps({"milliseconds": found, "MB": memory, "facts": stood.rows if stood else 0, "load": load}))
        return 0
    print(f"{stood.rows if stood else 0:,} facts in the snapshot; load {load:.1f}, at most {memory:.0f} MB held\n")
    print(f"{'milliseconds':58} {'first':>8} {'median':>8} {'p95':>8} {'processor':>10}")
    for name, times in found.items():
        print(f"{name:58} {times['first']:8.0f} {times['median']:8.0f} {times['p95']:8.0f} {times['processor']:10.0f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
