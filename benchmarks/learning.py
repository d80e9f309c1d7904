"""How quick the list of actions and an action's page are with 5,000 actions: `python benchmarks/learning.py`.

Makes a database of its own in a temporary folder, fills it in bulk past the actions (the pages read rows, however they came),
and prints the median and the 95th percentile of requests with the queries of each. Aim: p95 under 150 ms, queries constant."""

import os
import statistics
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

MANY = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
ROUNDS = 40


def main() -> None:
    os.environ["HEED_DATA"] = tempfile.mkdtemp(prefix="heed-bench-")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heed.config.settings")
    sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "src")]
    import django
    from django.conf import settings

    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # pages are measured, not files
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.ALLOWED_HOSTS = ["testserver"]
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    body, manager = _fill()
    _measure(body, manager)


def _fill() -> tuple[Any, Any]:
    from django.db import transaction
    from django.utils import timezone
    from tests import factories

    from heed.learning import actions
    from heed.learning.models import Action, LearningPoint
    from heed.learning.rules import Promised

    body = factories.organisation()
    manager = factories.person(body, "complaints_manager")
    owners = [factories.person(body, "action_owner") for _ in range(20)]
    case, at, today = factories.registered(body, manager), timezone.now(), timezone.localdate()
    by = factories.actor(manager, body)
    point = actions.record_learning(
        case_id=case.pk, text="Calls are lost at the handover.", level="service", by=by, at=at
    )
    said = {f"{kind}_check": "Look at ten" for kind in ("progress", "completion", "maintenance", "impact")}
    said |= {f"{kind}_check_on": today + timedelta(days=days) for kind, days in
             {"progress": 10, "completion": 40, "maintenance": 90, "impact": 60}.items()}  # fmt: skip
    promised = Promised(
        step="Open calls are handed over at each change of shift.", owner_id=owners[0].pk, start_on=today,
        finish_on=today + timedelta(days=30), standard_met="The handover policy", involvement="She reads it first.", **said,
    )  # fmt: skip
    first = actions.promise_action(learning_point_id=point.pk, promised=promised, by=by, at=at)
    columns = {
        field.attname: getattr(first, field.attname) for field in Action._meta.concrete_fields if field.attname != "id"
    }
    with transaction.atomic():
        LearningPoint.objects.bulk_create(
            [
                LearningPoint(**{f.attname: getattr(point, f.attname) for f in LearningPoint._meta.concrete_fields
                                 if f.attname not in ("id",)} | {"text": f"{point.text} {n}"})
                for n in range(1000)
            ]
        )  # fmt: skip
        for number in range(MANY - 1):
            _one(Action, columns, number, owners, today)
    return body, manager


ROWS: list[Any] = []


def _one(model: Any, columns: dict[str, Any], number: int, owners: list[Any], today: date) -> None:
    on = today + timedelta(days=number % 400 - 200)
    state = ("promised", "started", "completed")[number % 3]
    more: dict[str, Any] = {"owner_id": owners[number % len(owners)].pk, "owed_by_id": owners[number % len(owners)].pk,
                            "owed_on": on, "state": state,
                            "owed_what": "impact" if state == "completed" else "finish"}  # fmt: skip
    if state == "completed":
        more |= {"completed_on": today, "completion_evidence": "The sheet", "done_on": today}
    ROWS.append(model(**{**columns, **more}))
    if len(ROWS) == 500 or number == MANY - 2:
        model.objects.bulk_create(ROWS)
        ROWS.clear()


def _measure(body: Any, manager: Any) -> None:
    from django.db import connection
    from django.test import Client

    from heed.learning.models import Action

    client = Client()
    client.force_login(manager)
    base = f"/{body.code}/staff/actions/"
    middle = Action.objects.order_by("owed_on", "pk").values_list("owed_on", "pk")[MANY // 3]
    pages = {
        "all to do": f"{base}?whose=all&state=open",
        "far down": f"{base}?whose=all&state=open&after={middle[0].isoformat()}_{middle[1]}",
        "completed": f"{base}?whose=all&state=completed",
        "one action": f"{base}{Action.objects.latest('pk').pk}/",
    }
    for name, page in pages.items():
        if client.get(page).status_code != 200:
            raise SystemExit(f"{page} does not open")
        asked: list[str] = []
        with connection.execute_wrapper(lambda run, sql, *rest, asked=asked: (asked.append(sql), run(sql, *rest))[1]):
            client.get(page)
        took = []
        for _ in range(ROUNDS):
            begin = time.perf_counter()
            client.get(page)
            took.append((time.perf_counter() - begin) * 1000)
        p95 = statistics.quantiles(took, n=20)[18]
        print(
            f"{name:12} {MANY} actions: median {statistics.median(took):.0f} ms, p95 {p95:.0f} ms, {len(asked)} queries"
        )


if __name__ == "__main__":
    main()
