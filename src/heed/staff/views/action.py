"""The actions that were promised: the list, and an action's page with all that can be done with it."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from heed.accounts.permissions import Permission
from heed.design.components import Link
from heed.documents.serving import attachment_response
from heed.insight.queries import proofs
from heed.learning import actions as learning
from heed.learning import lifecycle, queries
from heed.learning.queries import aims, pieces
from heed.staff import paging
from heed.staff.forms import learning as forms
from heed.staff.navigation import WRITES_PIECES
from heed.staff.scope import StaffRequest, member

WORKS = (Permission.RECORD_LEARNING, Permission.DO_ACTIONS)
SEES = (*WORKS, Permission.PUBLISH)
STATES = {"open": "To do", "completed": "Completed"}


@member(*SEES)
@require_safe
def actions(request: StaffRequest, org: str) -> HttpResponse:
    """Promised actions, what is overdue the longest first: one's own, or all that one may see. Whoever has none of their
    own to do begins with all."""
    viewer = request.viewer
    counts = queries.counts(viewer)
    state = request.GET.get("state", "open")
    state = state if state in STATES else "open"
    mine = request.GET.get("whose", "mine" if counts[True, state] else "all") == "mine"
    by = "owed_on" if state == "open" else "completed_on"
    rows = queries.in_list(viewer, mine=mine, state=state).values("pk", by)
    page = paging.page(rows, by, request.GET, newest_first=state == "completed")
    context = {
        "lines": queries.lines(viewer, (row["pk"] for row in page.rows)), "page": page,
        "whose": [_link("Mine", "mine", state, mine, counts[True, state]),
                  _link("All that I may see", "all", state, not mine, counts[False, state])],
        "states": [_link(label, "mine" if mine else "all", key, key == state, counts[mine, key])
                   for key, label in STATES.items()],
        "elsewhere": _elsewhere(counts, (mine, state)), "mine": mine, "state": state, "today": timezone.localdate(),
    }  # fmt: skip
    return render(request, "staff/learning/actions.html", context)


def _link(label: str, whose: str, state: str, current: bool, count: int) -> Link:
    return Link(label, f"?whose={whose}&state={state}", current=current, count=count)


def _elsewhere(counts: dict[tuple[bool, str], int], here: tuple[bool, str]) -> list[Link]:
    """The lists that have something, for whoever looks at one that has nothing."""
    named = {
        (True, "open"): "Yours, to do", (True, "completed"): "Yours, completed",
        (False, "open"): "All to do that you may see", (False, "completed"): "All completed that you may see",
    }  # fmt: skip
    return [
        _link(label, "mine" if mine else "all", state, False, counts[mine, state])
        for (mine, state), label in named.items()
        if counts[mine, state] and (mine, state) != here
    ]


def get_action(request: StaffRequest, action_id: int) -> Any:
    """The action, if the person may see it; else 404, as if it were not there."""
    found = queries.detail(request.viewer, action_id)
    if found is None:
        raise Http404
    return found


def _mine_to_change(request: StaffRequest, action_id: int) -> Any:
    found = get_action(request, action_id)
    if not queries.may_work_on(request.viewer, found):
        raise Http404
    return found


@member(*SEES)
@require_safe
def action(request: StaffRequest, org: str, action_id: int) -> HttpResponse:
    """One action: what is promised, where it stands, what happened."""
    found = get_action(request, action_id)
    context = {
        "action": found,
        "owed": queries.owed(found),
        "checks": [(check, getattr(found, f"{check.kind}_check"), getattr(found, f"{check.kind}_check_on"),
                    check.kind in _checks_now(request, found)) for check in lifecycle.CHECKS.values()],
        "beside": queries.beside(request.viewer, found),
        "reads_point": queries.reads_point(request.viewer, found),
        "files": list(found.files.all()),
        "links": queries.links_of(found) if found.outside_owner else [],
        "now": timezone.now(),
        "results": list(found.checks.all()),
        "slipped": next((check for check in found.checks.all() if check.at == found.reopened_at), None),
        "history": queries.history(found, request.viewer),
        "told": pieces.of_action(request.viewer, found.pk),
        "aim": aims.aim_of(action_id),
        "today": timezone.localdate(),
        **_may(request, found),
    }  # fmt: skip
    context["aim_first"] = context["may_learn"] and context["aim"] is None and found.state == "promised"
    return render(request, "staff/learning/action.html", context)


def _may(request: StaffRequest, found: Any) -> dict[str, bool]:
    """What the person may do on the page of an action."""
    viewer = request.viewer
    return {
        "may_check": found.state == "done" and queries.may_check(viewer, found),
        "may_work": queries.may_work_on(viewer, found),
        "may_learn": viewer.may(Permission.RECORD_LEARNING),
        "may_write": any(viewer.may(permission) for permission in WRITES_PIECES),
        "may_see_case": queries.may_see_case(viewer, found),
    }


def take_step(request: StaffRequest, found: Any, form: Any, apply: Any, done: str, **page: Any) -> HttpResponse:
    """Draw a form of an action, or do what it asks and go back to the action."""
    if form.apply(apply):
        told = queries.told_at_once(found.pk, since=found.version)
        messages.success(request, f"{done} The person is told." if told else done)
        return redirect("action", found.organisation.code, found.pk)
    return render(request, "staff/learning/step.html", {"action": found, "form": form, **page})


@member(*WORKS)
def start(request: StaffRequest, org: str, action_id: int) -> HttpResponse:
    """It has begun."""
    found = _mine_to_change(request, action_id)
    form = forms.StartForm.of(request, action=found, initial={"started_on": timezone.localdate()})
    aim_first = request.viewer.may(Permission.RECORD_LEARNING) and aims.aim_of(action_id) is None
    page = {"title": "Start the action", "button": "It has started", "aim_first": aim_first}
    return take_step(request, found, form, learning.start, "It is started.", **page)


def _checks_now(request: StaffRequest, found: Any) -> list[str]:
    """The kinds of check that the person can make as the action stands."""
    kinds = [kind for kind, check in lifecycle.CHECKS.items() if found.state in check.states]
    return [kind for kind in kinds if kind != "completion" or queries.may_check(request.viewer, found)]


@member(*WORKS)
def done(request: StaffRequest, org: str, action_id: int) -> HttpResponse:
    """It is done, with evidence; somebody else checks it."""
    found = _mine_to_change(request, action_id)
    form = forms.DoneForm.of(request, action=found, initial={"done_on": timezone.localdate()})
    said = "It is shown to be done. Somebody else checks it now, and completes it."
    return take_step(request, found, form, learning.show_done, said, title="Show that it is done", button="It is done")


@member(*WORKS)
def check(request: StaffRequest, org: str, action_id: int) -> HttpResponse:
    """What a check found."""
    found = _mine_to_change(request, action_id)
    offered = [kind for kind in _checks_now(request, found) if kind != "progress"]
    if not offered:
        return redirect("action", org, action_id)
    asked = request.GET.get("kind", "")
    kind = asked if asked in offered else offered[0] if len(offered) == 1 else ""
    begin = {"kind": kind, "done_on": timezone.localdate()}
    form, evidence = (
        forms.CheckForm.of(request, action=found, offered=offered, initial=begin),
        proofs.evidence(action_id),
    )
    said, record = "What the check found is recorded.", partial(learning.record_check, evidence=evidence)
    page = {"title": "Record a check", "button": "Record the check", "evidence": evidence}
    return take_step(request, found, form, record, said, **page)


@member(*WORKS)
def progress(request: StaffRequest, org: str, action_id: int) -> HttpResponse:
    """How it goes."""
    found = _mine_to_change(request, action_id)
    form = forms.ProgressForm.of(request, action=found, initial={"done_on": timezone.localdate()})
    said = "The review is recorded."
    return take_step(
        request, found, form, learning.record_check, said, title="Review progress", button="Record the review"
    )


@member(*WORKS)
def cannot(request: StaffRequest, org: str, action_id: int) -> HttpResponse:
    """The owner cannot do it."""
    found = _mine_to_change(request, action_id)
    form = forms.CannotForm.of(request, action=found)
    said = "Whoever promised it is asked to help, or to give it to somebody else."
    title = "Say that it cannot be done"
    return take_step(request, found, form, learning.cannot, said, title=title, button="Say so")


@member(Permission.RECORD_LEARNING)
def wait(request: StaffRequest, org: str, action_id: int) -> HttpResponse:
    """It waits for another action."""
    found = get_action(request, action_id)
    form = forms.WaitForm.of(request, action=found, others=queries.may_wait_for(request.viewer, found))
    said = "It waits for that action."
    return take_step(request, found, form, learning.wait_for, said, title="Wait for another action", button="It waits")


@member(Permission.RECORD_LEARNING)
def go_on(request: StaffRequest, org: str, action_id: int, other_id: int) -> HttpResponse:
    """It no longer waits for the other."""
    found = get_action(request, action_id)
    form = forms.GoOnForm.of(request, action=found)
    said = "It no longer waits for that action."
    return take_step(
        request, found, form, partial(learning.wait_no_more, waits_for=other_id), said,
        title="No longer wait for the other action", button="It no longer waits",
    )  # fmt: skip


@member(Permission.RECORD_LEARNING)
def dates(request: StaffRequest, org: str, action_id: int) -> HttpResponse:
    """Other days, with the reason."""
    found = get_action(request, action_id)
    form = forms.DatesForm.of(request, action=found)
    done = "The days are changed."
    return take_step(
        request, found, form, learning.change_dates, done, title="Change the days", button="Change the days"
    )


@member(*SEES)
@require_safe
def evidence_file(request: StaffRequest, org: str, action_id: int, token: str) -> Any:
    """A file that shows that the action was done, for whoever may see the action."""
    attachment = queries.evidence_file(get_action(request, action_id), token)
    if attachment is None:
        raise Http404
    return attachment_response(attachment)
