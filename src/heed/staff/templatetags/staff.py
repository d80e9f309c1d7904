"""{% load staff %}: the band of links that every staff page has, and the names of codes."""

from collections.abc import Mapping
from typing import Any

from django import template

from heed.accounts.permissions import Permission
from heed.cases import lifecycle, rules
from heed.feedback.rules import gist
from heed.insight.queries import warnings
from heed.learning import library, proportion
from heed.learning import lifecycle as action_lifecycle
from heed.learning.queries import analyses
from heed.organisations import code_lists
from heed.staff import navigation
from heed.staff.dates import dates_of
from heed.staff.rail import contact_lines

register = template.Library()
OUTCOMES = {**rules.OUTCOMES, "settled": "Settled", "withdrawn": "Withdrawn"}


@register.inclusion_tag("heed/components/navigation.html", takes_context=True)
def staff_navigation(context: dict[str, Any]) -> dict[str, Any]:
    """Links to the parts of Heed that the person may use in this organisation, the present one marked."""
    request = context["request"]
    return {"label": "Main", "links": navigation.sections(request.member, request.path)}


@register.inclusion_tag("heed/components/tabs.html", takes_context=True)
def insight_tabs(context: dict[str, Any]) -> dict[str, Any]:
    """Links to the pages of insight, the present one marked."""
    request = context["request"]
    return {"label": "Insight", "links": navigation.insight_tabs(request.member, request.path)}


@register.inclusion_tag("heed/components/tabs.html", takes_context=True)
def learning_tabs(context: dict[str, Any]) -> dict[str, Any]:
    """Links to the pages of learning, the present one marked; `tab` in the context names the route of a page whose own
    address does not say where it belongs."""
    request = context["request"]
    path = navigation.address(context["tab"], request.organisation.code) if "tab" in context else request.path
    return {"label": "Learning", "links": navigation.learning_tabs(request.member, path)}


@register.inclusion_tag("heed/components/tabs.html", takes_context=True)
def care_tabs(context: dict[str, Any]) -> dict[str, Any]:
    """Links to the pages of looking after each other, the present one marked."""
    request = context["request"]
    return {"label": "Looking after each other", "links": navigation.care_tabs(request.member, request.path)}


@register.simple_tag(takes_context=True)
def open_warnings(context: dict[str, Any]) -> int | None:
    """How many early warnings are open for the person; None for who may see none."""
    return warnings.open_line(context["request"].viewer)


@register.simple_tag(takes_context=True)
def questions_waiting(context: dict[str, Any]) -> int:
    """How many questions were put to the person that they have not answered yet."""
    return analyses.how_many_asked(context["request"].member)


@register.simple_tag(takes_context=True)
def may(context: dict[str, Any], permission: str) -> bool:
    """{% may "HANDLE" as may_handle %}: whether the person has the permission here, or in the case that is shown."""
    return bool(context["request"].viewer.may(Permission[permission]))


@register.filter
def step_name(code: str) -> str:
    """Acknowledge"""
    return rules.STEPS[code]


@register.filter
def status_name(code: str) -> str:
    """Being looked into"""
    return lifecycle.STATUSES[code]


@register.filter
def outcome_name(code: str) -> str:
    """partly upheld"""
    return OUTCOMES.get(code, code).lower()


@register.filter
def label(code: str, code_list: str) -> str:
    """{{ channel|label:"channels" }}: the label of a code; a code that is no longer listed is shown as it is."""
    known = code_lists.load(code_list)
    return known.label(code) if code in known else code.replace("_", " ")


@register.filter
def source_name(code: str) -> str:
    """What something was learned from."""
    return library.source_name(code)


@register.filter
def voice_name(code: str) -> str:
    """The person who complained, or front-line staff."""
    return proportion.VOICES.get(code, code)


@register.filter
def labels(codes: str, code_list: str) -> list[str]:
    """The labels of codes parted by spaces."""
    return [label(code, code_list) for code in codes.split()]


@register.filter
def of_stage(people: Mapping[str, Any], stage: str) -> Any:
    """{{ practice.people|of_stage:one.stage }}: what people answered about a stage; None where too few did."""
    return people.get(stage)


register.filter("dates", dates_of)


register.filter("gist", gist)
register.filter("contact", contact_lines)


@register.filter
def standing(code: str) -> str:
    """How an action stands on its way, in words."""
    return {**action_lifecycle.STANDINGS, action_lifecycle.CANNOT: "Cannot be done by its owner"}.get(code, "")
