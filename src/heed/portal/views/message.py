"""Write to us: words and files, sent once, kept when a file is refused or when the page had shut meanwhile."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from heed.audit.refusals import Refused
from heed.cases.actions.drafts import send_message
from heed.cases.queries import public
from heed.design.text import clean_text
from heed.feedback import queries
from heed.feedback.actions import draft as drafts
from heed.portal import kept_words
from heed.portal.access import PortalRequest, member_of_the_public, private
from heed.portal.following import following_with_words
from heed.portal.forms.files import ADD, NOTHING_CHOSEN
from heed.portal.forms.message import MessageForm
from heed.portal.pace import another_message, unhurried
from heed.portal.views.way import files_of, keep_files


@private
@require_http_methods(["GET", "HEAD", "POST"])
@following_with_words("body")
@unhurried
def write(request: PortalRequest, feedback: Any, grant: str, kept: str = "") -> HttpResponse:
    """The message's page. A refused file says why; the words and the other files stay."""
    case = public.case_of(feedback)
    if case is None:
        raise Http404("There is no case to write about.")
    if request.method != "POST":
        form = MessageForm(initial={"key": MessageForm.new_key(), "body": kept})
        return _page(request, form, grant, None)
    form = MessageForm(request.POST, request.FILES)
    form.is_valid()
    draft = _draft(request, f"{grant}:{form.data.get('key') or MessageForm.new_key()}", feedback.pk)
    if not queries.was_sent(draft) and not _sent(request, form, draft, case.pk, feedback.pk):
        return _page(request, form, grant, draft)
    kept_words.done(request)
    messages.success(request, "We have your message.")
    return redirect("follow_page", organisation=request.organisation.code, grant=grant)


def _draft(request: PortalRequest, token: str, feedback_id: int) -> Any:
    """What keeps the message until it is sent, made when it is first tried. Raises TooMany for one too many."""
    now = timezone.now()
    if queries.draft(token) is None:
        another_message(feedback_id, now)
    return drafts.resume(organisation=request.organisation, token=token, at=now)


def _sent(request: PortalRequest, form: MessageForm, draft: Any, case_id: int, feedback_id: int) -> bool:
    """Keep the files, then send; False, with the reason in the form, when something has to be put right first."""
    now, by = timezone.now(), member_of_the_public(request, feedback_id)
    if token := clean_text(request.POST.get("remove", "")):
        drafts.remove_file(draft_id=draft.pk, token=token, by=by, at=now)
        form.errors.clear()
        return False
    if "add" in request.POST:
        form.errors.clear()
    _keep_files(request, form, draft, now)
    if form.errors or "add" in request.POST:
        return False
    try:
        send_message(draft_id=draft.pk, case_id=case_id, body=form.cleaned_data["body"], by=by, at=now)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
    return not form.errors


def _keep_files(request: PortalRequest, form: MessageForm, draft: Any, at: datetime) -> None:
    """Keep the chosen files with the message; what is wrong goes into the form."""
    chosen = [(file, file.name or "") for file in request.FILES.getlist("upload")]
    if "add" in request.POST and not chosen:
        form.add_error("upload", NOTHING_CHOSEN)
    for sentence in keep_files(request, draft, chosen, at):
        form.add_error("upload", sentence)


def _page(request: PortalRequest, form: MessageForm, grant: str, draft: Any) -> HttpResponse:
    context = {"form": form, "grant": grant, "files": files_of(draft), "add": ADD}
    return render(request, "portal/follow/message.html", context)
