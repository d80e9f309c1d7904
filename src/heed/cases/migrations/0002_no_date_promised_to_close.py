"""An answered case has no promised day of its own any more: it is listed by the day of its review."""

from django.db import migrations
from django.db.models import F


def list_by_review(apps, schema_editor):
    cases = apps.get_model("cases", "Case").objects.using(schema_editor.connection.alias)
    cases.filter(next_step="close").update(next_step_on=F("review_by"))


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]

    operations = [migrations.RunPython(list_by_review, migrations.RunPython.noop)]
