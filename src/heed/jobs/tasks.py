"""Jobs about jobs."""

from datetime import timedelta

from django.utils.timezone import now
from django_tasks_db.models import DBTaskResult

from heed.jobs.work import task

KEEP = timedelta(days=30)


@task
def forget_finished() -> int:
    """Finished jobs of more than 30 days ago go; failed ones too, having been in the log since."""
    return DBTaskResult.objects.finished().filter(finished_at__lt=now() - KEEP).delete()[0]
