
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('object_id', models.BigIntegerField()),
                ('organisation_id', models.BigIntegerField(null=True)),
                ('title', models.CharField(max_length=300)),
                ('heading', models.TextField(help_text='the stemmed words of the title, for ranking')),
                ('digest', models.CharField(help_text='BLAKE2b of the indexed words', max_length=32)),
                ('at', models.DateTimeField(help_text='when the thing was recorded or last changed')),
            ],
            options={
                'verbose_name_plural': 'entries',
                'constraints': [models.UniqueConstraint(fields=('kind', 'object_id'), name='search_entry_once')],
            },
        ),
    ]
