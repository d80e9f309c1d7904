"""How was it for you? By a one-time link, on the page where somebody follows their case, or open to anybody.

Every page can be written to and not read from: none shows an answer that was given before."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from heed.audit.actor import Actor
from heed.audit.refusals import Refused
from heed.cases.actions.listen import answer_campaign
from heed.feedback import surveys
from heed.feedback.actions import answering, asking
from heed.feedback.actions.answering import PUBLIC_AUDIENCES, Told
from heed.feedback.queries import surveys as queries
from heed.feedback.surveys.form import SurveyForm
from heed.portal import pace
from heed.portal.access import PortalRequest, at_organisation, member_of_the_public, private
from heed.portal.asked import AskedRequest, asked, over
from heed.portal.following import following
from heed.portal.forms.surveys import CampaignForm

TAKEN_BACK = "Your answers are withdrawn. None of them is kept or counted."
GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@GET_OR_POST
@asked(asking.PURPOSE)
@pace.unhurried
def by_link(request: AskedRequest, word: str) -> HttpResponse:
    """An empty form, from the e-mail."""
    found = queries.request(request.organisation.pk, int(request.link.object_id))
    if found is None:
        return over(request)
    return _ask(request, found, request.actor, "survey_thanks")


@private
@GET_OR_POST
@following
@pace.unhurried
def of_case(request: PortalRequest, feedback: Any, grant: str) -> HttpResponse:
    """The same from the page where somebody follows their case, and the way to take answers back."""
    audience, by = queries.audience_of(feedback), member_of_the_public(request, feedback.pk)
    if "withdraw" in request.POST:
        answering.take_back(feedback_id=feedback.pk, audience=audience, by=by)
        messages.success(request, TAKEN_BACK)
        return redirect("follow_page", request.organisation.code, grant)
    found = queries.open_for(feedback, audience, timezone.localdate())
    if found is not None:
        return _ask(request, found, by, "survey_thanks")
    if not queries.standing(feedback, timezone.localdate()):
        raise Http404("Nothing is asked here.")
    return render(request, "portal/surveys/answered.html", {"grant": grant})


def _ask(request: PortalRequest, found: Any, by: Actor, onward: str) -> HttpResponse:
    """The form of one request; when it was sent, on to the thanks."""
    if "refuse" in request.POST:
        asking.refuse(request_id=found.pk, by=by, at=timezone.now())
        return redirect("survey_refused", request.organisation.code)

    def keep(told: Told, form: SurveyForm) -> None:
        answering.answer(request_id=found.pk, told=told, by=by, at=timezone.now())

    asked_of = queries.questionnaire_of(found)
    may_share = found.audience in PUBLIC_AUDIENCES
    shown = {"staff": not may_share, "may_refuse": True}
    return _page(request, asked_of, keep, onward, shown, form_of=SurveyForm, may_share=may_share)


@private
@GET_OR_POST
@at_organisation
@pace.unhurried
def campaign(request: PortalRequest, code: str) -> HttpResponse:
    """A listening campaign, for anybody, while it is open."""
    found = queries.campaign(request.organisation.pk, code)
    if found is None:
        raise Http404("There is no such campaign.")
    if not found.opens_on <= timezone.localdate() <= found.closes_on:
        return render(request, "portal/surveys/closed.html", {"campaign": found})

    def keep(told: Told, form: SurveyForm) -> None:
        pace.another_form(request, timezone.now())
        answer_campaign(
            campaign_id=found.pk, told=told, as_comment=form.cleaned_data["as_comment"],
            by=member_of_the_public(request), at=timezone.now(),
        )  # fmt: skip

    asked_of = queries.questionnaire_for_campaign(found)
    return _page(request, asked_of, keep, "survey_thanks", {"campaign": found}, form_of=CampaignForm)


def _page(
    request: PortalRequest, asked_of: Any, keep: Callable[[Told, SurveyForm], None], onward: str,
    shown: dict[str, Any], *, form_of: type[SurveyForm], **more: Any,
) -> HttpResponse:  # fmt: skip
    if "complain" in request.POST:
        return render(request, "portal/surveys/complain.html", {"text": request.POST.get("text", "").strip()})
    offered = surveys.languages(asked_of)
    language = chosen if (chosen := request.GET.get("language", "en")) in offered else "en"
    page, told_in = surveys.words_of_page(language=language), surveys.in_language(asked_of, language)
    other = "" if language == "en" else language  # than that of the page's frame, which is English in any case
    data = request.POST if request.method == "POST" else None
    form = form_of(data, asked=told_in, page=page, language=other, **more)
    if data is not None and _kept(form, keep):
        return redirect(onward, request.organisation.code)
    context = {"form": form, "asked": told_in, "page": page.sentences, "title": asked_of.title, **shown}
    languages = {"language": language, "languages": offered if len(offered) > 1 else {}}
    return render(request, "portal/surveys/form.html", {**context, **languages})


def _kept(form: SurveyForm, keep: Callable[[Told, SurveyForm], None]) -> bool:
    """Keep what was answered; False with the reason in the form."""
    if not form.is_valid():
        return False
    try:
        keep(Told(form.answers(), form.cleaned_data["text"], form.cleaned_data.get("share", False)), form)
    except Refused as refusal:
        form.add_error(None, str(refusal))
    return not form.errors


@private
@require_safe
@at_organisation
def thanks(request: PortalRequest) -> HttpResponse:
    """It arrived; and how to complain, once more."""
    return render(request, "portal/surveys/thanks.html")


@private
@require_safe
@at_organisation
def refused(request: PortalRequest) -> HttpResponse:
    """They will not be asked again."""
    return render(request, "portal/surveys/refused.html")
