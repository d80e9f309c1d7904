"""What administrators look after: people and roles, services, days that do not count, the risk matrix, look and contact."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from heed.accounts import actions as accounts
from heed.accounts import queries as people_queries
from heed.accounts.permissions import Permission
from heed.accounts.roles import ROLES
from heed.audit.refusals import Refused
from heed.cases import tasks
from heed.insight.actions import warnings as watching
from heed.insight.queries import budget, cost
from heed.organisations import actions, code_lists, procedures
from heed.organisations import queries as organisations
from heed.organisations.procedures import ombudsmen
from heed.staff.forms import settings as forms
from heed.staff.scope import StaffRequest, member

ADMINISTER = Permission.ADMINISTER


@member(ADMINISTER)
@require_safe
def settings(request: StaffRequest, org: str) -> HttpResponse:
    """Everything that can be set, with what needs attention."""
    organisation, today = request.organisation, timezone.localdate()
    procedure = procedures.load(organisation.procedure)
    context = {
        "procedure": procedure,
        "cards": [(card, card.warning(today)) for card in cards_of(procedure, organisation.nation)],
        "people": people_queries.members(organisation.pk).count(),
        "costs_are_set": cost.is_set(organisation.pk),
        "services": organisations.services(organisation.pk).count(),
        "own_matrix": bool(organisation.risk_matrix),
        "warning_budget": budget.promise(organisation).stated,
        "asks_about_groups": organisations.asks_about_groups(organisation.pk),
    }
    return render(request, "staff/settings/settings.html", context)


def cards_of(procedure: Any, nation: str) -> list[Any]:
    """The contact cards of the Ombudsmen to whom this procedure leads, each once."""
    keys = dict.fromkeys(route.ombudsman for route in procedure.routes_for(nation))
    return [ombudsmen.cards()[key] for key in keys]


@member(ADMINISTER)
def people(request: StaffRequest, org: str) -> HttpResponse:
    """Who belongs here and in what roles; add somebody."""
    form = forms.AddPersonForm.of(request, organisation=request.organisation)
    if form.apply(accounts.add_person):
        messages.success(request, f"{form.result.name} belongs to {request.organisation} now.")
        return redirect("settings_person", org, form.result.pk)
    context = {"people": people_queries.members_with_roles(request.organisation.pk), "roles": ROLES, "form": form}
    return render(request, "staff/settings/people.html", context)


@member(ADMINISTER)
def person(request: StaffRequest, org: str, person_id: int) -> HttpResponse:
    """One person's roles; give another."""
    found = people_queries.member_with_roles(request.organisation.pk, person_id)
    if found is None:
        raise Http404
    form = forms.RoleForm.of(request, organisation=request.organisation)
    if form.apply(accounts.give_role, person_id=person_id):
        messages.success(request, f"{found.name} has one role more.")
        return redirect("settings_person", org, person_id)
    return render(request, "staff/settings/person.html", {"person": found, "roles": ROLES, "form": form})


@member(ADMINISTER)
@require_POST
def take_role(request: StaffRequest, org: str, membership_id: int) -> HttpResponse:
    """Take a role away."""
    actor = request.viewer.actor
    try:
        accounts.take_role(organisation=request.organisation, membership_id=membership_id, by=actor, at=timezone.now())
    except Refused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, "The role is taken away.")
    return redirect("settings_people", org)


@member(ADMINISTER)
def services(request: StaffRequest, org: str) -> HttpResponse:
    """The services, open and closed; add one."""
    form = forms.AddServiceForm.of(request, organisation=request.organisation)
    if form.apply(actions.add_service):
        messages.success(request, f"{form.result.name} is on the list.")
        return redirect("settings_services", org)
    context = {"services": organisations.every_service(request.organisation.pk), "form": form}
    return render(request, "staff/settings/services.html", context)


@member(ADMINISTER)
def service(request: StaffRequest, org: str, service_id: int) -> HttpResponse:
    """Rename a service, or close it."""
    found = organisations.every_service(request.organisation.pk).filter(pk=service_id).first()
    if found is None:
        raise Http404
    given = {"name": found.name, "group": found.group, "is_active": found.is_active}
    form = forms.ChangeServiceForm.of(request, organisation=request.organisation, initial=given)
    if form.apply(actions.change_service, service_id=service_id):
        messages.success(request, f"{form.result.name} is changed.")
        return redirect("settings_services", org)
    return render(request, "staff/settings/service.html", {"service": found, "form": form})


@member(ADMINISTER)
def closures(request: StaffRequest, org: str) -> HttpResponse:
    """Days that do not count, besides weekends and bank holidays; add one."""
    form = forms.ClosureForm.of(request, organisation=request.organisation)
    if form.apply(tasks.close_day):
        messages.success(request, "The day does not count any more. Dates that it moves are being counted again.")
        return redirect("settings_closures", org)
    context = {"closures": organisations.closure_days(request.organisation.pk), "form": form}
    return render(request, "staff/settings/closures.html", context)


@member(ADMINISTER)
@require_POST
def open_day(request: StaffRequest, org: str, closure_id: int) -> HttpResponse:
    """Let a day count after all."""
    try:
        tasks.open_day(
            organisation=request.organisation, closure_id=closure_id, by=request.viewer.actor, at=timezone.now()
        )
    except Refused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, "The day counts again. Dates that it moves are being counted again.")
    return redirect("settings_closures", org)


@member(ADMINISTER)
def matrix(request: StaffRequest, org: str) -> HttpResponse:
    """Which risk a seriousness and a likelihood give."""
    form = forms.MatrixForm.of(request, organisation=request.organisation)
    if form.apply(actions.set_risk_matrix):
        messages.success(request, "The matrix is kept. Ratings made before keep the risk that they were given.")
        return redirect("settings_matrix", org)
    context = {"form": form, "provenance": code_lists.risk_matrix(), "own": bool(request.organisation.risk_matrix)}
    return render(request, "staff/settings/matrix.html", context)


@member(ADMINISTER)
def look(request: StaffRequest, org: str) -> HttpResponse:
    """The accent colour."""
    organisation = request.organisation
    form = forms.ColourForm.of(request, organisation=organisation, initial={"colour": organisation.colour})
    if form.apply(actions.set_look):
        messages.success(request, "Pages wear the new colour.")
        return redirect("settings_look", org)
    return render(request, "staff/settings/look.html", {"form": form})


@member(ADMINISTER)
def contact(request: StaffRequest, org: str) -> HttpResponse:
    """How the public reaches the organisation."""
    organisation = request.organisation
    given = {name: getattr(organisation, name) for name in forms.ContactForm.base_fields}
    form = forms.ContactForm.of(request, organisation=organisation, initial=given)
    if form.apply(actions.set_contact):
        messages.success(request, "Pages and letters give the new contact.")
        return redirect("settings", org)
    return render(request, "staff/settings/contact.html", {"form": form})


@member(ADMINISTER)
def warning(request: StaffRequest, org: str) -> HttpResponse:
    """How many false alarms the early warnings may raise."""
    promise = budget.promise(request.organisation)
    stated = {"budget": str(promise.watch.budget), "wide_budget": str(promise.watch.wide_budget)}
    form = forms.BudgetForm.of(request, organisation=request.organisation, initial=stated)
    if form.apply(watching.set_budget):
        messages.success(request, "The budget is kept. It counts from the next night on.")
        return redirect("settings_warning", org)
    return render(request, "staff/settings/warning.html", {"form": form, "promise": promise})
