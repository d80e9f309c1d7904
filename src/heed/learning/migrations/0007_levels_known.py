from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("learning", "0006_three_levels")]

    operations = [
        migrations.AddConstraint(
            model_name="learningpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(("level__in", ["person", "service", "organisation"])), name="learning_level_known"
            ),
        ),
    ]
