"""A button that does one thing: what it did is said, and a refusal too."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.utils import timezone

from heed.audit.refusals import Refused
from heed.staff.scope import StaffRequest


def tried(request: StaffRequest, action: Callable[..., Any], said: str, **values: Any) -> bool:
    """Call the action for the organisation of the page; `said` is shown where it was done, and True given back."""
    try:
        action(organisation=request.organisation, by=request.viewer.actor, at=timezone.now(), **values)
    except Refused as refused:
        messages.warning(request, str(refused))
        return False
    messages.success(request, said)
    return True
