"""What can be done with a line, a story or a briefing: decide on marks, ask, approve, send back, take down, share."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from heed.accounts.permissions import Permission
from heed.learning.actions import approve as approving
from heed.learning.actions import stories as telling
from heed.learning.actions import write as writing
from heed.learning.queries import pieces as queries
from heed.staff.forms import pieces as forms
from heed.staff.navigation import WRITES_PIECES
from heed.staff.scope import StaffRequest, member
from heed.staff.views.pieces import TABS, get_piece, show, to_change


def _here(
    request: StaffRequest, found: queries.Detail, form: Any, action: Callable[..., Any], done: str
) -> HttpResponse:
    """A step that is taken on the page of the piece itself."""
    if form.apply(action):
        messages.success(request, done)
        return redirect("piece", request.organisation.code, found.piece.pk)
    return show(request, found, form)


def _apart(
    request: StaffRequest, found: queries.Detail, form: Any, action: Callable[..., Any], done: str, **page: str
) -> HttpResponse:
    """A step with a page of its own."""
    if form.apply(action):
        messages.success(request, done)
        return redirect("piece", request.organisation.code, found.piece.pk)
    context = {"piece": found.piece, "tab": TABS[found.piece.kind], "form": form, **page}
    return render(request, "staff/telling/step.html", context)


@member(*WRITES_PIECES)
@require_POST
def look(request: StaffRequest, org: str, piece_id: int) -> HttpResponse:
    """What was decided on the marks."""
    found = to_change(request, piece_id)
    form = forms.LookForm.of(request, piece=found.piece, marks=found.open_marks)
    if form.apply(writing.look):
        done = (
            "Words were taken out. Read it again before you ask for approval."
            if form.result
            else "Your decisions are kept."
        )
        messages.success(request, done)
        return redirect("piece", org, piece_id)
    return show(request, found, form)


@member(*WRITES_PIECES)
@require_POST
def ask(request: StaffRequest, org: str, piece_id: int) -> HttpResponse:
    """Put it before somebody else for approval."""
    found = to_change(request, piece_id)
    form = forms.AskForm.of(request, piece=found.piece)
    return _here(request, found, form, writing.ask, "It waits for somebody else to approve it.")


@member(Permission.PUBLISH)
@require_POST
def approve(request: StaffRequest, org: str, piece_id: int) -> HttpResponse:
    """Approve what somebody else wrote."""
    found = get_piece(request, piece_id)
    form = forms.ApproveForm.of(request, piece=found.piece)
    done = {"line": "It is on the public page now.", "story": "It can be told, for what its person agreed to.",
            "briefing": "Staff can read and print it."}[found.piece.kind]  # fmt: skip
    return _here(request, found, form, approving.approve, done)


@member(Permission.PUBLISH)
def send_back(request: StaffRequest, org: str, piece_id: int) -> HttpResponse:
    """Not like this."""
    found = get_piece(request, piece_id)
    form = forms.ReasonForm.of(
        request, piece=found.piece, label="What should be different?", hint="The writer reads this."
    )
    done = "It went back to the writer."
    return _apart(request, found, form, approving.send_back, done, title="Send it back", button="Send it back")


@member(Permission.PUBLISH)
def withdraw(request: StaffRequest, org: str, piece_id: int) -> HttpResponse:
    """Take it down everywhere."""
    found = get_piece(request, piece_id)
    hint = "It leaves every page, feed, poster and library at once. The reason is kept here."
    if found.piece.kind == "story":
        hint = "It leaves every page and briefing at once, and its words are deleted for good. The reason is kept here."
    form = forms.ReasonForm.of(request, piece=found.piece, label="Why is it taken down?", hint=hint)
    return _apart(
        request, found, form, approving.withdraw, "It is taken down everywhere.", title="Take it down",
        button="Take it down",
    )  # fmt: skip


@member(Permission.PUBLISH)
def holds(request: StaffRequest, org: str, piece_id: int) -> HttpResponse:
    """It is still true."""
    found = get_piece(request, piece_id)
    form = forms.ReasonForm.of(request, piece=found.piece, label="How do you know that it still holds?")
    return _apart(
        request, found, form, approving.still_holds, "It is kept that it still holds.", title="It still holds",
        button="Keep this",
    )  # fmt: skip


@member(Permission.PUBLISH)
def share(request: StaffRequest, org: str, piece_id: int) -> HttpResponse:
    """Let other organisations here read it."""
    found = get_piece(request, piece_id)
    form = forms.ShareForm.of(request, piece=found.piece, initial={"reach": found.piece.shared})
    return _apart(request, found, form, approving.share, "Your choice is kept.", title="Share it", button="Save this")


@member(*WRITES_PIECES)
def consent(request: StaffRequest, org: str, piece_id: int) -> HttpResponse:
    """What the person agreed to."""
    found = to_change(request, piece_id, "story")
    known = getattr(found.piece, "consent", None)
    initial = {"uses": known.uses.split(), "until": known.until} if known else {}
    form = forms.ConsentForm.of(request, piece=found.piece, initial=initial)
    return _apart(
        request, found, form, telling.record_consent, "What they agreed to is kept.", title="What the person agreed to",
        button="Keep this",
    )  # fmt: skip


@member(*WRITES_PIECES)
def use(request: StaffRequest, org: str, piece_id: int) -> HttpResponse:
    """Where the story was used."""
    found = get_piece(request, piece_id, "story")
    if found.piece.state != "published":
        return redirect("piece", org, piece_id)
    form = forms.UseForm.of(request, piece=found.piece)
    return _apart(
        request, found, form, telling.use_story, "Kept. If the person withdraws the story, you are told.",
        title="Where did you use it?", button="Keep this",
    )  # fmt: skip


@member(Permission.PUBLISH)
def withdraw_consent(request: StaffRequest, org: str, piece_id: int) -> HttpResponse:
    """The person told us that they take it back."""
    found = get_piece(request, piece_id, "story")
    form = forms.ConsentGoneForm.of(request, piece=found.piece)
    return _apart(
        request, found, form, telling.withdraw_consent, "The story is taken down everywhere, and whoever used it is told.",
        title="The person withdraws their story", button="Take the story down",
    )  # fmt: skip
