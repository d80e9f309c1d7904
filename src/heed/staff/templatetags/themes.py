"""How the quality of suggestions is told."""

from django import template

register = template.Library()
TOO_FEW = "Too few"


@register.filter
def share(value: float | None) -> str:
    """A share as a percentage; None in words."""
    return TOO_FEW if value is None else f"{value:.0%}"


@register.filter
def points(value: float | None) -> str:
    """A difference of shares in percentage points; None in words."""
    return TOO_FEW if value is None else f"{value * 100:.0f} points"
