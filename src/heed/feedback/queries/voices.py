"""What is heard elsewhere, read: as a list, as what is still to be coded, and counted by subject."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Sum, Value, When

from heed.feedback.models import Batch, Feedback, Voice

STILL = Q(taken_back_at__isnull=True)


def heard(
    organisation_id: int, *, source: str = "", service_id: int | None = None, subject: str = ""
) -> QuerySet[Voice]:
    """What was recorded and not taken back, with what a list shows. Order by heard_on, pk."""
    found = Voice.objects.filter(STILL, organisation_id=organisation_id).select_related("service", "words", "by")
    if source:
        found = found.filter(source=source)
    if service_id:
        found = found.filter(service_id=service_id)
    return found.filter(subject=subject) if subject else found


def voice(organisation_id: int, voice_id: int) -> Voice | None:
    """One of them."""
    return heard(organisation_id).filter(pk=voice_id).first()


def batches(organisation_id: int, limit: int = 20) -> list[Batch]:
    """The newest files that were brought in and of which something still counts, each with how many (`still`)."""
    found = Batch.objects.filter(organisation_id=organisation_id).annotate(
        still=Count("voices", filter=Q(voices__taken_back_at__isnull=True))
    )
    return list(found.filter(still__gt=0).order_by("-pk")[:limit])


def uncoded_voices(organisation_id: int, limit: int) -> list[Voice]:
    """Voices with words of which nobody has said what they are about, newest first."""
    rows = Voice.objects.filter(STILL, organisation_id=organisation_id, subject="", words__isnull=False)
    return list(rows.select_related("words", "service").order_by("-heard_on", "-pk")[:limit])


def uncoded_feedback(organisation_id: int, limit: int) -> list[Feedback]:
    """Comments and compliments of which nobody has said what they are about, newest first."""
    rows = Feedback.objects.filter(organisation_id=organisation_id, case__isnull=True, subject="")
    return list(rows.select_related("narrative", "service").order_by("-received_at", "-pk")[:limit])


@dataclass(frozen=True)
class HowMany:
    """A sum: `number` of what was heard, and `few` entries more that stand for fewer than five each. For staff surveys,
    `of_how_many` answered."""

    number: int
    few: int
    of_how_many: int


def counted(
    organisation_id: int, *, first: date, last: date, services: Collection[str] | None = None, by: str = "subject"
) -> dict[tuple[str, str], HowMany]:
    """By (subject or service code, source), from `first` to `last`. services: codes, "" for none, None for no narrowing."""
    column = {"subject": F("subject"), "service": Case(When(service=None, then=Value("")), default=F("service__code"))}[
        by
    ]
    rows = Voice.objects.filter(STILL, organisation_id=organisation_id, heard_on__range=(first, last))
    if services is not None:
        of = Q(service__code__in=[code for code in services if code])
        rows = rows.filter(of | Q(service=None) if "" in services else of)
    unknown = Case(When(number=None, then=Value(1)), default=Value(0), output_field=IntegerField())
    found = (
        rows.order_by()
        .values(what=column, heard=F("source"))
        .annotate(many=Sum("number"), few=Sum(unknown), asked=Sum("of_how_many"))
    )
    return {(row["what"], row["heard"]): HowMany(row["many"] or 0, row["few"], row["asked"] or 0) for row in found}
