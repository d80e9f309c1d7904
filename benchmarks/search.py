"""How quick search is: `python benchmarks/search.py [--entries 100000] [--database sqlite|postgresql] [--json]`.

Cases with a reference and some 120 words, in a database of its own under a temporary folder. Each search is timed as a
page would make it, with the visibility function of cases inside: for somebody who sees all cases of an organisation, an
investigator who sees five of them, and the manager of another organisation, which has five. Exit 1 if an answer
differs from comparing the words one by one. The processor time is that of this program (on PostgreSQL the server's is not
in it): on a busy machine it says more than the clock."""

import argparse
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from itertools import accumulate
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

AT = datetime(2026, 4, 2, 16, 45, tzinfo=UTC)
WARM, TIMES, FEW = 3, 40, 5
QUERIES = {
    "rare word": "zeppelin",
    "word in 2 %": "discharge",
    "very common word": "staff",
    "three words": "staff discharge letter",
    "common words, not another": "staff -discharge",
    "phrase of common words": '"the staff"',
    "beginning of a word": "sta*",
    "reference": "BR-000077",
    "nothing": "xylophone",
}


def texts(entries: int) -> Iterator[str]:
    """120 words each, frequent ones and rare ones in the proportions of a language."""
    chance = random.Random(1)
    syllables = [first + second for first in "bcdfghklmnprstvw" for second in "aeiou"]
    endings = ["", "", "s", "ing", "ed", "ly"]
    words = ["the", "and", "was"] + [
        "".join(chance.choices(syllables, k=chance.randint(2, 4))) + chance.choice(endings) for _ in range(30_000)
    ]
    weights = list(accumulate(1 / (place + 2) for place in range(len(words))))
    for number in range(entries):
        text = chance.choices(words, cum_weights=weights, k=120)
        for word, share in (("staff", 0.6), ("letter", 0.3), ("discharge", 0.02)):
            if chance.random() < share:
                text[chance.randrange(120)] = word
        if number % 10_000 == 77:
            text[3] = "zeppelin"
        yield " ".join(text)


def fill(entries: int) -> tuple[tuple[float, float], dict[str, Any]]:
    """The cases and their entries: (seconds that indexing took, by the clock and of this processor; a viewer for each
    scene)."""
    from heed.cases.models import Case
    from heed.organisations.models import Organisation
    from heed.search import actions
    from heed.search.rows import Row

    bodies = [
        Organisation.objects.create(
            code=code, name=code, short_name=code, sector="nhs", procedure="nhs-2009", subject_list="subjects-nhs"
        )
        for code in ("large", "small")
    ]
    scenes = viewers(bodies)
    make_cases(entries, bodies, scenes["five of theirs"].person_id)
    cases = Case.objects.order_by("pk").values_list("pk", "organisation_id", "reference")
    rows = [
        Row("case", pk, organisation, reference, text, AT)
        for (pk, organisation, reference), text in zip(cases, texts(entries), strict=True)
    ]
    began, worked = time.perf_counter(), time.process_time()
    actions.index_many(rows)
    scenes["rows"] = rows
    return (time.perf_counter() - began, time.process_time() - worked), scenes


def viewers(bodies: list[Any]) -> dict[str, Any]:
    """Who searches, in each scene."""
    from heed.accounts import queries as accounts
    from heed.accounts.models import Membership, User

    scenes: dict[str, Any] = {}
    for name, body, role in (
        ("all", bodies[0], "complaints_manager"),
        ("five of theirs", bodies[0], "investigator"),
        ("five in another", bodies[1], "complaints_manager"),
    ):
        user = User.objects.create_user(f"{len(scenes)}@bench.example", name)
        Membership.objects.create(user=user, organisation=body, role=role)
        scenes[name] = accounts.viewer(user, body)
    return scenes


