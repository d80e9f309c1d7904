"""A handler's own figures, for themselves alone."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from heed.accounts.permissions import Permission
from heed.insight.queries.own import own_figures
from heed.staff.scope import StaffRequest, member


@member(Permission.HANDLE)
@require_safe
def my_figures(request: StaffRequest, org: str) -> HttpResponse:
    """Of the cases that the person who looks looks after. The address names nobody, so nobody else's can be asked for."""
    now = timezone.now()
    return render(request, "staff/own/figures.html", {"own": own_figures(request.viewer, now), "computed_at": now})
