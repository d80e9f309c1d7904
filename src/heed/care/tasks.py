"""What the worker does for the people who handle complaints."""

from django.utils import timezone

from heed.care.actions import training
from heed.jobs.work import task
from heed.organisations.models import Organisation


@task
def remind_of_training() -> int:
    """Tell people of training that is due, each once a month at most; how many e-mails were queued."""
    return sum(
        training.remind(organisation=organisation, at=timezone.now())
        for organisation in Organisation.objects.order_by("pk")
    )
