"""Actions, read: as a list, on a page, and who may own and change them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from heed.accounts import queries as accounts
from heed.accounts.permissions import Permission, Viewer
from heed.cases.models import Case
from heed.documents.models import Attachment
from heed.learning import lifecycle, sentences
from heed.learning.models import Action

OPEN = ("promised", "started")


def visible(viewer: Viewer) -> QuerySet[Action]:
    """The actions that the person may see."""
    return Action.objects.visible_to(viewer)


@dataclass(frozen=True)
class Line:
    """An action in a list. `next_on` is the soonest day that it owes something, `next_what` what that is."""

    action: Action
    next_on: date | None
    next_what: str


def listed(viewer: Viewer, *, mine: bool, state: str = "open", limit: int = 200) -> list[Line]:
    """Actions that the person may see: their own or all, with what each owes next; soonest first.

    `state`: "open" (promised or started), "completed" or "all"."""
    actions = visible(viewer).select_related("owner", "service", "learning_point").prefetch_related("checks")
    if mine:
        actions = actions.filter(owner_id=viewer.person_id)
    if state == "open":
        actions = actions.filter(state__in=OPEN)
    elif state == "completed":
        actions = actions.filter(state="completed")
    lines = [Line(action, *owed(action)) for action in actions.order_by("finish_on", "pk")[:limit]]
    return sorted(lines, key=lambda line: (line.next_on is None, line.next_on or date.max, line.action.pk))


def of_ids(viewer: Viewer, ids: Iterable[int]) -> list[Line]:
    """Of these actions, those that the person may see, with what each owes next."""
    found = visible(viewer).select_related("owner", "service", "learning_point").prefetch_related("checks")
    return [Line(action, *owed(action)) for action in found.filter(pk__in=list(ids)).order_by("finish_on", "pk")]


def counts(viewer: Viewer) -> dict[tuple[bool, str], int]:
    """How many actions are in each list, by (only one's own, open or completed)."""
    rows = visible(viewer).values_list("owner_id", "state")
    found = {(mine, state): 0 for mine in (True, False) for state in ("open", "completed")}
    for owner_id, state in rows:
        key = "open" if state in OPEN else "completed"
        found[False, key] += 1
        found[True, key] += owner_id == viewer.person_id
    return found


def owed(action: Action) -> tuple[date | None, str]:
    """The soonest day on which the action owes something, and what: the next check that has not been made, the start or
    the finish. (None, "") when nothing is owed any more."""
    settled = {check.kind for check in action.checks.all() if check.worked}
    wanted = {"completion", "maintenance", "impact"} if action.state == "completed" else {"progress"}
    owing = [
        (getattr(action, f"{kind}_check_on"), f"Check {lifecycle.CHECKS[kind].name.lower()}")
        for kind in wanted - settled
    ]
    if action.state == "promised":
        owing.append((action.start_on, "Start"))
    if action.state in OPEN:
        owing.append((action.finish_on, "Complete"))
    return min(owing, default=(None, ""))


def detail(viewer: Viewer, action_id: int) -> Action | None:
    """One action with all that its page shows, None when the person may not see it."""
    return (
        visible(viewer)
        .select_related(
            "organisation", "service", "owner", "by", "publication__by", "learning_point__by", "learning_point__issue",
            "learning_point__case__organisation",
        )
        .prefetch_related("checks__by", "files__attachment__blob")
        .filter(pk=action_id)
        .first()
    )  # fmt: skip


def history(action: Action) -> list[sentences.Entry]:
    """What happened to an action, newest first."""
    return sentences.history(action, action.events.order_by("-number"))


def may_work_on(viewer: Viewer, action: Action) -> bool:
    """Whether the person may start, complete and check it: its owner, and whoever may promise actions and sees it."""
    owns = action.owner_id == viewer.person_id and viewer.may(Permission.DO_ACTIONS)
    return owns or viewer.may(Permission.RECORD_LEARNING)


def may_see_case(viewer: Viewer, action: Action) -> bool:
    """Whether the action's page may lead to its case. Who only carries it out does not see whose words led to it."""
    if action.learning_point.case_id is None:
        return False
    return Case.objects.visible_to(viewer).filter(pk=action.learning_point.case_id).exists()


def possible_owners(organisation_id: int, service_id: int | None, case_id: int | None) -> list[tuple[int, str]]:
    """(primary key, name with job title) of who may own an action of a service, by name; nobody complained about."""
    people = accounts.people_who_may(Permission.DO_ACTIONS, organisation_id, service_id)
    if case_id is not None:
        people = people.exclude(complained_about_in__case_id=case_id)
    people = people.order_by("name_folded", "pk")
    return [(person.pk, ", ".join(part for part in (person.name, person.job_title) if part)) for person in people]


def version_of(action_id: int) -> int:
    return Action.objects.values_list("version", flat=True).get(pk=action_id)


def evidence_file(action: Action, token: str) -> Attachment | None:
    """One of the files that show that the action was done."""
    return next((file.attachment for file in action.files.all() if file.attachment.token == token), None)
