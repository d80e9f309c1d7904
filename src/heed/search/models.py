"""One entry per thing that can be found. Its words lie beside it, where the database's own index reads them."""

from django.db import models


class Entry(models.Model):
    """`organisation_id` is a number without a relation: search lies below organisations.

    The stemmed words are not a field: on SQLite they are the FTS5 table `search_text`, on PostgreSQL the columns
    `terms` and `lexemes` of this table (see `backends`). `digest` is of those words, so that `heed check` can
    compare the two."""

    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    organisation_id = models.BigIntegerField(null=True)
    title = models.CharField(max_length=300)
    heading = models.TextField(help_text="the stemmed words of the title, for ranking")
    digest = models.CharField(max_length=32, help_text="BLAKE2b of the indexed words")
    at = models.DateTimeField(help_text="when the thing was recorded or last changed")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="search_entry_once")]
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"
