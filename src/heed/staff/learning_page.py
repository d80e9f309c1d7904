"""What the pages on which something is learned share: compare it with what was learned before, then keep it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import QueryDict
from django.utils import timezone

from heed.audit.refusals import Refused
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
    messages.success(request, "What was learned is recorded. Promise an action, so that it changes something.")
    return True


def _use(request: Any, form: Any, chosen: str, again: dict[str, Any]) -> bool:
    point = library.point(request.viewer, int(chosen)) if chosen.isascii() and chosen.isdigit() else None
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
