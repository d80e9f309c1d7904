"""Supervision: when, for those who assure it; what was said, for the two whom a talk was between, and for nobody else."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Q, QuerySet

from heed.accounts.permissions import Viewer
from heed.care.models import Reflection, Supervision, Talk, TalkNote


@dataclass(frozen=True)
class Dates:
    """Of one pair, dates and names alone. `late`: the agreed day of the next talk is past."""

    supervision_id: int
    supervisor: str
    supervised: str
    every_weeks: int
    last_on: date | None
    next_on: date
    late: bool


def dates(organisation_id: int, today: date) -> list[Dates]:
    """Everybody who has supervision, by the name of who is supervised. It never reads what was said."""
    rows = (
        Supervision.objects.filter(organisation_id=organisation_id, ended_at=None)
        .annotate(last_on=Max("talks__held_on"))
        .order_by("supervised__name_folded", "pk")
        .values_list("pk", "supervisor__name", "supervised__name", "every_weeks", "last_on", "next_on")
    )
    return [Dates(*row, late=row[-1] < today) for row in rows]


def without(organisation_id: int, people: QuerySet) -> list[str]:
    """The names, of these people, of those with whom no supervision is agreed."""
    has = Supervision.objects.filter(organisation_id=organisation_id, ended_at=None).values("supervised_id")
    return list(people.exclude(pk__in=has).order_by("name_folded", "pk").values_list("name", flat=True))


def mine(viewer: Viewer) -> list[Supervision]:
    """The pairs of now that the person is one of."""
    one = Q(supervisor_id=viewer.person_id) | Q(supervised_id=viewer.person_id)
    rows = Supervision.objects.filter(one, organisation_id=viewer.organisation_id, ended_at=None)
    return list(rows.select_related("supervisor", "supervised"))


def one_of_mine(viewer: Viewer, supervision_id: int) -> Supervision | None:
    """One of those pairs."""
    return next((one for one in mine(viewer) if one.pk == supervision_id), None)


def my_supervisor(viewer: Viewer) -> Supervision | None:
    """The pair in which the person is supervised."""
    return next((one for one in mine(viewer) if one.supervised_id == viewer.person_id), None)


def talks(viewer: Viewer, limit: int = 20) -> list[Talk]:
    """The newest talks of the person, also of pairs that have ended."""
    return list(_my_talks(viewer).order_by("-held_on", "-pk")[:limit])


def talk(viewer: Viewer, talk_id: int) -> Talk | None:
    """One of them."""
    return _my_talks(viewer).filter(pk=talk_id).first()


def _my_talks(viewer: Viewer) -> QuerySet[Talk]:
    two = Q(supervision__supervisor_id=viewer.person_id) | Q(supervision__supervised_id=viewer.person_id)
    rows = Talk.objects.filter(two, supervision__organisation_id=viewer.organisation_id)
    return rows.select_related("supervision__supervisor", "supervision__supervised")


def note(viewer: Viewer, talk_id: int) -> TalkNote | None:
    """What was kept of a talk, for one of the two."""
    return TalkNote.objects.seen_by(viewer).select_related("by").filter(talk_id=talk_id).first()


def reflections(viewer: Viewer, limit: int = 50) -> list[Reflection]:
    """Their own and those shared with them, newest first."""
    return list(_reflections(viewer)[:limit])


def reflection(viewer: Viewer, reflection_id: int) -> Reflection | None:
    """One of them."""
    return _reflections(viewer).filter(pk=reflection_id).first()


def _reflections(viewer: Viewer) -> QuerySet[Reflection]:
    rows = Reflection.objects.seen_by(viewer).select_related("writer", "shared_with")
    return rows.order_by("-written_at", "-pk")
