"""What was learned had two reaches and has three levels: what was for others too is for the organisation and beyond. Where a
point came from and what it is about is kept with it, and it can be found by its words."""

from django.db import migrations, models
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from heed.search import actions as search
from heed.search.rows import Row


def forward(apps, _schema_editor):
    point, case = apps.get_model("learning", "LearningPoint"), apps.get_model("cases", "Case")
    point.objects.filter(level="wider").update(level="organisation")
    for kind in point.objects.exclude(origin_kind="").order_by().values_list("origin_kind", flat=True).distinct():
        point.objects.filter(origin_kind=kind).update(source=kind)
    issues = apps.get_model("cases", "Issue").objects.filter(pk=OuterRef("issue_id")).values("subject")
    cases = case.objects.filter(pk=OuterRef("case_id")).values("feedback__subject")
    of_case = point.objects.filter(case__isnull=False)
    of_case.update(subject=Coalesce(Subquery(issues), Subquery(cases), models.Value("")))
    search.index_many(
        Row("learning", row.pk, row.organisation_id, "", f"{row.text}\n{row.origin_sentence}", row.at)
        for row in point.objects.order_by("pk").iterator(chunk_size=500)
    )


def back(apps, _schema_editor):
    apps.get_model("learning", "LearningPoint").objects.exclude(level="service").update(level="wider")


class Migration(migrations.Migration):
    dependencies = [("learning", "0005_why_and_library"), ("search", "0002_words"), ("cases", "0002_no_date_promised_to_close")]
    operations = [migrations.RunPython(forward, back)]
