"""Did it work? What an action should change, the answers that were kept, asking again, and what worked of all."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from heed.accounts.permissions import Permission
from heed.design.components import Link
from heed.insight.actions.proof import ask as ask_whether
from heed.insight.queries import proofs
from heed.insight.queries.scope import scope_of
from heed.learning import actions as learning
from heed.learning.queries import aims
from heed.staff import proof_files
from heed.staff.aims_offered import initial, measures, months
from heed.staff.forms.proof import AimForm, AskForm
from heed.staff.paging import page
from heed.staff.scope import StaffRequest, member
from heed.staff.views.action import SEES, get_action


@member(Permission.RECORD_LEARNING)
def aim(request: StaffRequest, org: str, action_id: int) -> HttpResponse:
    """Say what the action should change."""
    found, chosen = get_action(request, action_id), aims.aim_of(action_id)
    today = timezone.localdate()
    form = AimForm.of(
        request, action=found, organisation=request.organisation, measures=measures(request.organisation),
        months=months(today), initial=initial(found, chosen),
    )  # fmt: skip
    if form.apply(learning.choose_aim):
        messages.success(request, "What the action should change is kept.")
        return redirect("action", org, action_id)
    return render(request, "staff/proof/aim.html", {"action": found, "aim": chosen, "form": form})


@member(*SEES)
@require_safe
def did_it_work(request: StaffRequest, org: str, action_id: int) -> HttpResponse:
    """The latest answer, or an older one by its number."""
    found = get_action(request, action_id)
    answers = proofs.answers(request.viewer, request.organisation, action_id)
    shown = _shown(answers, request.GET.get("answer", ""))
    aim = aims.aim_of(action_id)
    scope = scope_of(request.viewer, request.organisation)
    context: dict[str, Any] = {
        "action": found, "answers": answers, "shown": shown, "is_latest": shown is None or shown is answers[0],
        "aim": proofs.aim_words(request.organisation, scope, aim) if aim else None,
        "ask_from": proofs.ask_from(aim) if aim else None,
        "may_ask": request.viewer.may(Permission.RECORD_LEARNING) and found.state == "completed" and aim is not None,
        "may_learn": request.viewer.may(Permission.RECORD_LEARNING),
        "downloads": proof_files.offered(shown) if shown else [],
    }  # fmt: skip
    return render(request, "staff/proof/did_it_work.html", context)


def _shown(answers: list[proofs.Answer], asked: str) -> proofs.Answer | None:
    """Of that number; the latest where none is asked for, 404 where there is none of it."""
    if not asked:
        return answers[0] if answers else None
    found = [answer for answer in answers if str(answer.verdict.number) == asked]
    if not found:
        raise Http404
    return found[0]


@member(Permission.RECORD_LEARNING)
def ask(request: StaffRequest, org: str, action_id: int) -> HttpResponse:
    """Work it out anew, on purpose."""
    found = get_action(request, action_id)
    form = AskForm.of(request)
    if form.apply(ask_whether, action_id=action_id):
        messages.success(request, "It is worked out from the figures of this moment, and kept with your name.")
        return redirect("did_it_work", org, action_id)
    answers = proofs.answers(request.viewer, request.organisation, action_id)
    context = {"action": found, "form": form, "many": len(answers), "aim": aims.aim_of(action_id)}
    return render(request, "staff/proof/ask.html", context)


@member(Permission.SEE_INSIGHT)
@require_safe
def proof_file(request: StaffRequest, org: str, action_id: int, file: str) -> HttpResponse:
    """What an answer rests on as a file, or its chart as a picture, for whoever may see the figures."""
    get_action(request, action_id)
    answers = proofs.answers(request.viewer, request.organisation, action_id)
    shown = _shown(answers, request.GET.get("answer", ""))
    if shown is None or file not in dict(proof_files.offered(shown)):
        raise Http404
    content, kind = proof_files.made(file, shown)
    response = HttpResponse(content, content_type=kind)
    name = f"{org}-action-{action_id}-{shown.verdict.number}.{file.rpartition('.')[2]}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@member(*SEES, Permission.SEE_INSIGHT)
@require_safe
def what_worked(request: StaffRequest, org: str) -> HttpResponse:
    """All actions that the person may see of which it was asked, by what was found; and those for which it is too early."""
    state = request.GET.get("verdict", "answered")
    state = state if state in proofs.STATES else "answered"
    counts = proofs.counts(request.viewer)
    early = state == "early"
    rows = proofs.places(request.viewer, state)
    shown = page(rows, "chosen_at" if early else "asked_at", request.GET.dict(), newest_first=True)
    lines = proofs.listed(state, [row["pk"] for row in shown.rows])
    context = {
        "state": state, "page": shown, "lines": lines, "early": early,
        "states": [Link(name, f"?verdict={key}", current=key == state, count=counts[key])
                   for key, name in proofs.STATES.items()],
    }  # fmt: skip
    return render(request, "staff/proof/what_worked.html", context)
