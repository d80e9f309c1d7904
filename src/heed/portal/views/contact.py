"""Change how we address and reach the person."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from heed.audit.refusals import Refused, Stale
from heed.cases.queries import public
from heed.correspondence.actions import update_correspondent
from heed.portal.access import PortalRequest, member_of_the_public, private
from heed.portal.following import following
from heed.portal.forms.contact import ChangeContactForm, starting_with


@private
@require_http_methods(["GET", "HEAD", "POST"])
@following
def change(request: PortalRequest, feedback: Any, grant: str) -> HttpResponse:
    """What we know, to be changed. If a member of staff changed it meanwhile, the person is told, and loses nothing."""
    person = public.writer(feedback)
    if person is None:
        raise Http404("There is nobody to write to.")
    if request.method != "POST":
        form = ChangeContactForm(initial={**starting_with(person), "version": person.version})
    else:
        form = ChangeContactForm(request.POST)
        if form.is_valid() and _changed(request, form, person, feedback.pk):
            messages.success(request, "From now on we will reach you as you say here.")
            return redirect("follow_page", organisation=request.organisation.code, grant=grant)
    return render(request, "portal/follow/contact.html", {"form": form, "grant": grant})


def _changed(request: PortalRequest, form: ChangeContactForm, person: Any, feedback_id: int) -> bool:
    by = member_of_the_public(request, feedback_id)
    version = form.cleaned_data["version"]
    try:
        update_correspondent(correspondent=person, version=version, by=by, at=timezone.now(), **form.wishes())
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        if isinstance(refusal, Stale):
            form.now_from(person.version)
    return not form.errors
