"""What must not stand in a piece: the names behind it, and what the anonymity check marks in each of its texts."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from heed.accounts import queries as accounts
from heed.cases.models import Case, ComplainedAbout
from heed.feedback.models import Feedback
from heed.learning.anonymity import Known, Mark, mark
from heed.learning.models import LearningPoint, Piece, Recurrence, Wording
from heed.learning.pieces import PARTS
from heed.organisations import queries as organisations


def known_to(piece: Piece) -> Known:
    """The names of those behind the piece, also of those who showed the same again or gave feedback without a case, of the
    staff and of the services, and what of the organisation anybody may have."""
    organisation, points = piece.organisation, LearningPoint.objects.filter(actions__pieces=piece)
    again = Recurrence.objects.filter(point__in=points)
    case_ids = {*cases_of(piece), *_all(again, "case_id")}
    items = {*_all(points, "feedback_id"), *_all(again, "feedback_id")}
    people = public_of(case_ids, items | ({piece.feedback_id} if piece.feedback_id else set()))
    return Known(
        people=tuple(dict.fromkeys([*people, *complained_about(case_ids)])),
        staff=tuple(accounts.members(piece.organisation_id).values_list("name", flat=True)),
        services=tuple(organisations.every_service(piece.organisation_id).values_list("name", flat=True)),
        ours=(organisation.name, organisation.short_name, organisation.contact_phone, organisation.contact_email),
    )


def _all(rows: QuerySet[Any], column: str) -> set[int]:
    return {pk for pk in rows.values_list(column, flat=True) if pk}


def cases_of(piece: Piece) -> list[int]:
    """The cases that a piece comes of: those that its actions do, and that of a story."""
    points = LearningPoint.objects.filter(actions__pieces=piece)
    found = set(points.cases().values_list("pk", flat=True))
    return sorted(found | ({piece.case_id} if piece.case_id else set()))


def public_of(case_ids: Collection[int] = (), feedback_ids: Collection[int] = ()) -> list[str]:
    """Names of the people behind the cases and the items of feedback, and how they want to be called."""
    ids = [*feedback_ids, *Case.objects.filter(pk__in=case_ids).values_list("feedback_id", flat=True)]
    behind = ("complainant", "person_affected", "representative")
    columns = [column for who in behind for column in (f"{who}__name", f"{who}__correspondent__address_as")]
    rows = Feedback.objects.filter(pk__in=ids).values_list(*columns)
    return [name for row in rows for name in row if name]


def complained_about(case_ids: Collection[int]) -> list[str]:
    """Names of those complained about in the cases, also of those who no longer work here."""
    rows = ComplainedAbout.objects.filter(case_id__in=case_ids).values_list("name", "person__name")
    return [name for row in rows for name in row if name]


@dataclass(frozen=True)
class Marked:
    """One mark and what was decided on it: by whom and when, None while nobody did."""

    part: str
    mark: Mark
    by_id: int | None = None
    at: str = ""

    @property
    def key(self) -> str:
        return key_of(self.part, self.mark.kind, self.mark.words)

    @property
    def is_open(self) -> bool:
        return self.by_id is None


@dataclass(frozen=True)
class Text:
    """One text of a wording with its marks: `pieces` are its words in order, each with its mark or None."""

    name: str
    label: str
    words: str
    marked: list[Marked]

    @property
    def pieces(self) -> list[tuple[str, Marked | None]]:
        found: list[tuple[str, Marked | None]] = []
        at = 0
        for one in self.marked:
            found += [(self.words[at : one.mark.start], None), (one.mark.words, one)]
            at = one.mark.end
        return [(words, one) for words, one in [*found, (self.words[at:], None)] if words]


def key_of(part: str, kind: str, words: str) -> str:
    """What a decision is kept under: the same words in the same text are decided once."""
    return f"{part}|{kind}|{words.casefold()}"


def texts_of(piece: Piece, wording: Wording, known: Known | None = None) -> list[Text]:
    """All texts of a wording with what is marked in them and what was decided."""
    known = known or known_to(piece)
    decided = {key_of(one["part"], one["kind"], one["words"]): one for one in wording.looked}
    return [
        Text(part.name, part.label, text, [_decided(part.name, found, decided) for found in mark(text, known)])
        for part in PARTS[piece.kind]
        if (text := wording.words.get(part.name, ""))
    ]


def _decided(part: str, found: Mark, decided: Mapping[str, Mapping[str, str]]) -> Marked:
    kept = decided.get(key_of(part, found.kind, found.words))
    if kept is None or found.must_go:
        return Marked(part, found)
    return Marked(part, found, int(kept["by"]), kept["at"])


def open_marks(texts: Iterable[Text]) -> list[Marked]:
    """Each mark that nobody decided on, once."""
    found = {one.key: one for text in texts for one in text.marked if one.is_open}
    return list(found.values())
