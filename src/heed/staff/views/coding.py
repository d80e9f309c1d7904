"""Blind coding: start a round, code a text, and see how far two people agree."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from heed.accounts.permissions import Permission
from heed.audit.refusals import Refused
from heed.insight.actions import coding as actions
from heed.insight.queries import coding as queries
from heed.staff.forms import quality as forms
from heed.staff.scope import StaffRequest, member


@member(Permission.CHECK_QUALITY)
def start(request: StaffRequest, org: str) -> HttpResponse:
    """Ask two people to code the same texts."""
    since = timezone.localdate() - timedelta(days=365)
    form = forms.RoundForm.of(request, coders=queries.coders(request.organisation.pk), since=since)
    if form.apply(actions.start_round, organisation=request.organisation):
        messages.success(request, f"Round {form.result.number} is drawn. Both find it on their page “Data quality”.")
        return redirect("coding_round", org, form.result.pk)
    return render(request, "staff/quality/start.html", {"form": form})


@member(Permission.SEE_INSIGHT)
@require_safe
def coding_round(request: StaffRequest, org: str, round_id: int) -> HttpResponse:
    """A round: how far it is, and once it has ended, how far the two agree."""
    of = queries.round_of(request.viewer, round_id)
    if of is None:
        raise Http404
    line = queries.line_of(of)
    context = {
        "round": of,
        "line": line,
        "ask": None if of.ended_at else queries.ask_of(request.viewer, of),
        "pairs": queries.pairs(request.viewer, of, line.fields) if of.ended_at else [],
        "sees_cases": any(map(request.viewer.may, queries.SEES_TEXTS)),
    }
    return render(request, "staff/quality/round.html", context)


@member(Permission.SEE_INSIGHT)
def code(request: StaffRequest, org: str, round_id: int, number: int) -> HttpResponse:
    """One text, plain: for one of the two who code it."""
    text = queries.text_for(request.viewer, round_id, number)
    if text is None:
        raise Http404
    form = forms.CodeForm.of(request, subject_list=request.organisation.subject_list, initial=text.given)
    if form.apply(actions.code_text, round_id=round_id, number=number):
        ask = None if form.result.ended_at else queries.ask_of(request.viewer, form.result)
        if ask and ask.next:
            return redirect("code_text", org, round_id, ask.next)
        messages.success(request, "You have coded every text of this round. Thank you.")
        return redirect("coding_round", org, round_id)
    return render(request, "staff/quality/text.html", {"text": text, "form": form})


@member(Permission.CHECK_QUALITY)
@require_POST
def end(request: StaffRequest, org: str, round_id: int) -> HttpResponse:
    """End a round early."""
    if queries.round_of(request.viewer, round_id) is None:
        raise Http404
    try:
        actions.end_round(round_id=round_id, by=request.viewer.actor, at=timezone.now())
    except Refused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, "The round has ended. What both have coded is compared.")
    return redirect("coding_round", org, round_id)
