"""An action, for its owner without an account: what was promised, and how it stands."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from heed.audit.refusals import Refused
from heed.documents import actions as documents
from heed.documents import queries as files
from heed.learning import actions, lifecycle, queries
from heed.learning.actions import Answer
from heed.learning.links import PURPOSE
from heed.portal.asked import AskedRequest, asked
from heed.portal.forms.action import OwnerForm


@require_http_methods(["GET", "HEAD", "POST"])
@asked(PURPOSE)
def owned(request: AskedRequest, word: str) -> HttpResponse:
    """The page. What cannot be kept says why, and nothing that was typed or chosen is lost."""
    action, now = queries.for_owner(int(request.link.object_id)), timezone.now()
    begin = {"on": timezone.localdate(now), "version": action.version}
    if request.method != "POST":
        form = OwnerForm(action=action, initial=begin)
    else:
        form = OwnerForm(request.POST, request.FILES, action=action)
        if _kept(request, form, action.pk, now):
            return redirect("asked_thanks", organisation=request.organisation.code)
        _renew(form, queries.version_of(action.pk))
    kept = files.waiting(_tokens(form), organisation_id=request.organisation.pk, by=request.actor)
    context = {"action": action, "form": form, "word": word, "kept_files": kept,
               "reviews": [check for check in action.checks.all() if check.kind in ("progress", "completion")],
               "waits": any(row.waits_for.state != "completed" for row in action.waits_for.all()),
               "state": lifecycle.STATES[action.state]}  # fmt: skip
    return render(request, "portal/asked/action.html", context)


def _kept(request: AskedRequest, form: OwnerForm, action_id: int, at: datetime) -> bool:
    """Store the files, then hand on the answer. False, with the reason in the form, when something has to be put right."""
    is_valid = form.is_valid()
    attachments = _files(request, form, at)
    if not is_valid or form.errors:
        return False
    found = form.cleaned_data
    given = Answer(
        found["way"], found["on"], found["words"], found["standing"], found["again_on"],
        tuple(attachments) if found["way"] == "done" else (),
    )  # fmt: skip
    try:
        actions.answer(action_id=action_id, answer=given, by=request.actor, at=at, version=found["version"])
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
    return not form.errors


def _files(request: AskedRequest, form: OwnerForm, at: datetime) -> list[Any]:
    """The files of an earlier try and those chosen now; what is wrong with one goes into the form."""
    organisation_id = request.organisation.pk
    taken = files.waiting(_tokens(form), organisation_id=organisation_id, by=request.actor)
    for file in request.FILES.getlist("documents"):
        try:
            taken.append(
                documents.store(
                    content=file, filename=file.name or "", organisation_id=organisation_id, by=request.actor, at=at
                )
            )
        except Refused as refused:
            form.add_error("documents", str(refused))
    _put(form, "kept", " ".join(file.token for file in taken))
    return taken


def _tokens(form: OwnerForm) -> list[str]:
    return str(form.data.get("kept", "")).split()


def _renew(form: OwnerForm, version: int) -> None:
    """What has to be fresh for the next try, after somebody else's change."""
    _put(form, "version", str(version))


def _put(form: OwnerForm, name: str, value: str) -> None:
    data: Any = form.data.copy() if isinstance(form.data, QueryDict) else dict(form.data)
    data[name] = value
    form.data = data
