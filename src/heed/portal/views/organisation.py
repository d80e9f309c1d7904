"""An organisation's own page: every kind of feedback is welcome, what came of it, and who else can help."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from heed.feedback.queries import surveys
from heed.learning import queries as learning
from heed.organisations import queries as organisations
from heed.portal.access import PortalRequest, at_organisation
from heed.portal.support import advice, times
from heed.portal.views.way import elsewhere_lines

SHOWN = 6


@require_safe
@at_organisation
def page(request: PortalRequest) -> HttpResponse:
    """No targets and no figures: what people can say, what happens with it, what changed."""
    here = request.organisation
    context = {
        "published": learning.published(here.pk, SHOWN),
        "times": times(here, list(organisations.services(here.pk))),
        "advice": advice(here),
        "campaigns": list(surveys.open_campaigns(here.pk, timezone.localdate())),
        "elsewhere": elsewhere_lines(here),
    }
    return render(request, "portal/organisation.html", context)
