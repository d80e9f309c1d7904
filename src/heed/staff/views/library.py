"""The library of what was learned: find it, read it, learn it again, say it better, link it, and take it up elsewhere."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from heed.accounts.permissions import Permission
from heed.feedback import queries as feedback
from heed.learning import actions
from heed.learning import queries as learning
from heed.learning.actions import shelve
from heed.learning.promises import beginning, who
from heed.learning.queries import analyses
from heed.learning.queries import library as queries
from heed.staff import learning_page, library_filters, paging
from heed.staff.forms import lessons as forms
from heed.staff.forms.warnings import PromiseForm
from heed.staff.navigation import SEES_PIECES
from heed.staff.scope import StaffRequest, member

LEARN = Permission.RECORD_LEARNING


@member(*SEES_PIECES)
@require_safe
def library(request: StaffRequest, org: str) -> HttpResponse:
    """What was learned: the newest first, or, of a search, what fits best first."""
    query = request.GET.get("q", "").strip()
    chosen, boxes = library_filters.asked_for(request.organisation, request.viewer, request.GET)
    context: dict[str, Any] = {
        "query": query, "chosen": chosen, "boxes": boxes,
        "may_learn": request.viewer.may(LEARN), "is_filtered": bool(query) or any(vars(chosen).values()),
        "filtered_by": library_filters.filtered_by(query, boxes),
    }  # fmt: skip
    if query:
        hits = queries.search_points(request.viewer, chosen, query, _number(request.GET.get("page", "")) or 1)
        context |= {"hits": hits, "lines": library_filters.lines_of_hits(hits.found)}
        context |= library_filters.neighbours(request.GET, hits)
    else:
        found = queries.shown(queries.filtered(request.viewer, chosen))
        page = paging.page(found, "at", request.GET, newest_first=True)
        context |= {"page": page, "lines": library_filters.lines(page.rows)}
        context |= {"newer": page.earlier, "older": page.later}
    return render(request, "staff/library/library.html", context)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else None


def get_point(request: StaffRequest, point_id: int) -> Any:
    """The learning point, if the person may read it; else 404, as if it were not there."""
    found = queries.point(request.viewer, point_id)
    if found is None:
        raise Http404
    return found


@member(*SEES_PIECES)
@require_safe
def point(request: StaffRequest, org: str, point_id: int) -> HttpResponse:
    """One thing that was learned: where it showed, what made it likely, what should change, what was promised."""
    found = get_point(request, point_id)
    behind = queries.behind(request.viewer, found)
    visible = set(learning.visible(request.viewer).filter(learning_point=found).values_list("pk", flat=True))
    context = {
        "point": found,
        "behind": behind,
        "actions": [action for action in found.actions.all() if action.pk in visible],
        "hidden": sum(action.pk not in visible for action in found.actions.all()),
        "near": queries.alike(request.viewer, found.text, but=found.pk) if "alike" in request.GET else None,
        "may_learn": request.viewer.may(LEARN),
        "may_promise": request.viewer.may(LEARN) and learning_page.may_promise(request.viewer, found),
        "today": timezone.localdate(),
    }
    return render(request, "staff/library/point.html", context)


def _step(request: StaffRequest, found: Any, form: Any, action: Any, done: str, **page: Any) -> HttpResponse:
    if form.apply(action, **page.pop("more", {})):
        messages.success(request, done)
        return redirect("learning_point", found.organisation.code, found.pk)
    return render(request, "staff/library/step.html", {"point": found, "form": form, **page})


@member(LEARN)
def reword(request: StaffRequest, org: str, point_id: int) -> HttpResponse:
    """Say it better."""
    found = get_point(request, point_id)
    form = forms.RewordForm.of(request, of=found)
    done, title = "It is said in other words now.", "Say it better"
    return _step(request, found, form, shelve.reword, done, title=title, button="Keep these words", is_whole=True)


@member(LEARN)
def link(request: StaffRequest, org: str, point_id: int) -> HttpResponse:
    """Link it to a risk, a policy, a contract or training."""
    found = get_point(request, point_id)
    form = forms.LinkForm.of(request, of=found)
    done, title = "It is linked.", "Link it to what should change"
    return _step(request, found, form, shelve.link_point, done, title=title, button="Link it")


@member(LEARN)
def unlink(request: StaffRequest, org: str, point_id: int, link_id: int) -> HttpResponse:
    """Take a link away."""
    found = get_point(request, point_id)
    row = next((row for row in found.links.all() if row.pk == link_id), None)
    if row is None:
        raise Http404
    form = forms.UnlinkForm.of(request, of=found)
    page = {"title": f"Take away the link to “{row.name}”", "button": "Take it away", "more": {"link_id": link_id}}
    return _step(request, found, form, shelve.unlink_point, "The link is gone.", **page)


@member(LEARN)
def again(request: StaffRequest, org: str, point_id: int) -> HttpResponse:
    """Another case shows the same."""
    found = get_point(request, point_id)
    form = forms.AgainForm.of(request)
    case = form.case(request.viewer, analyses.case_for_analysis)
    if case is not None:
        form.arguments = lambda: {"point_id": found.pk, "case_id": case.pk}  # type: ignore[method-assign]
    page = {"title": "Another case shows the same", "button": "Add this case"}
    return _step(request, found, form, shelve.learn_again, "It is learned again: this case counts too.", **page)


@member(LEARN)
def promise(request: StaffRequest, org: str, point_id: int) -> HttpResponse:
    """Promise an action because of what was learned; because of a case, on the page of the case."""
    found = get_point(request, point_id)
    if not learning_page.may_promise(request.viewer, found):
        raise Http404
    if found.case_id:
        return redirect("promise_action", org, found.case.reference, found.pk)
    owners = learning.possible_owners(request.organisation.pk, found.service_id, found.case_ids)
    begin = {"start_on": timezone.localdate(), **beginning(found.source)}
    form = PromiseForm.of(request, owners=owners, learned=found.text, who=who(found.source), initial=begin)
    if form.apply(actions.promise_action, learning_point_id=found.pk):
        messages.success(request, f"The action is promised. {learning_page.AIM_NEXT}")
        return redirect("action", org, form.result.pk)
    context = {"point": found, "form": form, "title": "Promise an action", "button": "Promise the action"}
    return render(request, "staff/library/step.html", context)


@member(LEARN)
def learn_elsewhere(request: StaffRequest, org: str) -> HttpResponse:
    """Record what was learned outside: from the Ombudsman, a report, what happened to others."""
    form = forms.OutsideLessonForm.of(
        request, organisation=request.organisation, initial=learning_page.beginning(request)
    )
    origin = form.arguments()["origin"] if form.is_sent and form.is_valid() else None
    if learning_page.keep(request, form, actions.learn_from, again={"origin": origin}):
        return learning_page.after(request, form, "library", org)
    return render(request, "staff/library/add.html", {"form": form, "title": "Record what was learned elsewhere"})


@member(LEARN)
def feedback_learn(request: StaffRequest, org: str, reference: str) -> HttpResponse:
    """Record what a comment or compliment taught: what goes well is learned from too."""
    item = feedback.visible_item(request.viewer, reference)
    if item is None:
        raise Http404
    form = forms.SharedLessonForm.of(request, initial=learning_page.beginning(request))
    again = {"feedback_id": item.pk}
    if learning_page.keep(request, form, actions.learn_from_feedback, again=again, feedback_id=item.pk):
        return learning_page.after(request, form, "feedback", org, reference)
    context = {"form": form, "item": item, "title": "Record what was learned"}
    return render(request, "staff/library/add.html", context)
