"""How quick the pages of learning stay with 50,000 learning points: `python benchmarks/library.py [POINTS] [ROUNDS]`.

Makes a database of its own in a temporary folder, fills it, and asks each page again and again as somebody who sees all cases
and as a service manager. Prints the number of queries, the median and the 95th percentile in milliseconds. To add a page, add
it to PAGES; to add rows, add a function to FILL."""

import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles
from typing import Any

POINTS = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 40
BATCH = 2_000
_WORDS = (
    "handover call bell shift nurse letter result phone desk clinic waiting list discharge medicine chart diet interpreter "
    "parking lift sign booking cancelled notice carer family visit night rota training policy consent record access queue "
    "appointment reminder text address moved payment invoice bin round crew repair damp boiler tenancy review panel"
)
WORDS = _WORDS.split()
PAGES = {
    "library": "library/",
    "library, a later page": "library/?after=2026-01-20T10:00:00+00:00_9000",
    "library, by service and factor": "library/?service={service}&factor=job_tasks",
    "library, a rare factor": "library/?factor=physical_environment",
    "library, without an action": "library/?action=without&level=organisation",
    "library, linked to a contract": "library/?link=contract",
    "library, one word": "library/?q=handover",
    "library, two words and filters": "library/?q=interpreter+consent&level=service&factor=organisational",
    "library, the rest of a search": "library/?q=handover&page=20",
    "one point": "library/{point}/",
    "one point, with what is alike": "library/{point}/?alike=1",
    "actions": "actions/?whose=all",
    "analyses": "analyses/",
}


def begin() -> None:
    """Settings and an empty, migrated database."""
    os.environ["HEED_DATA"] = tempfile.mkdtemp(prefix="heed-learning-")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heed.config.settings")
    sys.path[:0] = [str(Path(__file__).resolve().parents[1] / part) for part in ("src", ".")]
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)


def batches(many: int) -> list[range]:
    return [range(start, min(start + BATCH, many)) for start in range(0, many, BATCH)]


def points(org: Any, by: Any, chance: random.Random) -> None:
    """Learning points with factors and links, and their search entries."""
    from django.db import transaction

    from heed.learning.models import LearningPoint, PointFactor, PointLink
    from heed.organisations import code_lists
    from heed.search import actions as search
    from heed.search.rows import Row

    services = [*org.services.order_by("pk"), None]
    factors, rare = [code for code, _ in code_lists.load("factors").choices()][:-1], "physical_environment"
    first = datetime(2021, 1, 1, 9, tzinfo=UTC)
    for batch in batches(POINTS):
        rows = [
            LearningPoint(
                organisation=org, service=chance.choice(services), by=by, level=chance.choice(["service", "organisation"]),
                source="elsewhere", origin_kind="elsewhere", origin_id=str(number), origin_sentence="A report", is_shared=True,
                text=" ".join(chance.choices(WORDS, k=18)).capitalize() + ".", at=first + timedelta(minutes=53 * number),
            )
            for number in batch
        ]  # fmt: skip
        with transaction.atomic():
            made = LearningPoint.objects.bulk_create(rows)
            of = [(point, rare if chance.random() < 0.001 else chance.choice(factors)) for point in made]
            PointFactor.objects.bulk_create([PointFactor(point=point, factor=code) for point, code in of])
            linked = [point for point in made if chance.random() < 0.02]
            kinds = chance.choices(["risk", "policy", "training", "contract"], [40, 40, 19, 1], k=len(linked))
            PointLink.objects.bulk_create(
                PointLink(
                    point=point, kind=kind, name="Handover policy", change="Say who takes over.", by=by, at=point.at
                )
                for point, kind in zip(linked, kinds, strict=True)
            )
        search.index_many(
            Row("learning", one.pk, org.pk, "", f"{one.text}\n{one.origin_sentence}", one.at) for one in made
        )


FILL: list[Callable[[Any, Any, random.Random], None]] = [points]


def measured(client: Any, address: str) -> tuple[int, float, float]:
    """Queries, and the median and 95th percentile in milliseconds, after two rounds that nobody counts. What is loaded is set
    apart from the collector as the server does it."""
    from django.db import connection

    import heed.config.wsgi  # noqa: F401

    asked: list[str] = []

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append(sql)
        return execute(sql, params, many, context)

    for _ in range(2):
        client.get(address)
    with connection.execute_wrapper(count):
        answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answers {answer.status_code}")
    took = []
    for _ in range(ROUNDS):
        before = time.perf_counter()
        client.get(address)
        took.append((time.perf_counter() - before) * 1000)
    return len(asked), median(took), quantiles(took, n=20)[-1]


def main() -> None:
    begin()
    from django.test import Client
    from tests import factories

    from heed.learning.models import LearningPoint

    chance = random.Random(4)
    org = factories.organisation(code="bench")
    for number in range(9):
        factories.service(org, f"service-{number}")
    people = {role: factories.person(org, role) for role in ("complaints_manager", "service_manager")}
    for fill in FILL:
        fill(org, people["complaints_manager"], chance)
    known = {
        "service": org.services.values_list("pk", flat=True)[0],
        "point": LearningPoint.objects.order_by("pk")[POINTS // 2].pk,
    }
    print(f"{POINTS:,} learning points, {ROUNDS} rounds a page; milliseconds")
    for role, person in people.items():
        client = Client(SERVER_NAME="localhost")
        client.force_login(person)
        for name, page in PAGES.items():
            queries, middle, slow = measured(client, f"/bench/staff/{page.format(**known)}")
            print(f"{role:20} {name:34} {queries:3} queries  median {middle:6.1f}  p95 {slow:6.1f}")


if __name__ == "__main__":
    main()
