"""{% load staff %}: the band of links that every staff page has."""

from typing import Any

from django import template

from heed.staff.navigation import sections

register = template.Library()


@register.inclusion_tag("heed/components/navigation.html", takes_context=True)
def staff_navigation(context: dict[str, Any]) -> dict[str, Any]:
    """Links to the parts of Heed that the person may use in this organisation, the present one marked."""
    request = context["request"]
    return {"label": "Main", "links": sections(request.viewer, request.path)}
