"""The part that a person takes, read: by themselves on their page, and by those who work on the case."""

from dataclasses import dataclass
from datetime import datetime

from heed.learning import involvement
from heed.learning.models import Informing, Part, Satisfaction


@dataclass(frozen=True)
class Agreed:
    """Something that the person agreed to. `withdrawn_at` None while it stands."""

    option: str
    label: str
    agreed_at: datetime
    how: str
    withdrawn_at: datetime | None


@dataclass(frozen=True)
class Taken:
    """All that a person said of their part. `wish`: a key of INFORM, "" before anybody asked; `wish_label` its words."""

    wish: str
    wish_label: str
    said_at: datetime | None
    said_how: str
    agreed: list[Agreed]
    satisfied: str
    satisfied_label: str
    satisfied_words: str
    satisfied_at: datetime | None

    @property
    def standing(self) -> list[Agreed]:
        return [one for one in self.agreed if one.withdrawn_at is None]


def part_of(case_id: int) -> Taken:
    """What the person behind a case said of their part, in three queries; consent that was withdrawn stands with its day."""
    informing = Informing.objects.filter(case_id=case_id).first()
    said = Satisfaction.objects.filter(case_id=case_id).first()
    labels = involvement.options()
    agreed = [
        Agreed(
            part.option,
            labels.get(part.option, part.option),
            part.agreed_at,
            involvement.HOW[part.how],
            part.withdrawn_at,
        )
        for part in Part.objects.filter(case_id=case_id)
    ]
    return Taken(
        wish=informing.wish if informing else "",
        wish_label=involvement.INFORM[informing.wish] if informing else "",
        said_at=informing.at if informing else None,
        said_how=involvement.HOW[informing.how] if informing else "",
        agreed=agreed,
        satisfied=said.answer if said else "",
        satisfied_label=involvement.SATISFIED[said.answer] if said else "",
        satisfied_words=said.words if said else "",
        satisfied_at=said.at if said else None,
    )
