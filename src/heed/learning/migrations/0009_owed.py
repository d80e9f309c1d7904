"""What each action owes next is kept with it. What was completed before there was a check by somebody else stays so."""

from django.db import migrations

from heed.learning import owing

BATCH = 500


def keep_what_is_owed(apps, schema_editor):
    Action = apps.get_model("learning", "Action")
    changed = []
    for action in Action.objects.prefetch_related("checks").order_by("pk").iterator(chunk_size=BATCH):
        if action.completed_on:
            action.done_on = action.completed_on
        checks = sorted(action.checks.all(), key=lambda check: (check.at, check.pk))
        action.owed_on, action.owed_what = owing.owed(action, checks)
        action.owed_by_id = owing.owed_by(action, action.owed_what)
        changed.append(action)
        if len(changed) == BATCH:
            Action.objects.bulk_update(changed, ["done_on", "owed_on", "owed_what", "owed_by"])
            changed = []
    Action.objects.bulk_update(changed, ["done_on", "owed_on", "owed_what", "owed_by"])


class Migration(migrations.Migration):
    dependencies = [("learning", "0008_outside_owners_and_part")]

    operations = [migrations.RunPython(keep_what_is_owed, migrations.RunPython.noop)]
