"""The people behind a complaint: who they are, and how they wish to be reached."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from heed.accounts.permissions import Permission
from heed.cases.actions import people
from heed.cases.queries import detail
from heed.correspondence.actions import update_correspondent
from heed.staff.case_page import get_case, show
from heed.staff.forms.people import BodyForm, PersonForm, WishesForm
from heed.staff.scope import StaffRequest, member

PARTS = {
    "complainant": "the complainant",
    "person_affected": "the person affected",
    "representative": "the representative",
}


@member(Permission.HANDLE)
def describe(request: StaffRequest, org: str, reference: str, part: str) -> HttpResponse:
    """Say who the complainant, the person affected or the representative is."""
    case = get_case(request, reference)
    form = PersonForm.of(request, case=case, part=_known(part))
    if form.apply(people.describe_person, part=part):
        messages.success(request, f"It is written down who {PARTS[part]} is.")
        return redirect("case", org, reference)
    context = {"form": form, "part": part, "page_title": f"Who is {PARTS[part]}?"}
    return show(request, "staff/people/describe.html", case, "case", **context)


@member(Permission.HANDLE)
def wishes(request: StaffRequest, org: str, reference: str, part: str) -> HttpResponse:
    """How one of the people wishes to be addressed and reached."""
    case = get_case(request, reference)
    person = getattr(case.feedback, _known(part))
    if person is None or person.correspondent is None:
        raise Http404
    form = WishesForm.of(request, correspondent=person.correspondent)
    if form.apply(update_correspondent):
        messages.success(request, "It is kept how to reach them.")
        return redirect("case", org, reference)
    context = {"form": form, "person": person, "page_title": f"How to reach {person.name or 'them'}"}
    return show(request, "staff/people/wishes.html", case, "case", **context)


@member(Permission.HANDLE)
def commissioner(request: StaffRequest, org: str, reference: str) -> HttpResponse:
    """Whether the person would like the provider or the commissioner to look into it."""
    case = get_case(request, reference)
    if not detail.may_choose_commissioner(case):
        raise Http404
    form = BodyForm.of(request, case=case)
    if form.apply(people.choose_body):
        messages.success(request, "It is recorded who they would like to look into it.")
        return redirect("case", org, reference)
    return show(request, "staff/people/wishes.html", case, "case", form=form, page_title="Who looks into it")


def _known(part: str) -> Any:
    if part not in PARTS:
        raise Http404
    return part
