"""How much the services do, which rates are taken over: entered by month, brought in as a table, corrected, taken back."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from heed.accounts import queries as people
from heed.accounts.permissions import Permission
from heed.audit.refusals import Refused
from heed.design import words
from heed.design.components import Link
from heed.insight.measures.activity import named
from heed.organisations import actions, queries, rules
from heed.staff.forms import activity as forms
from heed.staff.scope import StaffRequest, member

YEARS, PART, CHANGES, CELLS = 6, 60, 20, 100
ENTER = Permission.ENTER_ACTIVITY


@member(ENTER)
def activity(request: StaffRequest, org: str) -> HttpResponse:
    """A year on one screen: a number for each service and month that is over."""
    today, organisation = timezone.localdate(), request.organisation
    latest = today.year if today.month > 1 else today.year - 1
    year, part = _asked(request, "year", latest, latest - YEARS, latest), _asked(request, "part", 1, 1, 99)
    months = [month for number in range(1, 13) if not rules.why_not_month(month := date(year, number, 1), today)]
    services = list(queries.services(organisation.pk))
    parts = max(1, -(-len(services) // PART))
    part = min(part, parts)
    shown = services[(part - 1) * PART : part * PART]
    form = forms.YearForm.of(request, organisation=organisation, services=shown, months=months)
    if form.apply(actions.enter_activity):
        messages.success(request, f"{_numbers(len(form.result.cells))} of {year} {_kept(form.result.cells)}.")
        return redirect(f"{request.path}?year={year}&part={part}")
    return render(request, "staff/settings/activity.html", _context(request, form, year, part, parts, latest))


def _asked(request: StaffRequest, name: str, default: int, least: int, most: int) -> int:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 and least <= int(text) <= most else default


def _context(
    request: StaffRequest, form: forms.YearForm, year: int, part: int, parts: int, latest: int
) -> dict[str, Any]:
    kind = request.organisation.activity_kind
    return {
        "form": form,
        "kind": named(kind) if kind else "",
        "year": year,
        "years": [Link(str(y), f"?year={y}", current=y == year) for y in range(latest, latest - YEARS - 1, -1)],
        "parts": [Link(f"Part {n}", f"?year={year}&part={n}", current=n == part) for n in range(1, parts + 1)],
        "changes": _changes(request),
        "back": _back(request),
    }


def _back(request: StaffRequest) -> Link:
    administers = request.member.may(Permission.ADMINISTER)
    label, route = ("Settings", "settings") if administers else ("Compare services", "compare_services")
    return Link(label, reverse(route, args=[request.organisation.code]))


def _changes(request: StaffRequest) -> list[dict[str, Any]]:
    """The newest changes, each with who made it, and its cells with what was before."""
    found = list(queries.activity_changes(request.organisation.pk)[:CHANGES])
    known = people.names(int(row.actor_id) for row in found if row.actor_kind == "staff")
    places = {row.code: row.name for row in queries.every_service(request.organisation.pk)} | {"": rules.WHOLE_NAME}
    return [
        {
            "row": row,
            "kind": named(row.kind),
            "numbers": _numbers(len(row.cells)),
            "undone": hasattr(row, "undone_by"),
            "who": known.get(int(row.actor_id), "Somebody") if row.actor_kind == "staff" else "The program",
            "cells": [(places.get(cell[0], cell[0]), _month(cell[1]), *cell[2:]) for cell in row.cells[:CELLS]],
            "more": max(0, len(row.cells) - CELLS),
        }
        for row in found
    ]


def _month(text: str) -> date:
    return date.fromisoformat(f"{text}-01")


def _numbers(many: int) -> str:
    return words.count(many, "number")


def _kept(cells: list[Any]) -> str:
    return "is kept" if len(cells) == 1 else "are kept"


@member(ENTER)
def activity_kind(request: StaffRequest, org: str) -> HttpResponse:
    """What is counted here."""
    organisation = request.organisation
    form = forms.KindForm.of(request, organisation=organisation, initial={"kind": organisation.activity_kind})
    if form.apply(actions.choose_activity):
        messages.success(request, f"Rates are taken over {named(form.result.activity_kind)} now.")
        return redirect("settings_activity", org)
    return render(request, "staff/settings/activity_kind.html", {"form": form})


@member(ENTER)
def bring_in_activity(request: StaffRequest, org: str) -> HttpResponse:
    """Numbers as a table: every row that cannot be kept is listed with the reason, and nothing is lost."""
    form = forms.ActivityTableForm.of(request, organisation=request.organisation, today=timezone.localdate())
    if form.apply(actions.enter_activity):
        cells = form.result.cells
        messages.success(request, f"{_numbers(len(cells))} {_kept(cells)}.")
        return redirect(f"{reverse('settings_activity', args=[org])}?year={max(cell[1] for cell in cells)[:4]}")
    return render(request, "staff/settings/activity_table.html", {"form": form})


@member(ENTER)
@require_POST
def undo_activity(request: StaffRequest, org: str, change_id: int) -> HttpResponse:
    """Give back what stood before a change."""
    try:
        back = actions.undo_activity(
            organisation=request.organisation, change_id=change_id, by=request.viewer.actor, at=timezone.now()
        )
    except Refused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, f"{_numbers(len(back.cells))} {_kept(back.cells)} as before that change.")
    return redirect("settings_activity", org)
