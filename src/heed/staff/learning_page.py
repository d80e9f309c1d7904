"""What the pages on which something is learned share: compare it with what was learned before, then keep it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone

from heed.audit.refusals import Refused
from heed.cases.queries import work
from heed.learning import queries
from heed.learning.actions import shelve
from heed.learning.queries import library

AIM_NEXT = "Next: say what it should change, before it starts."


def keep(request: Any, form: Any, action: Callable[..., Any], *, again: dict[str, Any], **more: Any) -> bool:
    """Whether what was written is kept, or something alike was chosen instead. `again`: what would be learned again, as
    `learn_again` takes it. What is alike is shown once for the same words, and nothing typed is lost."""
    if form.is_sent and (chosen := request.POST.get("use", "")):
        return _use(request, form, chosen, again)
    if form.compare(request.viewer):
        return False
    if not form.apply(action, **more):
        return False
    then = (
        "Now the action that comes of it." if _goes_on(request) else "Promise an action, so that it changes something."
    )
    messages.success(request, f"What was learned is recorded. {then}")
    return True


def after(request: Any, form: Any, route: str, *args: object) -> HttpResponse:
    """Where one goes once it is kept: on to the promise of an action, where that was asked for and may be, else to the page
    that the route names. What was learned before has its actions already."""
    point = form.result
    if _goes_on(request) and point is not None and may_promise(request.viewer, point):
        return redirect("promise_from_point", point.organisation.code, point.pk)
    return redirect(route, *args)


def may_promise(viewer: Any, point: Any) -> bool:
    """An action because of a case is promised by whoever sees the case."""
    if point.case_id is None:
        return True
    return any(case.pk == point.case_id for case in library.behind(viewer, point).seen_cases)


def _goes_on(request: Any) -> bool:
    return request.POST.get("then") == "promise" and not request.POST.get("use")


def _use(request: Any, form: Any, chosen: str, again: dict[str, Any]) -> bool:
    point = (
        library.point(request.viewer, int(chosen))
        if chosen.isascii() and chosen.isdigit() and len(chosen) < 19
        else None
    )
    if point is None:
        return False
    try:
        shelve.learn_again(point_id=point.pk, **again, by=request.viewer.actor, at=timezone.now())
    except Refused as refused:
        form.is_valid()
        form.add_error(None, str(refused))
        return False
    messages.success(request, "It is recorded that this shows the same. What was learned before counts one more.")
    return True


def decision_of(case: Any) -> str:
    """The decision of the Ombudsman that was named last for a case, so that it is not asked again; "" for none."""
    named = [remedy.decision for remedy in work.remedies(case) if remedy.decision]
    points = [point.origin_sentence for point in queries.for_case(case.pk) if point.source == "ombudsman"]
    return next(iter([*reversed(named), *points]), "")


def beginning(request: Any) -> dict[str, Any]:
    """What a new point begins with, where it is taken from one that is there (`?from=`)."""
    asked: QueryDict = request.GET
    number = asked.get("from", "")
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return {}
    point = library.point(request.viewer, int(number))
    if point is None:
        return {}
    factors = [row.factor for row in point.factors.all()]
    return {"text": point.text, "level": point.level, "factors": factors, "taken": str(point.pk)}
