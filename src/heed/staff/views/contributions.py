"""Ask those who know what made it likely; and answer, for somebody who was asked and signs in."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from heed.accounts.permissions import Permission
from heed.learning.actions import contribute
from heed.learning.queries import analyses as queries
from heed.staff.forms import analyses as forms
from heed.staff.scope import StaffRequest, member
from heed.staff.views.analyses import get_analysis

LEARNS = Permission.RECORD_LEARNING
SENT = "A link is on its way to them."
NOT_SENT = (
    "We have no email address: they find the question on their own page. Ask them in the way that they like best, too."
)
NO_MORE = (
    "Their link ends, and the question leaves their page. Nobody tells them, so tell them yourself if they may be writing. "
    "You can ask them again later."
)


@member(LEARNS)
def ask_staff(request: StaffRequest, org: str, analysis_id: int) -> HttpResponse:
    """Ask somebody who does the work."""
    found = get_analysis(request, analysis_id)
    form = forms.AskStaffForm.of(request, of=found)
    return _ask(request, found, form, contribute.ask_staff, "Ask somebody who does the work", "Ask them")


@member(LEARNS)
def ask_person(request: StaffRequest, org: str, analysis_id: int) -> HttpResponse:
    """Ask the person who complained."""
    found = get_analysis(request, analysis_id)
    form = forms.AskPersonForm.of(request, of=found)
    return _ask(request, found, form, contribute.ask_person, "Ask the person who complained", "Ask them")


def _ask(request: StaffRequest, found: Any, form: Any, action: Any, title: str, button: str) -> HttpResponse:
    if form.apply(action):
        asked = next(one for one in queries.asked_in(found) if one.contribution.pk == form.result.pk)
        messages.success(request, f"They are asked. {SENT if asked.has_link else NOT_SENT}")
        return redirect("analysis", found.organisation.code, found.pk)
    context = {"analysis": found, "form": form, "title": title, "button": button, "promise": contribute.PROMISE}
    return render(request, "staff/why/ask.html", context)


def _asked(request: StaffRequest, analysis_id: int, contribution_id: int) -> tuple[Any, Any]:
    found = get_analysis(request, analysis_id)
    asked = queries.contribution_of(found, contribution_id)
    if asked is None:
        raise Http404
    return found, asked


def _step(request: StaffRequest, found: Any, form: Any, action: Any, done: str, **page: Any) -> HttpResponse:
    if form.apply(action):
        messages.success(request, done)
        return redirect("analysis", found.organisation.code, found.pk)
    return render(request, "staff/why/step.html", {"analysis": found, "form": form, **page})


@member(LEARNS)
def write_down(request: StaffRequest, org: str, analysis_id: int, contribution_id: int) -> HttpResponse:
    """What somebody said by phone or in person."""
    found, asked = _asked(request, analysis_id, contribution_id)
    form = forms.WordsForm.of(request, asked=asked, told=True)
    page = {"title": "Write down what they said", "button": "Keep their words", "asked": asked}
    return _step(request, found, form, contribute.contribute, "Their words are kept.", **page)


@member(LEARNS)
def ask_no_more(request: StaffRequest, org: str, analysis_id: int, contribution_id: int) -> HttpResponse:
    """They need not answer."""
    found, asked = _asked(request, analysis_id, contribution_id)
    form = forms.ConfirmForm.of(request, asked=asked)
    page = {"title": "Ask them no more", "button": "Ask them no more", "asked": asked, "about": NO_MORE}
    return _step(request, found, form, contribute.ask_no_more, "They are asked no more; their link has ended.", **page)


@member(LEARNS)
def erase(request: StaffRequest, org: str, analysis_id: int, contribution_id: int) -> HttpResponse:
    """Delete their words, at their wish."""
    found, asked = _asked(request, analysis_id, contribution_id)
    form = forms.ConfirmForm.of(request, asked=asked)
    page = {"title": "Erase their words", "button": "Erase their words and name", "asked": asked, "is_erasing": True}
    done = "Their words and name are erased. That they were asked stays."
    return _step(request, found, form, contribute.erase_contribution, done, **page)


@member()
@require_safe
def my_questions(request: StaffRequest, org: str) -> HttpResponse:
    """What the person is asked themselves."""
    return render(request, "staff/why/mine.html", {"asked": queries.asked_of(request.viewer)})


@member()
def answer_question(request: StaffRequest, org: str, contribution_id: int) -> HttpResponse:
    """One question that was put to the person: they see it, an extract, and what happens with their words."""
    asked = queries.asked_of_person(request.viewer, contribution_id)
    if asked is None:
        raise Http404
    if request.method == "GET":
        contribute.note_opened(contribution_id=asked.pk, at=timezone.now())
    form = forms.WordsForm.of(request, asked=asked)
    if form.apply(contribute.contribute):
        messages.success(request, "Thank you. Whoever asked you reads it now.")
        return redirect("my_questions", org)
    return render(request, "staff/why/answer.html", {"asked": asked, "form": form, "promise": contribute.PROMISE})
