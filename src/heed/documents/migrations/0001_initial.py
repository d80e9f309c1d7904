
import django.db.models.deletion
import heed.documents.models
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisations', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Blob',
            fields=[
                ('sha256', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('size', models.PositiveBigIntegerField(help_text='bytes')),
                ('media_type', models.CharField(help_text='found from the content, never from the name', max_length=100)),
                ('scan', models.CharField(choices=[('clean', 'Checked for viruses, none found'), ('not_scanned', 'Not checked for viruses'), ('infected', 'A virus was found')], max_length=12)),
                ('scanned_at', models.DateTimeField(blank=True, null=True)),
                ('stored_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('size__gt', 0)), name='blob_not_empty'), models.CheckConstraint(condition=models.Q(models.Q(('scan', 'not_scanned'), ('scanned_at__isnull', True)), models.Q(('scan__in', ['clean', 'infected']), ('scanned_at__isnull', False)), _connector='OR'), name='blob_scanned_at_goes_with_scan')],
            },
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(default=heed.documents.models.new_token, editable=False, max_length=32, unique=True)),
                ('filename', models.CharField(help_text='cleaned; its ending always fits the content', max_length=150)),
                ('title', models.CharField(blank=True, help_text='what it is, in words, when somebody says', max_length=200)),
                ('note', models.CharField(blank=True, help_text='what was changed about it, told to the person', max_length=300)),
                ('uploaded_by_kind', models.CharField(max_length=10)),
                ('uploaded_by_id', models.CharField(max_length=40)),
                ('uploaded_at', models.DateTimeField()),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('blob', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='documents.blob')),
            ],
            options={
                'ordering': ['uploaded_at', 'id'],
            },
        ),
    ]
