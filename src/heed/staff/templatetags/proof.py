"""{% load proof %}: what an action should change and whether it did, on the action's own page."""

from typing import Any

from django import template

from heed.accounts.permissions import Permission
from heed.insight.queries import proofs
from heed.insight.queries.scope import scope_of

register = template.Library()


@register.inclusion_tag("staff/proof/on_action.html", takes_context=True)
def did_it_work(context: dict[str, Any], aim: Any) -> dict[str, Any]:
    """What the action should change (`aim`, None while nobody has said so), and the latest answer."""
    request, action = context["request"], context["action"]
    scope = scope_of(request.viewer, request.organisation)
    return {
        "action": action, "organisation": request.organisation,
        "aim": proofs.aim_words(request.organisation, scope, aim) if aim else None,
        "verdict": proofs.latest_of([action.pk]).get(action.pk), "ask_from": proofs.ask_from(aim) if aim else None,
        "may_learn": request.viewer.may(Permission.RECORD_LEARNING),
    }  # fmt: skip