def make_cases(entries: int, bodies: list[Any], investigator_id: int) -> None:
    """The cases without their words, a few of them in the small body, and a few for the investigator."""
    from heed.cases.models import Case
    from heed.feedback.models import Feedback

    step = entries // FEW
    for first in range(0, entries, 2_000):
        numbers = range(first, min(first + 2_000, entries))
        made = Feedback.objects.bulk_create(
            Feedback(
                organisation=bodies[number % step == 1], kind="complaint", channel="web", reference=f"BR-{number:06}",
                received_at=AT, recorded_at=AT,
            )
            for number in numbers
        )  # fmt: skip
        Case.objects.bulk_create(
            Case(
                feedback=feedback, organisation_id=feedback.organisation_id, reference=feedback.reference, kind="complaint",
                procedure="nhs-2009", nation="england", received_at=AT,
                investigator_id=investigator_id if number % step == 2 else None,
            )
            for number, feedback in zip(numbers, made, strict=True)
        )  # fmt: skip


def measure(scenes: dict[str, Any]) -> tuple[list[dict[str, Any]], bool]:
    """A line for each query and viewer, and whether every answer was right."""
    from heed.cases.models import Case
    from heed.search import queries
    from heed.search.language import parse
    from heed.search.rows import prepare

    rows = scenes.pop("rows")
    terms = [(row.object_id, prepare(row).terms) for row in rows]
    lines, is_right = [], True
    for name, query in QUERIES.items():
        clauses = parse(query).clauses
        hits = [object_id for object_id, words in terms if all(clause.holds(words) for clause in clauses)]
        for scene, viewer in scenes.items():
            visible = Case.objects.visible_to(viewer).values("pk")
            seen = set(visible.values_list("pk", flat=True))
            expected = [object_id for object_id in hits if object_id in seen]
            times, processor = [], []
            for turn in range(WARM + TIMES):
                began, worked = time.perf_counter(), time.process_time()
                result = queries.search(
                    query=query, kind="case", visible=visible, organisation_id=viewer.organisation_id
                )
                if turn >= WARM:
                    times.append((time.perf_counter() - began) * 1000)
                    processor.append((time.process_time() - worked) * 1000)
            right = set(result.ids) == set(expected[-1000:]) and result.capped == (len(expected) > 1000)
            is_right &= right
            times.sort()
            lines.append(
                {"query": name, "sees": scene, "hits": len(expected), "p50_ms": round(statistics.median(times), 1),
                 "p95_ms": round(times[int(len(times) * 0.95) - 1], 1), "cpu_ms": round(statistics.median(processor), 1),
                 "right": right}
            )  # fmt: skip
    return lines, is_right


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="heed-bench-")))
        os.environ |= {"HEED_DATA": str(folder), "HEED_DEMO": "0", "DJANGO_SETTINGS_MODULE": "heed.config.settings"}
        os.environ["DATABASE_URL"] = f"sqlite:///{folder / 'heed.sqlite3'}"
        if options.database == "postgresql":
            from heed.config.postgres import TemporaryServer

            os.environ["DATABASE_URL"] = stack.enter_context(TemporaryServer(durable=True)).url
        import django
        from django.core.management import call_command
        from django.db import connection

        django.setup()
        call_command("migrate", verbosity=0)
        (seconds, processor), scenes = fill(options.entries)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")  # as autovacuum does soon after so many new rows
        lines, is_right = measure(scenes)
        connection.close()
    if options.json:
        figures = {"index_s": round(seconds, 1), "index_cpu_s": round(processor, 1), "searches": lines}
        print(json.dumps({**vars(options), **figures}))
    else:
        tell(options, seconds, processor, lines)
    return not is_right


def tell(options: argparse.Namespace, seconds: float, processor: float, lines: list[dict[str, Any]]) -> None:
    """The figures for a person at the terminal."""
    print(f"{options.database}: {options.entries} entries indexed in {seconds:.1f} s ({processor:.1f} s of processor)")
    for line in lines:
        print(
            "{query:28} {sees:16} {hits:7} hits  p50 {p50_ms:7} ms  p95 {p95_ms:7} ms  processor {cpu_ms:7} ms".format(
                **line
            ),
            "" if line["right"] else "WRONG",
        )


if __name__ == "__main__":
    sys.exit(main())
