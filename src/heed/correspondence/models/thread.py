from django.db import models


class Thread(models.Model):
    """All that one organisation and one person wrote to each other about one thing. It does not know about what:
    the feedback, case or request points down to it."""

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    correspondent = models.ForeignKey("correspondence.Correspondent", on_delete=models.PROTECT, related_name="threads")
    opened_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Thread {self.pk}"
