"""Actions, read: as a list, on a page, and who may own and change them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from heed.accounts import queries as accounts
from heed.accounts.permissions import Permission, Viewer
from heed.cases.models import Case
from heed.correspondence import queries as correspondence
from heed.documents.models import Attachment
from heed.learning import lifecycle, owing, sentences
from heed.learning.links import PURPOSE
from heed.learning.models import Action, Dependency, LearningPoint

OPEN = lifecycle.OPEN
MOST_OFFERED = 300
UNSEEN = "another action, which you may not see"


def visible(viewer: Viewer) -> QuerySet[Action]:
    """The actions that the person may see."""
    return Action.objects.visible_to(viewer)


@dataclass(frozen=True)
class Line:
    """An action in a list. `next_on` is the soonest day that it owes something, `next_what` what that is. `waits_for`: the
    steps of those that it waits for; of one that the person does not see, only that there is one."""

    action: Action
    next_on: date | None
    next_what: str
    waits_for: list[str]


def in_list(viewer: Viewer, *, mine: bool, state: str = "open") -> QuerySet[Action]:
    """Actions that the person may see: their own or all. One's own are those that one owns, and those that one owes
    something of.

    `state`: "open" (something is owed: to do it, or to look at it), "completed" or "all"."""
    actions = visible(viewer)
    if mine:
        actions = actions.filter(_own(viewer))
    if state == "open":
        actions = actions.filter(owed_on__isnull=False)
    elif state == "completed":
        actions = actions.filter(state="completed")
    return actions


def _own(viewer: Viewer) -> Q:
    return Q(owner_id=viewer.person_id) | Q(owed_by_id=viewer.person_id)


def listed(viewer: Viewer, *, mine: bool, state: str = "open", limit: int = 200) -> list[Line]:
    """The first of a list, with what each owes next: what is overdue the longest first, what owes nothing last."""
    soonest = F("owed_on").asc(nulls_last=True)
    return lines(
        viewer, in_list(viewer, mine=mine, state=state).order_by(soonest, "pk").values_list("pk", flat=True)[:limit]
    )


def lines(viewer: Viewer, ids: Iterable[int]) -> list[Line]:
    """The lines of actions that are known to be visible, in the order of these keys: two queries, however many they are. The
    page is chosen by its keys alone, so that joins are made for the few that are shown."""
    wanted = list(ids)
    found = {line.action.pk: line for line in _lines(viewer, Action.objects.filter(pk__in=wanted))}
    return [found[pk] for pk in wanted if pk in found]


def of_ids(viewer: Viewer, ids: Iterable[int]) -> list[Line]:
    """Of these actions, those that the person may see, with what each owes next."""
    return _lines(viewer, visible(viewer).filter(pk__in=list(ids)).order_by("finish_on", "pk"))


def _lines(viewer: Viewer, actions: QuerySet[Action]) -> list[Line]:
    rows = list(actions.select_related("owner", "outside_owner", "service", "learning_point"))
    waiting: dict[int, list[str]] = {}
    found = Dependency.objects.filter(action_id__in=[row.pk for row in rows]).exclude(waits_for__state="completed")
    found = found.annotate(seen=Exists(visible(viewer).filter(pk=OuterRef("waits_for_id"))))
    for action_id, step, seen in found.values_list("action_id", "waits_for__step", "seen"):
        waiting.setdefault(action_id, []).append(step if seen else UNSEEN)
    return [Line(row, *owed(row), waiting.get(row.pk, [])) for row in rows]


def counts(viewer: Viewer) -> dict[tuple[bool, str], int]:
    """How many actions are in each list, by (only one's own, open or completed), counted in one query."""
    is_open, is_completed, own = Q(owed_on__isnull=False), Q(state="completed"), _own(viewer)
    found = visible(viewer).aggregate(
        all_open=Count("pk", filter=is_open), all_completed=Count("pk", filter=is_completed),
        own_open=Count("pk", filter=own & is_open), own_completed=Count("pk", filter=own & is_completed),
    )  # fmt: skip
    return {
        (mine, state): found[f"{'own' if mine else 'all'}_{state}"]
        for mine in (True, False)
        for state in ("open", "completed")
    }


def owed(action: Action) -> tuple[date | None, str]:
    """The soonest day on which the action owes something, and what, in words; (None, "") when nothing is owed any more."""
    return action.owed_on, owing.WORDS.get(action.owed_what, "")


def detail(viewer: Viewer, action_id: int) -> Action | None:
    """One action with all that its page shows, None when the person may not see it."""
    return (
        visible(viewer)
        .select_related(
            "organisation", "service", "owner", "outside_owner", "done_by", "by", "learning_point__by",
            "learning_point__issue",
            "learning_point__case__organisation",
        )
        .prefetch_related(
            "checks__by", "checks__outside", "files__attachment__blob", "waits_for__waits_for", "lets_go_on__action"
        )
        .filter(pk=action_id)
        .first()
    )  # fmt: skip


def history(action: Action, viewer: Viewer | None = None) -> list[sentences.Entry]:
    """What happened to an action, newest first, with the steps of those other actions alone that the person sees."""
    seen = visible(viewer) if viewer else Action.objects.none()
    return sentences.of_events(action.events.order_by("-number"), seen)


@dataclass(frozen=True)
class Beside:
    """The actions that one waits for, and those that wait for it, as far as the person sees them; and how many more."""

    waits_for: list[Action]
    unseen: int
    lets_go_on: list[Action]


def beside(viewer: Viewer, action: Action) -> Beside:
    """What one of `detail` waits for, and what waits for it."""
    before, after = [row.waits_for for row in action.waits_for.all()], [row.action for row in action.lets_go_on.all()]
    ids = {other.pk for other in (*before, *after)}
    seen = set(visible(viewer).filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()
    shown = [other for other in before if other.pk in seen]
    return Beside(shown, len(before) - len(shown), [other for other in after if other.pk in seen])


def reads_point(viewer: Viewer, action: Action) -> bool:
    """Whether the person reads what the action comes of: who only carries it out reads what was checked to name nobody."""
    point = action.learning_point
    return point.is_shared or LearningPoint.objects.visible_to(viewer).filter(pk=point.pk).exists()


def may_work_on(viewer: Viewer, action: Action) -> bool:
    """Whether the person may start, complete and check it: its owner, and whoever may promise actions and sees it."""
    owns = action.owner_id == viewer.person_id and viewer.may(Permission.DO_ACTIONS)
    return owns or viewer.may(Permission.RECORD_LEARNING)


def may_check(viewer: Viewer, action: Action) -> bool:
    """Whether the person may check that it was done: never who did it or owns it."""
    if viewer.person_id in (action.owner_id, action.done_by_id):
        return False
    return viewer.may(Permission.RECORD_LEARNING)


def may_see_case(viewer: Viewer, action: Action) -> bool:
    """Whether the action's page may lead to its case. Who only carries it out does not see whose words led to it."""
    if action.learning_point.case_id is None:
        return False
    return Case.objects.visible_to(viewer).filter(pk=action.learning_point.case_id).exists()


def possible_owners(organisation_id: int, service_id: int | None, case_ids: Collection[int]) -> list[tuple[int, str]]:
    """(primary key, name with job title) of who may own an action of a service, by name; nobody complained about in
    the cases that it comes of."""
    people = accounts.people_who_may(Permission.DO_ACTIONS, organisation_id, service_id)
    people = people.exclude(complained_about_in__case_id__in=case_ids).order_by("name_folded", "pk")
    return [(person.pk, ", ".join(part for part in (person.name, person.job_title) if part)) for person in people]


def may_wait_for(viewer: Viewer, action: Action) -> list[tuple[int, str]]:
    """(primary key, step) of the actions that this one could wait for: those still to be done that the person may see."""
    rows = visible(viewer).filter(state__in=OPEN).exclude(pk=action.pk).exclude(lets_go_on__action=action)
    return list(rows.order_by("finish_on", "pk").values_list("pk", "step")[:MOST_OFFERED])


def told_at_once(action_id: int, *, since: int) -> bool:
    """Whether the person was told by the change that followed this version of the action."""
    action = Action.objects.get(pk=action_id)
    last = action.events.order_by("-number").first()
    return action.version == since + 1 and last is not None and last.kind == "person_told"


def version_of(action_id: int) -> int:
    return Action.objects.values_list("version", flat=True).get(pk=action_id)


def evidence_file(action: Action, token: str) -> Attachment | None:
    """One of the files that show that the action was done."""
    return next((file.attachment for file in action.files.all() if file.attachment.token == token), None)


def links_of(action: Action) -> list[Any]:
    """The links that the owners without an account were sent, newest first."""
    return correspondence.links_of(PURPOSE, action.pk)


def for_owner(action_id: int) -> Action:
    """The action behind an owner's link, with what its page shows."""
    found = Action.objects.select_related("outside_owner", "organisation")
    return found.prefetch_related("checks", "waits_for__waits_for").get(pk=action_id)
