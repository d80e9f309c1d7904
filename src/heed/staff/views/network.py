"""What complaints teams of all bodies on this installation tell each other about handling complaints (R229)."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from heed.care import rules
from heed.care.actions import network as actions
from heed.care.queries import network as queries
from heed.design.components import Link
from heed.staff import paging
from heed.staff.forms.network import AnswerPostForm, PostForm, ReportForm
from heed.staff.scope import StaffRequest, member
from heed.staff.trying import tried

MAY = queries.MAY


@member(*MAY)
@require_safe
def network(request: StaffRequest, org: str) -> HttpResponse:
    """Questions and practices, newest first."""
    kind = request.GET.get("kind", "")
    kind = kind if kind in rules.POSTS else ""
    page = paging.page(queries.standing(kind).prefetch_related("reports"), "posted_at", request.GET, newest_first=True)
    context = {
        "page": page,
        "posts": [queries.shown(request.viewer, post) for post in page.rows],
        "kinds": [Link("All", "?", current=not kind), Link("Questions", "?kind=question", current=kind == "question"),
                  Link("What works", "?kind=practice", current=kind == "practice")],
    }  # fmt: skip
    return render(request, "staff/care/network.html", context)


@member(*MAY)
def write_post(request: StaffRequest, org: str) -> HttpResponse:
    """Ask something, or tell what works."""
    form = PostForm.of(request, organisation=request.organisation)
    if form.apply(actions.post):
        messages.success(request, "The complaints teams of all bodies here can read it now.")
        return redirect("network_post", org, form.result.pk)
    return render(request, "staff/care/write_post.html", {"form": form})


@member(*MAY)
def network_post(request: StaffRequest, org: str, post_id: int) -> HttpResponse:
    """A post with its answers; answer it."""
    posts = queries.thread(request.viewer, post_id)
    if not posts:
        raise Http404
    form = AnswerPostForm.of(request, organisation=request.organisation)
    if form.apply(actions.post, parent_id=post_id):
        messages.success(request, "Your answer is there for all.")
        return redirect("network_post", org, post_id)
    return render(request, "staff/care/post.html", {"first": posts[0], "answers": posts[1:], "form": form})


@member(*MAY)
@require_POST
def withdraw_post(request: StaffRequest, org: str, post_id: int) -> HttpResponse:
    """Take back what one wrote, or what one's team wrote."""
    post = _post(request, post_id)
    if not post.may_withdraw:
        raise Http404
    tried(request, actions.withdraw, "It is taken back, and its words are gone.", post_id=post_id)
    return redirect("network", org)


@member(*MAY)
def report_post(request: StaffRequest, org: str, post_id: int) -> HttpResponse:
    """Ask the team that wrote it to look again."""
    post = _post(request, post_id)
    form = ReportForm.of(request, organisation=request.organisation)
    if form.apply(actions.report, post_id=post_id):
        messages.success(request, "Thank you. The team that wrote it is asked to look again.")
        return redirect("network", org)
    return render(request, "staff/care/report_post.html", {"form": form, "post": post})


@member(*MAY)
@require_POST
def keep_post(request: StaffRequest, org: str, post_id: int) -> HttpResponse:
    """It was reported, one's team looked again, and it stands."""
    if not _post(request, post_id).reports:
        raise Http404
    tried(request, actions.keep_standing, "It stands.", post_id=post_id)
    return redirect("network", org)


def _post(request: StaffRequest, post_id: int) -> queries.Shown:
    found = queries.post(request.viewer, post_id)
    if found is None:
        raise Http404
    return found
