"""Tell us: a question a page, kept as it is typed, from the first word to the check."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from heed.feedback.actions import draft as drafts_actions
from heed.portal import drafts
from heed.portal.access import PortalRequest, at_organisation, member_of_the_public, private
from heed.portal.forms.kind import ELSEWHERE
from heed.portal.pace import unhurried
from heed.portal.steps import CHECK, FORMS, Journey, typed_by_hand, typed_in
from heed.portal.views.way import address, elsewhere_lines, keep_words_as_file, page_of

require_get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@private
@require_get_or_post
@at_organisation
@unhurried
def start(request: PortalRequest) -> HttpResponse:
    """The first question. It points elsewhere where that helps, and is never a barrier; a form begun before is offered."""
    return _ask(request, "kind")


@private
@require_get_or_post
@at_organisation
@unhurried
def step(request: PortalRequest, step: str) -> HttpResponse:
    """One further question."""
    if step not in FORMS or step == "kind":
        raise Http404("There is no such question.")
    return _ask(request, step)


def _ask(request: PortalRequest, step: str) -> HttpResponse:
    draft = drafts.unsent(request)
    journey = drafts.journey(request, draft)
    if not journey.is_askable(step):
        return _out_of_turn(request, journey, step)
    if request.method == "POST":
        return _keep(request, journey, step)
    form = journey.forms.get(step) or journey.form(step, None)
    return page_of(request, journey, step, form, draft)


def _out_of_turn(request: PortalRequest, journey: Journey, step: str) -> HttpResponse:
    """A question that cannot be asked yet leads to the first that can. What was typed into it, on a page that was open
    when the draft ran out, is kept for when its turn comes."""
    response = redirect(address(request, journey.first_open() or "kind"))
    if request.method != "POST":
        return response
    now = timezone.now()
    draft, token = drafts.open_for_writing(request, now)
    drafts_actions.keep(draft_id=draft.pk, answers={step: typed_by_hand(request.POST)}, at=now)
    messages.info(request, "We kept what you just wrote. Please answer this first.")
    return drafts.remember(response, request, token)


def _keep(request: PortalRequest, journey: Journey, step: str) -> HttpResponse:
    """Keep what was typed, right or wrong, and go on when it holds."""
    now = timezone.now()
    form = journey.form(step, request.POST)
    if step == "kind" and form.is_valid() and form.cleaned_data["kind"] == ELSEWHERE:
        return redirect("tell_us_elsewhere", organisation=request.organisation.code)
    draft, token = drafts.open_for_writing(request, now)
    if step == "words" and "as_file" in request.POST:
        form = keep_words_as_file(request, journey, draft, now)
    drafts_actions.keep(draft_id=draft.pk, answers={step: typed_in(form)}, at=now)
    if not form.is_valid():
        return drafts.remember(page_of(request, journey, step, form, draft), request, token)
    onward = Journey(request.organisation, {**journey.answers, step: typed_in(form)})
    there = CHECK if "change" in request.GET and onward.first_open() is None else onward.next_after(step)
    return drafts.remember(redirect(address(request, there)), request, token)


@private
@require_http_methods(["GET", "HEAD"])
@at_organisation
def elsewhere(request: PortalRequest) -> HttpResponse:
    """Where else to turn, with the way back: telling us is always possible."""
    return render(request, "portal/tell_us/elsewhere.html", {"services": elsewhere_lines(request.organisation)})


@require_POST
@at_organisation
def start_again(request: PortalRequest) -> HttpResponse:
    """Throw away what was written, with its files, and begin anew."""
    draft = drafts.unsent(request)
    if draft is not None:
        drafts_actions.discard(draft_id=draft.pk, by=member_of_the_public(request), at=timezone.now())
        messages.info(request, "What you wrote is deleted. Nothing was sent.")
    return drafts.forget(redirect("tell_us", organisation=request.organisation.code), request)
