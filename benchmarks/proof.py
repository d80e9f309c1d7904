"""How quick the pages of "did it work?" stay with 5,000 answered actions: `python benchmarks/proof.py [ACTIONS] [ROUNDS]`.

One action is promised, done, checked and answered as in life; the others are copies of it and of its answer. Prints the number
of queries, the median and the 95th percentile in milliseconds, as somebody who sees all and as the manager of a service."""

import sys
from datetime import timedelta
from typing import Any

from library import BATCH, begin, measured

MANY = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
PAGES = {
    "what worked": "what-worked/",
    "what worked, a later page": "what-worked/?after={moment}_{middle}",
    "what worked, real falls": "what-worked/?verdict=fall",
    "too early": "what-worked/?verdict=early",
    "did it work?": "{action}/did-it-work/",
}


def fill() -> Any:
    """A scene with the answered action and its copies; what else the pages need is made as its tests make it."""
    from django.db import transaction
    from tests import factories
    from tests.insight.proofs import NOW, fallen, scene

    from heed.insight.actions.proof import ask
    from heed.insight.models import Verdict
    from heed.learning.models import Action, Aim

    made = scene()
    made.aim()
    fallen(made.body)
    answer = ask(action_id=made.action.pk, by=factories.actor(made.manager, made.body), at=NOW)

    def columns(row: Any) -> dict[str, Any]:
        return {
            field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key
        }

    action, aim, kept = columns(Action.objects.get(pk=made.action.pk)), columns(Aim.objects.get()), columns(answer)
    for start in range(0, MANY - 1, BATCH):
        many = min(BATCH, MANY - 1 - start)
        with transaction.atomic():
            copies = Action.objects.bulk_create([Action(**action) for _ in range(many)])
            Aim.objects.bulk_create([Aim(**{**aim, "action_id": copy.pk}) for copy in copies])
            Verdict.objects.bulk_create(
                Verdict(
                    **{**kept, "action_id": copy.pk, "asked_at": kept["asked_at"] - timedelta(minutes=start + at),
                       "verdict": ("fall", "unclear", "rise", "early")[at % 4]}
                )
                for at, copy in enumerate(copies)
            )  # fmt: skip
    return made


def main() -> None:
    begin()
    from django.test import Client
    from tests import factories

    from heed.insight.models import Verdict

    made = fill()
    middle = Verdict.objects.order_by("-asked_at", "-pk")[MANY // 2]
    fields = {"action": made.action.pk, "moment": middle.asked_at.isoformat().replace("+", "%2B"), "middle": middle.pk}
    service = made.body.services.get(code="first")
    people = {
        "complaints_manager": made.manager,
        "service_manager": factories.person(made.body, "service_manager", service=service),
    }
    print(f"{MANY:,} answered actions; milliseconds")
    for role, person in people.items():
        client = Client(SERVER_NAME="localhost")
        client.force_login(person)
        for name, page in PAGES.items():
            queries, median, p95 = measured(client, f"/{made.body.code}/staff/actions/{page.format(**fields)}")
            print(f"{role:20} {name:28} {queries:3} queries  median {median:6.1f}  p95 {p95:6.1f}")


if __name__ == "__main__":
    main()
