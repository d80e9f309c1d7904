"""The front page: what Heed is, and where to go."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from heed.accounts import demo
from heed.accounts import queries as accounts
from heed.organisations import queries as organisations


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """For a visitor, for somebody who is signed in, and in the demonstration with the cast to step in as."""
    context = {
        "organisations": list(organisations.all_organisations()),
        "workplaces": list(accounts.organisations_of(request.user)) if request.user.is_authenticated else [],
        "cast": demo.cast() if settings.DEMO and demo.is_on() else [],
    }
    return render(request, "portal/front.html", context)
