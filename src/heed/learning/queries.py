"""Learning, read: on a case, as a list of actions, by the person, and by the public."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet

from heed.accounts import queries as accounts
from heed.accounts.permissions import Permission, Viewer
from heed.cases.models import Case, CaseEvent
from heed.documents.models import Attachment
from heed.learning import lifecycle, sentences
from heed.learning.models import Action, ActionEvent, LearningPoint, Publication

OPEN = ("promised", "started")


def for_case(case_id: int) -> list[LearningPoint]:
    """What was learned from a case, newest first, each with its actions, in three queries."""
    actions = Action.objects.select_related("owner", "publication").order_by("finish_on", "pk")
    points = LearningPoint.objects.filter(case_id=case_id).select_related("by", "issue", "service")
    return list(points.prefetch_related(Prefetch("actions", queryset=actions)))


def arising_from(kind: str, object_id: object) -> list[LearningPoint]:
    """What was learned from something that is no case, such as an early warning, newest first, each with its actions."""
    actions = Action.objects.select_related("owner").order_by("finish_on", "pk")
    points = LearningPoint.objects.filter(origin_kind=kind, origin_id=str(object_id)).select_related("by", "service")
    return list(points.prefetch_related(Prefetch("actions", queryset=actions)))


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


@dataclass(frozen=True)
class Change:
    """What the person behind a case reads of an action. `done_on` None while it is promised."""

    step: str
    finish_on: date
    done_on: date | None
    involvement: str


def for_person(case_id: int) -> list[Change]:
    """What changes because of a case, for the person themselves; nothing of it if they asked not to be told."""
    rows = Action.objects.filter(learning_point__case_id=case_id, not_told_reason="").order_by("finish_on", "pk")
    return [Change(row.step, row.finish_on, row.completed_on, row.involvement) for row in rows]


@dataclass(frozen=True)
class Published:
    """One public line: you said, we did. `service` is a name, "" for none."""

    you_said: str
    we_did: str
    service: str
    published_at: datetime


def published(organisation_id: int, limit: int = 20) -> list[Published]:
    """The public lines of an organisation, newest first."""
    rows = Publication.objects.filter(organisation_id=organisation_id, withdrawn_at=None).select_related("service")
    return [
        Published(row.you_said, row.we_did, row.service.name if row.service else "", row.published_at)
        for row in rows.order_by("-published_at", "-pk")[:limit]
    ]


def timeline_for_case(
    case_id: int, *, before: int | None = None, down_to: int | None = None
) -> list[tuple[datetime, str]]:
    """(instant, sentence) of all that was learned and promised because of a case, oldest first. With numbers of the
    case's own events: what was recorded before the one, and not before the other, to stand between them on a page."""
    points = LearningPoint.objects.filter(case_id=case_id).select_related("by")
    told = [(point.at, f"{point.by.name} recorded what was learned.") for point in points]
    events = ActionEvent.objects.filter(action__learning_point__case_id=case_id).order_by("at", "action", "number")
    # That the person was told stands in the case's own log, as the message that it was.
    rows = sentences.of_events(events.exclude(kind="person_told"))
    lines = sorted(told + [(row.at, row.sentence) for row in rows], key=lambda line: line[0])
    if not lines or (before, down_to) == (None, None):
        return lines
    bounds = dict(
        CaseEvent.objects.filter(case_id=case_id, number__in=[number for number in (before, down_to) if number])
        .values_list("number", "recorded_at")
    )  # fmt: skip
    first, last = bounds.get(down_to or 0), bounds.get(before or 0)
    return [line for line in lines if (first is None or line[0] >= first) and (last is None or line[0] < last)]
