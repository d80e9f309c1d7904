"""When the scene plays, and a way of doing things with one action."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from tests import factories

from heed.accounts.models import User
from heed.learning.models import Action
from heed.organisations.models import Organisation

AT = timezone.make_aware(datetime(2026, 5, 20, 10, 0))
JUNE_1, JUNE_30, JULY_7 = date(2026, 6, 1), date(2026, 6, 30), date(2026, 7, 7)


def noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time())) + timedelta(hours=12)


class Doing:
    """Does things with one action as one person, always with the latest version unless another is given."""

    def __init__(self, action: Action, body: Organisation, person: User):
        self.pk, self.by = action.pk, factories.actor(person, body)

    def __call__(self, verb: Any, day: date, **words: Any) -> Any:
        version = words.pop("version", Action.objects.get(pk=self.pk).version)
        return verb(action_id=self.pk, by=self.by, at=noon(day), version=version, **words)
