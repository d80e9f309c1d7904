"""What people tell us about, and how well Heed reads it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from heed.accounts.permissions import Permission
from heed.insight.queries.suggested import TOO_FEW, quality
from heed.insight.queries.suggesting import ENOUGH
from heed.staff.scope import StaffRequest, member


@member(Permission.SEE_INSIGHT)
@require_safe
def suggestions(request: StaffRequest, org: str) -> HttpResponse:
    """How good the suggestions of subject are, held beside what people then chose."""
    now = timezone.now()
    context = {"quality": quality(request.organisation, at=now), "too_few": TOO_FEW, "enough": ENOUGH, "now": now}
    return render(request, "staff/themes/suggestions.html", context)
