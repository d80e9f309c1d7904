"""The demonstration's own pages: stepping in as one of the cast, and the mail that would have gone out."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from heed.accounts import demo
from heed.correspondence import queries as correspondence
from heed.organisations import queries as organisations
from heed.portal.access import private

SHOWN = 200


@require_POST
def step_in(request: HttpRequest) -> HttpResponse:
    """Sign in as the chosen one, at the chosen organisation."""
    chosen = request.POST.get("person", "")
    person = demo.step_in(request, int(chosen)) if chosen.isdecimal() and len(chosen) < 19 else None
    place = organisations.by_code(request.POST.get("organisation", ""))
    if person is None or place is None:
        raise Http404("There is nobody like that in the cast.")
    return redirect(f"/{place.code}/staff/")


@private
@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """The newest mail first, all of it or that of one address."""
    if not demo.is_on():
        raise Http404("There is no mailbox here.")
    items = correspondence.mailbox()[:SHOWN]
    return render(request, "portal/mailbox.html", {"items": items, "shown": SHOWN})


@private
@require_safe
def mailbox_item(request: HttpRequest, item: int) -> HttpResponse:
    """One mail, as it would have arrived."""
    found = correspondence.mailbox_item(item) if demo.is_on() else None
    if found is None:
        raise Http404("There is no such mail.")
    return render(request, "portal/mailbox_item.html", {"mail": found})
