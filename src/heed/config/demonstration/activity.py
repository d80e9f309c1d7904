"""How much the organisations of the demonstration do, so that their rates and comparisons say something."""

from datetime import date, datetime
from random import Random
from typing import Any

from django.utils import timezone

from heed.audit.actor import system
from heed.config.demonstration.places import read
from heed.insight.periods import whole_months
from heed.organisations import actions
from heed.organisations.models import Organisation

# A little more in winter, a little less when people are away.
BY_MONTH = (1.06, 1.02, 1.04, 0.98, 0.99, 1.0, 0.97, 0.9, 1.02, 1.04, 1.03, 0.93)


def tell(now: datetime, *, months: int, scale: float = 1.0) -> None:
    """Numbers for so many whole months before `now`, in all organisations of `demo/activity.toml`, once. scale: of every
    number, where there are more cases than the demonstration has."""
    period = whole_months(months, timezone.localdate(now)).months
    for code, entry in read("activity.toml").items():
        organisation = Organisation.objects.get(code=code)
        by = system("demo", code)
        organisation = actions.choose_activity(organisation=organisation, kind=entry["kind"], by=by, at=now)
        actions.enter_activity(
            organisation=organisation, cells=_cells(code, entry["services"], period, scale), source=entry["source"],
            way="brought_in", version=0, by=by, at=now,
        )  # fmt: skip


def _cells(
    organisation: str, services: list[dict[str, Any]], period: tuple[date, ...], scale: float
) -> dict[tuple[str, date], int | None]:
    chance = Random(organisation)
    return {
        (service["code"], month): round(
            service["number"] * scale * BY_MONTH[month.month - 1] * chance.uniform(0.96, 1.04)
        )
        for service in services
        for month in period[-service.get("since", len(period)) :]
    }
