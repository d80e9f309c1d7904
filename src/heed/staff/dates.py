"""The dates of a case, each with how it was worked out."""

from typing import Any

DATES = {
    "received": "Received",
    "acknowledge_by": "Acknowledge by",
    "respond_by": "Respond by",
    "original_respond_by": "Respond by, as first told",
    "review_by": "Review by",
    "stage_2_acknowledge_by": "Acknowledge stage 2 by",
    "stage_2_respond_by": "Respond to stage 2 by",
}


def dates_of(standing: Any) -> list[dict[str, Any]]:
    """The receipt and each date of the clock, with the sentences of how it came about; those of stage 2 only once it was
    asked for."""
    due = standing.due
    names = [name for name in DATES if standing.case.stage == 2 or not name.startswith("stage_2")]
    days = {"received": standing.case.received_at, **due.due}
    return [{"label": DATES[name], "on": days[name], "lines": due.derivation_of[name]} for name in names]
