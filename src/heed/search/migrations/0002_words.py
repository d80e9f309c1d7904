"""Where the words of an entry lie differs between the databases: see `heed.search.backends`."""

from django.db import migrations

SQLITE = [
    "CREATE VIRTUAL TABLE search_text USING fts5(terms, tokenize='ascii', detail=none, columnsize=0)",
    "CREATE TRIGGER search_entry_forget AFTER DELETE ON search_entry"
    " BEGIN DELETE FROM search_text WHERE rowid = old.id; END",
]
POSTGRESQL = [
    "ALTER TABLE search_entry ADD COLUMN terms text NOT NULL DEFAULT ''",
    "ALTER TABLE search_entry ADD COLUMN lexemes tsvector GENERATED ALWAYS AS"
    " (array_to_tsvector(array_remove(string_to_array(terms, ' '), ''))) STORED",
    "CREATE INDEX search_entry_lexemes ON search_entry USING gin (lexemes)",
]
BACK = {
    "sqlite": ["DROP TRIGGER search_entry_forget", "DROP TABLE search_text"],
    "postgresql": ["ALTER TABLE search_entry DROP COLUMN lexemes, DROP COLUMN terms"],
}


def make(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def unmake(apps, schema_editor):
    for statement in BACK[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(make, unmake)]
