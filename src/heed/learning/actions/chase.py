"""Remind whoever owes something of an action, then their manager: by e-mail, with counts and a link only, once for each
step and at most one e-mail a person a day (R157, R164)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction

from heed.accounts import queries as accounts
from heed.accounts.models import User
from heed.audit.actor import Actor
from heed.correspondence import actions as correspondence
from heed.design import words
from heed.learning.actions.log import Change
from heed.learning.actions.own import ask_owner
from heed.learning.models import Action, ActionEvent, LearningPoint, OutsideOwner, ReaderThread, Reminder
from heed.organisations import chasing
from heed.organisations.models import Organisation

MANAGER, OF_SERVICE, GO_ON = "complaints_manager", "service_manager", "go_on"
NEWS = timedelta(days=7)  # how long it is news that an action can go on
Reader = User | OutsideOwner


@dataclass(frozen=True)
class Due:
    """Something to remind one reader of. `is_late`: the day has passed; `of_others`: it is owed by somebody whom they
    manage."""

    action: Action
    owed_on: date
    what: str
    step: str
    is_late: bool = False
    of_others: bool = False

    @property
    def key(self) -> tuple[int, date, str, str]:
        return self.action.pk, self.owed_on, self.what, self.step


@transaction.atomic
def chase(*, organisation: Organisation, on: date, by: Actor, at: datetime) -> int:
    """Remind everybody of the organisation whom something is owed by; how many e-mails were queued. Run again on the same day
    it reminds nobody twice; what a reader was not told because they had an e-mail that day, they are told on the next."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    told: dict[Reader, list[Due]] = defaultdict(list)
    for reader, due in (*_owed(organisation, on), *_can_go_on(organisation, at)):
        told[reader].append(due)
    known = _known(organisation, told)
    return sum(_remind(organisation, reader, dues, known, on, by, at) for reader, dues in told.items())


def _owed(organisation: Organisation, on: date) -> Iterator[tuple[Reader, Due]]:
    ladder = chasing.load()
    due = Action.objects.filter(organisation=organisation, owed_on__lte=on - timedelta(days=ladder.first_day))
    actions = list(due.select_related("owed_by", "outside_owner", "organisation").order_by("owed_on", "pk"))
    managers = _Managers(organisation, actions)
    for action in actions:
        if action.owed_on is None or (step := ladder.reached((on - action.owed_on).days)) is None:
            continue
        is_manager = step.to == "manager"
        for reader in managers.of(action) if is_manager else managers.owing(action):
            yield reader, Due(action, action.owed_on, action.owed_what, step.key, action.owed_on < on, is_manager)


def _can_go_on(organisation: Organisation, at: datetime) -> Iterator[tuple[Reader, Due]]:
    """Actions that waited, and wait no more."""
    events = ActionEvent.objects.filter(
        kind="may_go_on", at__gt=at - NEWS, action__organisation=organisation, action__state__in=("promised", "started")
    )
    for event in events.select_related("action__owner", "action__outside_owner", "action__organisation"):
        reader = event.action.owner or event.action.outside_owner
        if reader is not None:
            yield reader, Due(event.action, event.at.date(), GO_ON, GO_ON)


class _Managers:
    """Who owes what, and who is told when they do not do it; nobody who is complained about in a case that it comes of (R255)."""

    def __init__(self, organisation: Organisation, actions: Iterable[Action]):
        self.organisation = organisation
        self.everybody = list(accounts.people_in_role(MANAGER, organisation.pk)) if actions else []
        self.by_service: dict[int, list[User]] = {}
        points = LearningPoint.objects.filter(pk__in={action.learning_point_id for action in actions})
        self.against = points.complained_about()

    def owing(self, action: Action) -> list[Reader]:
        """Whoever owes it: one person, the owner without an account, or any manager of complaints."""
        if action.owed_by:
            return list(self._fit(action, [action.owed_by]))
        if action.outside_owner and action.owed_what in ("start", "progress", "finish"):
            return [action.outside_owner]
        return list(self._fit(action, self.everybody))

    def of(self, action: Action) -> list[Reader]:
        """The managers of the service, or of complaints where it has none but the one who owes it."""
        service_id = action.service_id
        if service_id and service_id not in self.by_service:
            self.by_service[service_id] = list(accounts.people_in_role(OF_SERVICE, self.organisation.pk, service_id))
        above = [person for person in self.by_service.get(service_id or 0, []) if person.pk != action.owed_by_id]
        return list(self._fit(action, above or self.everybody))

    def _fit(self, action: Action, people: Iterable[User]) -> Iterator[User]:
        return (
            person for person in people
            if person.is_active and (action.learning_point_id, person.pk) not in self.against
        )  # fmt: skip


def _known(organisation: Organisation, told: dict[Reader, list[Due]]) -> dict[Reader, set[tuple[int, date, str, str]]]:
    """What each was reminded of before, by the key of Due."""
    ids = {due.action.pk for dues in told.values() for due in dues}
    rows = Reminder.objects.filter(action__organisation=organisation, action_id__in=ids).select_related(
        "person", "outside"
    )
    known: dict[Reader, set[tuple[int, date, str, str]]] = defaultdict(set)
    for row in rows:
        reader = row.person or row.outside
        if reader is not None:
            known[reader].add((row.action_id, row.owed_on, row.owed_what, row.step))
    return known


def _remind(
    organisation: Organisation, reader: Reader, dues: list[Due], known: dict[Reader, set[tuple[int, date, str, str]]],
    on: date, by: Actor, at: datetime,
) -> int:  # fmt: skip
    new = [due for due in dues if due.key not in known[reader]]
    if not new or _had_one(reader, on):
        return 0
    if isinstance(reader, OutsideOwner):
        new = new[:1]  # each has a link of its own, so each has its own day
        ask_owner(change := Change(new[0].action, by, at))
        change.finish()
        made = True
    else:
        fields = _fields(organisation, new)
        thread = correspondence.staff_thread(
            ReaderThread.objects.all(), organisation=organisation, person=reader, by=by, at=at
        )
        made = correspondence.notify(thread=thread, letter="actions_due", fields=fields, by=by, at=at) is not None
    person, outside = (None, reader) if isinstance(reader, OutsideOwner) else (reader, None)
    Reminder.objects.bulk_create(
        [
            Reminder(
                action=due.action, owed_on=due.owed_on, owed_what=due.what, step=due.step, person=person, outside=outside,
                on=on,
            )
            for due in new
        ]
    )  # fmt: skip
    return int(made)


def _had_one(reader: Reader, on: date) -> bool:
    """Whether they had such an e-mail today. People without an account are known by their address."""
    if isinstance(reader, OutsideOwner):
        return Reminder.objects.filter(outside__email__iexact=reader.email, on=on).exists()
    return Reminder.objects.filter(person=reader, on=on).exists()


def _fields(organisation: Organisation, dues: list[Due]) -> dict[str, str | date | None]:
    late = sum(due.is_late and not due.of_others for due in dues)
    others, go_on = sum(due.of_others for due in dues), sum(due.what == GO_ON for due in dues)
    return {
        "count": f"{words.count(len(dues), 'action needs', 'actions need')} you",
        "overdue": f"{words.count(late, 'of them is', 'of them are')} overdue" if late else "",
        "others": f"{words.count(others, 'of them has', 'of them have')} been overdue for long with somebody else: ask them "
        "what is in the way" if others else "",
        "go_on": f"{words.count(go_on, 'action', 'actions')} can go on: what was waited for is done" if go_on else "",
        "page": f"{settings.PUBLIC_ADDRESS}/{organisation.code}/staff/actions/",
    }  # fmt: skip
