"""What the form of an aim offers, and what it begins with: what is known of where the action came from."""

from datetime import date
from typing import Any

from heed.insight.measures import GROUPS, in_words_of, row_of
from heed.insight.periods import months_on
from heed.insight.proof import outcomes
from heed.insight.queries.scope import applies
from heed.insight.queries.warnings import origin_of
from heed.staff.forms.proof import SERVICE

BACK = 60  # months in which a bad spell may lie
NAMES = ("measure", "service", "subject", "direction", "no_control_reason")


def measures(organisation: Any) -> list[tuple[str, Any]]:
    """The figures that the organisation has and of which a verdict can be had, in the groups of the figures' page."""
    here = [m for m in outcomes.offered() if not m.only_where or applies(m.only_where, organisation)]
    grouped: dict[str, list[tuple[str, str]]] = {}
    for measure in here:
        name = in_words_of(measure, organisation.activity_kind).name
        grouped.setdefault(GROUPS[row_of(measure).group], []).append((measure.key, name))
    return list(grouped.items())


def months(today: date) -> list[date]:
    """Oldest first, up to the present one."""
    return [months_on(today.replace(day=1), -steps) for steps in range(BACK, -1, -1)]


def initial(action: Any, aim: Any) -> dict[str, Any]:
    """What was chosen; or, for the first time, what the early warning was about that the action came of, or its service."""
    if aim is None:
        return {"phase_in": "0", "service": action.service.code if action.service else "", **_origin(action)}
    control = f"{SERVICE}{aim.control_service}" if aim.control == "service" else aim.control
    peak = {name: getattr(aim, name).isoformat() if getattr(aim, name) else "" for name in ("peak_first", "peak_last")}
    return {**{name: getattr(aim, name) for name in NAMES}, **peak, "control": control, "phase_in": str(aim.phase_in)}


def _origin(action: Any) -> dict[str, str]:
    point = action.learning_point
    found = origin_of(action.organisation_id, point.origin_id) if point.origin_kind == "warning" else None
    if found is None:
        return {"subject": point.subject}
    service, subject, first, last = found
    return {"service": service, "subject": subject, "peak_first": first.isoformat(), "peak_last": last.isoformat()}
