"""Each published line becomes a piece with one approved wording. Who published it then wrote and approved it alike."""

import secrets

from django.db import migrations


def move(apps, schema_editor):
    Publication, Piece = apps.get_model("learning", "Publication"), apps.get_model("learning", "Piece")
    Wording, PieceEvent = apps.get_model("learning", "Wording"), apps.get_model("learning", "PieceEvent")
    for old in Publication.objects.order_by("pk").iterator():
        piece = Piece.objects.create(
            organisation_id=old.organisation_id, service_id=old.service_id, kind="line", token=secrets.token_hex(8),
            state="draft", by_id=old.by_id, at=old.published_at,
        )
        piece.actions.add(old.action_id)
        wording = Wording.objects.create(
            piece=piece, number=1, words={"you_said": old.you_said, "we_did": old.we_did}, looked=[], by_id=old.by_id,
            at=old.published_at, approved_by_id=old.by_id, approved_at=old.published_at,
        )
        piece.published_at, piece.changed_at = old.published_at, old.withdrawn_at or old.published_at
        piece.state, piece.withdrawn_at = ("withdrawn", old.withdrawn_at) if old.withdrawn_at else ("published", None)
        piece.shown = None if old.withdrawn_at else wording
        piece.save()
        for kind, at in (("published", old.published_at), ("withdrawn", old.withdrawn_at)):
            if at:
                PieceEvent.objects.create(piece=piece, kind=kind, at=at, actor_kind="staff", actor_id=str(old.by_id))


class Migration(migrations.Migration):
    dependencies = [("learning", "0010_pieces")]
    operations = [
        migrations.RunPython(move, migrations.RunPython.noop),
        migrations.DeleteModel(name="Publication"),
    ]
