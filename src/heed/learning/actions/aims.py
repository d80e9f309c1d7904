"""Say what an action should change, before it starts; after that only with a reason that is kept and shown."""

from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from django.utils import timezone

from heed.audit.actor import Actor
from heed.audit.refusals import Refused
from heed.design.text import clean_text
from heed.learning import aiming
from heed.learning.actions.log import changing, staff_id
from heed.learning.aiming import Aimed
from heed.learning.models import Action, Aim
from heed.organisations import code_lists
from heed.organisations import queries as organisations


def choose_aim(*, action_id: int, aimed: Aimed, reason: str = "", by: Actor, at: datetime, version: int) -> Aim:
    """Keep what the action should change, or change that. `reason`: why only now, once the action has started; it stands
    beside every verdict. The measure is a key of insight's, which the screen offers and nobody here knows.

    Raises Refused with a sentence and the field that it concerns, Stale when somebody else changed the action."""
    with changing(action_id, by=by, at=at, version=version) as change:
        action, is_started = change.action, change.action.state != "promised"
        aimed = _clean(aimed)
        refusal = aiming.why_not_now(is_started=is_started, reason=reason) or aiming.why_not_aim(
            aimed, _services(action), dict(code_lists.load(action.organisation.subject_list).choices()),
            timezone.localdate(at),
        )  # fmt: skip
        if refusal:
            raise Refused(*refusal)
        before = Aim.objects.filter(action=action).first()
        if before and all(getattr(before, name) == value for name, value in asdict(aimed).items()):
            raise Refused("Nothing of it is other than before.")
        aim = before or Aim(action=action)
        for name, value in asdict(aimed).items():
            setattr(aim, name, value)
        aim.late_reason = clean_text(reason).strip() if is_started else ""
        aim.chosen_by_id, aim.chosen_at = staff_id(by), at
        aim.save()
        reason_id = change.reason(aim.late_reason) if aim.late_reason else None
        change.event("aim_changed" if before else "aim_chosen", reason_id=reason_id, late=is_started, **_codes(aimed))
    return aim


def _clean(aimed: Aimed) -> Aimed:
    """Without what the choice of control leaves without meaning."""
    return replace(
        aimed,
        control_service=aimed.control_service if aimed.control == "service" else "",
        no_control_reason=clean_text(aimed.no_control_reason).strip() if aimed.control == "none" else "",
    )


def _services(action: Action) -> set[str]:
    return set(organisations.every_service(action.organisation_id).values_list("code", flat=True))


def _codes(aimed: Aimed) -> dict[str, Any]:
    """Of the event: codes and dates, never words."""
    return {name: value for name, value in asdict(aimed).items() if name != "no_control_reason"}
