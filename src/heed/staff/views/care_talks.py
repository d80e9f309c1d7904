"""Supervision and reflection, in confidence: each page is for the two whom it concerns, or for the writer alone."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from heed.accounts.permissions import Permission
from heed.care.actions import talks as actions
from heed.care.queries import talks as queries
from heed.staff.forms.care import NoteForm, ReflectionForm, TalkForm
from heed.staff.scope import StaffRequest, member
from heed.staff.trying import tried

OWN = Permission.LOOK_AFTER_SELF


@member(OWN)
@require_safe
def care_talks(request: StaffRequest, org: str) -> HttpResponse:
    """With whom one talks regularly, the talks that were, and reflections."""
    viewer = request.viewer
    context = {
        "pairs": queries.mine(viewer),
        "talks": queries.talks(viewer),
        "reflections": queries.reflections(viewer),
        "person_id": viewer.person_id,
        "today": timezone.localdate(),
    }
    return render(request, "staff/care/talks.html", context)


@member(OWN)
def hold_talk(request: StaffRequest, org: str, supervision_id: int) -> HttpResponse:
    """Keep that the two talked, and when they talk next."""
    pair = queries.one_of_mine(request.viewer, supervision_id)
    if pair is None:
        raise Http404
    form = TalkForm.of(request, organisation=request.organisation, every_weeks=pair.every_weeks)
    if form.apply(actions.hold_talk, supervision_id=pair.pk):
        messages.success(request, "The talk is kept. Others see that it took place, and nothing more.")
        return redirect("care_talks", org)
    return render(request, "staff/care/hold.html", {"form": form, "other": _other(pair, request)})


def _other(pair: Any, request: StaffRequest) -> Any:
    return pair.supervised if pair.supervisor_id == request.viewer.person_id else pair.supervisor


@member(OWN)
def care_talk(request: StaffRequest, org: str, talk_id: int) -> HttpResponse:
    """What the two want to remember of a talk."""
    talk = queries.talk(request.viewer, talk_id)
    if talk is None:
        raise Http404
    note = queries.note(request.viewer, talk_id)
    given = {"text": note.text if note else "", "version": str(note.version if note else 0)}
    form = NoteForm.of(request, organisation=request.organisation, initial=given)
    if form.apply(actions.write_note, talk_id=talk_id):
        messages.success(request, "The note is kept." if form.result else "The note is forgotten.")
        return redirect("care_talks", org)
    other = _other(talk.supervision, request)
    return render(request, "staff/care/talk.html", {"form": form, "talk": talk, "note": note, "other": other})


@member(OWN)
def write_reflection(request: StaffRequest, org: str) -> HttpResponse:
    """Write for oneself."""
    form = ReflectionForm.of(request, organisation=request.organisation, initial={"version": "0"})
    if form.apply(actions.write_reflection):
        messages.success(request, "It is kept, and only you can read it.")
        return redirect("reflection", org, form.result.pk)
    return render(request, "staff/care/reflection.html", {"form": form})


@member(OWN)
def reflection(request: StaffRequest, org: str, reflection_id: int) -> HttpResponse:
    """Read a reflection; its writer can change it."""
    one = queries.reflection(request.viewer, reflection_id)
    if one is None:
        raise Http404
    if one.writer_id != request.viewer.person_id:
        return render(request, "staff/care/shared.html", {"reflection": one})
    given = {"text": one.text, "version": str(one.version)}
    form = ReflectionForm.of(request, organisation=request.organisation, initial=given)
    if form.apply(actions.write_reflection, reflection_id=one.pk):
        messages.success(request, "Your changes are kept.")
        return redirect("reflection", org, one.pk)
    context = {"form": form, "reflection": one, "supervision": queries.my_supervisor(request.viewer)}
    return render(request, "staff/care/reflection.html", context)


@member(OWN)
@require_POST
def share_reflection(request: StaffRequest, org: str, reflection_id: int) -> HttpResponse:
    """Share it with one's supervisor, or take that back."""
    one = _own(request, reflection_id)
    done = {"reflection_id": one.pk, "shared": request.POST.get("shared") == "yes"}
    said = "Your supervisor can read it now." if done["shared"] else "It is yours alone again."
    tried(request, actions.share_reflection, said, **done)
    return redirect("reflection", org, one.pk)


@member(OWN)
@require_POST
def forget_reflection(request: StaffRequest, org: str, reflection_id: int) -> HttpResponse:
    """Remove it for good."""
    one = _own(request, reflection_id)
    tried(request, actions.forget_reflection, "It is removed for good.", reflection_id=one.pk)
    return redirect("care_talks", org)


def _own(request: StaffRequest, reflection_id: int) -> Any:
    one = queries.reflection(request.viewer, reflection_id)
    if one is None or one.writer_id != request.viewer.person_id:
        raise Http404
    return one
