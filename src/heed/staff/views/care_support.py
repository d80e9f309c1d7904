"""Support for staff who are complained about: told, offered, kept informed. Apart from the case (R137, R147)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from heed.accounts.permissions import Permission
from heed.care.actions import support as actions
from heed.care.queries import support as queries
from heed.staff import paging
from heed.staff.case_page import get_case
from heed.staff.forms.care_support import InformedForm, OfferForm, TakenForm, ToldForm
from heed.staff.scope import StaffRequest, member

OFFERS = (Permission.HANDLE, Permission.LOOK_AFTER_PEOPLE)
FORMS: dict[str, tuple[Any, Any, str]] = {
    "offer": (OfferForm, actions.offer, "What you offered is kept."),
    "informed": (InformedForm, actions.keep_informed, "It is kept that they were told."),
}


@member(*OFFERS)
@require_safe
def staff_support(request: StaffRequest, org: str) -> HttpResponse:
    """Whom one told or offered something; all of them for who looks after people."""
    page = paging.page(queries.seen(request.viewer), "told_on", request.GET, newest_first=True)
    return render(request, "staff/care/support.html", {"page": page})


@member(*OFFERS)
def support_of_case(request: StaffRequest, org: str, reference: str) -> HttpResponse:
    """Keep that somebody was told of a complaint. It stands on no page of the case, and not in its history."""
    case = get_case(request, reference)
    form = ToldForm.of(request, case=case)
    if form.apply(actions.keep_told):
        messages.success(request, "It is kept, apart from the case.")
        return redirect("support_for", org, form.result.pk)
    context = {"form": form, "case": case, "known": queries.of_case(request.viewer, case.reference)}
    return render(request, "staff/care/tell_staff.html", context)


@member(Permission.LOOK_AFTER_SELF)
def support_for(request: StaffRequest, org: str, support_id: int) -> HttpResponse:
    """What somebody was told and offered: for themselves, who offered it, and who looks after people."""
    viewer = request.viewer
    found = queries.support(viewer, support_id)
    if found is None:
        raise Http404
    is_me = found.person_id == viewer.person_id
    form = TakenForm.of(request, support=found) if found.offered else None
    if form and form.apply(actions.answer_offer, support_id=found.pk, viewer=viewer):
        messages.success(request, "It is kept what is wanted.")
        return redirect("support_for", org, found.pk)
    return render(request, "staff/care/support_for.html", {"support": found, "form": form, "is_me": is_me})


@member(*OFFERS)
def support_step(request: StaffRequest, org: str, support_id: int, step: str) -> HttpResponse:
    """Offer something, or keep that they were told how it goes."""
    found = queries.support(request.viewer, support_id)
    if found is None or step not in FORMS or found.person_id == request.viewer.person_id:
        raise Http404
    kind, action, said = FORMS[step]
    form = kind.of(request)
    if form.apply(action, support_id=found.pk, viewer=request.viewer):
        messages.success(request, said)
        return redirect("support_for", org, found.pk)
    return render(request, "staff/care/support_step.html", {"support": found, "form": form, "step": step})
