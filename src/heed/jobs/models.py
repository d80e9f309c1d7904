"""What the worker keeps between its rounds."""

from django.db import models


class Heartbeat(models.Model):
    """A worker that lives. Work claimed by a worker whose heart stopped is given back."""

    worker = models.CharField(max_length=32, primary_key=True)
    started_at = models.DateTimeField()
    beat_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.worker


class Tick(models.Model):
    """When a periodic task is due next."""

    name = models.CharField(max_length=64, primary_key=True)
    due_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
