"""How good the records are that figures are made of: checked against the papers, coded twice, and what is missing."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from heed.accounts.permissions import Permission
from heed.insight.periods import whole_months
from heed.insight.queries import coding, quality, recheck
from heed.insight.queries.scope import scope_of
from heed.staff.scope import StaffRequest, member


@member(Permission.SEE_INSIGHT)
@require_safe
def data_quality(request: StaffRequest, org: str) -> HttpResponse:
    """What is asked of the person first, then the re-checks, the rounds of blind coding and the notes of facts."""
    viewer, today = request.viewer, timezone.localdate()
    scope, samples = scope_of(viewer, request.organisation), recheck.samples(viewer.organisation_id)
    month = recheck.last_month(today)
    context = {
        "asks": coding.asked_of(viewer),
        "waiting": recheck.waiting_by_month(viewer),
        "samples": samples,
        "together": recheck.together(samples),
        "fields": recheck.FIELDS,
        "month": month,
        "may_draw": viewer.may(Permission.CHECK_QUALITY) and not recheck.is_drawn(viewer.organisation_id, month),
        "rounds": coding.lines(viewer.organisation_id),
        "notes": quality.all_notes(
            request.organisation, period=whole_months(12, today), services=scope.codes(None)
        ),
        "computed_at": timezone.now(),
    }  # fmt: skip
    return render(request, "staff/quality/quality.html", context)
