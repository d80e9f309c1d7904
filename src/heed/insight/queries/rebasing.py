"""With which months the limits of a measure begin anew."""

from datetime import date

from heed.insight.models import Rebase


def rebases(organisation_id: int, measure: str, service: str | None, *, taken_back: bool = False) -> list[Rebase]:
    """New limits of a measure (a key), oldest month first; those that were taken back too, where they are asked for."""
    found = Rebase.objects.filter(organisation_id=organisation_id, measure=measure, service=service or "")
    found = found.select_related("made_by", "taken_back_by")
    return list(found if taken_back else found.filter(taken_back_at=None))


def rebased_months(organisation_id: int, service: str | None) -> dict[str, list[date]]:
    """The months with which new limits begin, by the key of the measure."""
    found: dict[str, list[date]] = {}
    rows = Rebase.objects.filter(organisation_id=organisation_id, service=service or "", taken_back_at=None)
    for measure, month in rows.values_list("measure", "month"):
        found.setdefault(measure, []).append(month)
    return found
