"""Asking people how it was: begin and stop, what has to be done by hand, listening campaigns, and one's own answers."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from heed.accounts.permissions import Permission
from heed.audit.refusals import Refused
from heed.cases.actions.ask import ask_one
from heed.cases.queries import asking as case_queries
from heed.feedback import surveys
from heed.feedback.actions import answering, asking, campaigns
from heed.feedback.actions.answering import Told
from heed.feedback.queries import surveys as queries
from heed.feedback.surveys.form import SurveyForm
from heed.staff.case_page import get_case
from heed.staff.forms.surveys import CampaignForm, EraseForm
from heed.staff.scope import StaffRequest, member

RUN = Permission.RUN_SURVEYS
KEPT = "The answers are kept, apart from the case."
NOT_AGAIN = "They will not be asked again."


@member(RUN)
@require_safe
def overview(request: StaffRequest, org: str) -> HttpResponse:
    """Whether people are asked, what waits for somebody of the staff, and the campaigns."""
    today, organisation = timezone.localdate(), request.organisation
    settings = queries.settings_of(organisation.pk)
    asks = settings is not None and settings.asks
    context = {
        "settings": settings,
        "timing": surveys.timing(today),
        "by_hand": case_queries.by_hand(request.viewer),
        "held": case_queries.held_back(settings, request.viewer, today) if settings and asks else [],
        "campaigns": queries.campaigns(organisation.pk),
        "today": today,
        "languages": surveys.other_languages(today),
    }
    return render(request, "staff/experience/asking.html", context)


@member(RUN)
@require_POST
def begin(request: StaffRequest, org: str) -> HttpResponse:
    """People are asked from today on, or no more."""
    asks = request.POST.get("asks") == "yes"
    asking.set_asking(organisation=request.organisation, asks=asks, by=request.viewer.actor, at=timezone.now())
    messages.success(request, "People are asked from today on." if asks else "Nobody is asked any more.")
    return redirect("survey_asking", org)


@member(RUN)
@require_POST
def ask_them(request: StaffRequest, org: str, reference: str) -> HttpResponse:
    """Somebody decided to ask where the calendar must not."""
    case, audience = get_case(request, reference), request.POST.get("audience", "")
    try:
        made = ask_one(case_id=case.pk, audience=audience, by=request.viewer.actor, at=timezone.now())
        messages.success(request, f"They are asked: {made.get_way_display().lower()}.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("survey_asking", org)


def _request(request: StaffRequest, request_id: int) -> Any:
    found = case_queries.to_enter(request.viewer, request_id)
    if found is None:
        raise Http404
    return found


@member(RUN)
@require_safe
def letter(request: StaffRequest, org: str, request_id: int) -> HttpResponse:
    """The questions on paper, to print and post."""
    found = _request(request, request_id)
    context = {
        "asked": queries.questionnaire_of(found),
        "page": surveys.words_of_page(found.asked_on),
        "survey": found,
        "to": queries.correspondent_of(found),
    }
    return render(request, "staff/experience/letter.html", context)


@member(RUN)
def enter(request: StaffRequest, org: str, request_id: int) -> HttpResponse:
    """What came back by post, or was said on the phone."""
    found, by = _request(request, request_id), request.viewer.actor
    if "posted" in request.POST:
        asking.hand_over(request_id=found.pk, by=by, at=timezone.now())
        messages.success(request, "It is noted that the letter was posted, or that you tried to ring.")
        return redirect("survey_asking", org)
    form = _form(request, found, may_share=True)
    if done := _sent(request, form, found):
        messages.success(request, done)
        return redirect("survey_asking", org)
    to = queries.correspondent_of(found)
    return render(request, "staff/experience/enter.html", {"form": form, "survey": found, "to": to})


def _form(request: StaffRequest, found: Any, *, may_share: bool) -> SurveyForm:
    sent = request.POST if request.method == "POST" else None
    page = surveys.words_of_page(found.asked_on)
    return SurveyForm(sent, asked=queries.questionnaire_of(found), page=page, may_share=may_share)


def _sent(request: StaffRequest, form: SurveyForm, found: Any) -> str:
    """Keep what was sent; the sentence that says so, "" when nothing was or something has to be put right."""
    by, at = request.viewer.actor, timezone.now()
    if "refuse" in request.POST:
        asking.refuse(request_id=found.pk, by=by, at=at)
        return NOT_AGAIN
    if request.method != "POST" or not form.is_valid():
        return ""
    told = Told(form.answers(), form.cleaned_data["text"], form.cleaned_data.get("share", False))
    try:
        answering.answer(request_id=found.pk, told=told, by=by, at=at)
    except Refused as refusal:
        form.add_error(None, str(refusal))
    return "" if form.errors else KEPT


@member(RUN)
def erase(request: StaffRequest, org: str) -> HttpResponse:
    """Somebody asks that what they answered is deleted."""
    form = EraseForm.of(request, viewer=request.viewer)
    if form.apply(answering.erase):
        messages.success(request, "Whatever they wrote is deleted, and nothing leads to their answers any more.")
        return redirect("survey_asking", org)
    return render(request, "staff/experience/erase.html", {"form": form})


@member(RUN)
def new_campaign(request: StaffRequest, org: str) -> HttpResponse:
    """Open a listening campaign."""
    form = CampaignForm.of(request, organisation=request.organisation)
    if form.apply(campaigns.open_campaign):
        messages.success(request, f"“{form.result.title}” is open to anybody from its first day to its last.")
        return redirect("survey_asking", org)
    context = {"form": form, "asked": surveys.load("anybody"), "languages": surveys.other_languages()}
    return render(request, "staff/experience/campaign.html", context)


@member(RUN)
@require_POST
def end_campaign(request: StaffRequest, org: str, campaign_id: int) -> HttpResponse:
    """Close it before its last day."""
    if not queries.campaigns(request.organisation.pk).filter(pk=campaign_id).exists():
        raise Http404
    try:
        campaigns.end_campaign(
            organisation=request.organisation, campaign_id=campaign_id, by=request.viewer.actor, at=timezone.now()
        )
        messages.success(request, "It is closed.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("survey_asking", org)


@member()
def own(request: StaffRequest, org: str) -> HttpResponse:
    """What somebody of the staff is asked themselves, and their wish not to be."""
    organisation, person_id = request.organisation, request.viewer.person_id
    if request.method == "POST" and "allow" in request.POST:
        asking.allow_again(organisation=organisation, staff_id=person_id, by=request.viewer.actor, at=timezone.now())
        messages.success(request, "You may be asked again.")
        return redirect("own_surveys", org)
    context = {
        "open": queries.own(person_id, organisation.pk, timezone.localdate()),
        "refused": queries.staff_is_refused(organisation.pk, person_id),
    }
    return render(request, "staff/experience/own.html", context)


@member()
def answer_own(request: StaffRequest, org: str, request_id: int) -> HttpResponse:
    """One's own answers; nobody else can open this page."""
    mine = queries.own(request.viewer.person_id, request.organisation.pk, timezone.localdate())
    found = next((one for one in mine if one.pk == request_id), None)
    if found is None:
        raise Http404
    form = _form(request, found, may_share=False)
    if _sent(request, form, found):
        messages.success(request, "Thank you. Your answers are kept without your name.")
        return redirect("own_surveys", org)
    page, asked = surveys.words_of_page(found.asked_on).sentences, queries.questionnaire_of(found)
    return render(request, "staff/experience/answer_own.html", {"form": form, "page": page, "asked": asked})
