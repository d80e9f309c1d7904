"""How it was for people: what they answered by the stages of My Expectations, and what they wrote."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from heed.accounts.permissions import Permission
from heed.design.components import Link
from heed.feedback import surveys
from heed.feedback.actions.answering import read_words
from heed.feedback.queries import surveys as queries
from heed.insight import experience_file
from heed.insight.queries.experience import Experience, experience
from heed.staff.forms.surveys import ReadForm
from heed.staff.scope import StaffRequest, member

SHOWN = {"": "Everything", "unread": "Not read yet", "complaint": "Sound like a complaint", "risk": "Somebody at risk"}


@member(Permission.SEE_INSIGHT)
@require_safe
def figures(request: StaffRequest, org: str) -> HttpResponse:
    """One audience's answers, stage after stage; the same for everybody who may see figures."""
    found = _found(request)
    audiences = [Link(name, f"?who={key}", current=key == found.audience) for key, name in surveys.AUDIENCES.items()]
    settings = queries.settings_of(request.organisation.pk)
    context = {"found": found, "audiences": audiences, "asks": settings is not None and settings.asks}
    return render(request, "staff/experience/figures.html", context)


@member(Permission.SEE_INSIGHT)
@require_safe
def figures_file(request: StaffRequest, org: str) -> HttpResponse:
    """The same as a table to take away."""
    content = experience_file.as_csv(_found(request))
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="how-it-was.csv"'
    return response


def _found(request: StaffRequest) -> Experience:
    who = request.GET.get("who", "")
    audience = who if who in surveys.AUDIENCES else "complainant"
    return experience(request.organisation, audience, timezone.now())


@member(Permission.READ_SURVEYS)
def words(request: StaffRequest, org: str) -> HttpResponse:
    """What people wrote in their own words, without who wrote it; each is read by somebody."""
    form = ReadForm.of(request)
    if form.apply(read_words, organisation=request.organisation):
        messages.success(request, "Kept.")
        return redirect(request.get_full_path())
    code, shown = request.organisation.code, request.GET.get("show", "")
    shown = shown if shown in SHOWN else ""
    months = queries.months_with_words(code)
    month = request.GET.get("month", "")
    month = month if month in months else next(iter(months), "")
    found = queries.words_of(code, month, "" if shown == "unread" else shown or None)
    context = {
        "texts": found,
        "months": [
            Link(_month(one), f"?month={one}&show={shown}", current=one == month, count=months[one]) for one in months
        ],
        "links": [Link(label, f"?month={month}&show={key}", current=key == shown) for key, label in SHOWN.items()],
        "refusal": next(iter(form.non_field_errors()), "") if form.is_sent else "",
    }
    return render(request, "staff/experience/words.html", context)


def _month(told_in: str) -> str:
    return f"{date.fromisoformat(f'{told_in}-01'):%B %Y}"
