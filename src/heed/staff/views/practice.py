"""Good practice: every part of the body beside the others, in words and figures."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from heed.accounts.permissions import Permission
from heed.insight.queries.practice import good_practice
from heed.insight.queries.scope import scope_of
from heed.staff.scope import StaffRequest, member


@member(Permission.SEE_INSIGHT)
@require_safe
def practice(request: StaffRequest, org: str) -> HttpResponse:
    """One definition, and what shows it in each service."""
    shown = good_practice(scope_of(request.viewer, request.organisation), timezone.now())
    return render(request, "staff/practice/practice.html", {"practice": shown})
