"""Compares each piece with what shows it: its approved wording, its search entry, and that what was taken back is gone."""

from collections.abc import Iterator

from heed.learning import pieces
from heed.learning.models import Piece
from heed.search import queries as search
from heed.search.rows import Row

BATCH = 500


def count() -> int:
    return Piece.objects.count()


def problems(sample: int | None = None) -> Iterator[tuple[int, list[str]]]:
    """Batch after batch: how many pieces were compared, and a sentence for each difference."""
    ids = list(Piece.objects.order_by("?" if sample is not None else "pk").values_list("pk", flat=True)[:sample])
    shown: set[int] = set()
    for start in range(0, len(ids), BATCH):
        rows = Piece.objects.filter(pk__in=ids[start : start + BATCH]).select_related("shown", "consent")
        found = list(rows.prefetch_related("wordings"))
        shown.update(row.pk for row in found if row.state == "published")
        yield len(found), [line for row in found for line in _of_one(row)]
        yield 0, [gap.sentence for gap in search.outdated(_entry(row) for row in found if row.shown)]
    if sample is None:
        gone = [object_id for object_id in search.indexed_ids("piece") if object_id not in shown]
        yield 0, [f"piece {object_id} can be found and is not shown" for object_id in gone]


def _entry(piece: Piece) -> Row:
    words = piece.shown.words if piece.shown else {}
    at = piece.changed_at or piece.at
    return Row("piece", piece.pk, piece.organisation_id, *pieces.found_by(piece.kind, words), at)


def _of_one(piece: Piece) -> Iterator[str]:
    if (piece.state == "published") != (piece.shown is not None):
        yield f"piece {piece.pk} is {piece.state}, and what it shows does not fit that"
    if piece.shown and (piece.shown.piece_id != piece.pk or piece.shown.approved_at is None):
        yield f"piece {piece.pk} shows a wording that was not approved"
    if piece.kind != "story":
        return
    consent = getattr(piece, "consent", None)
    if piece.state == "published" and (consent is None or consent.withdrawn_at):
        yield f"piece {piece.pk} is a story that is told without consent"
    if piece.state == "withdrawn" and any(wording.words for wording in piece.wordings.all()):
        yield f"piece {piece.pk} is a story that was taken back, and its words are still there"
