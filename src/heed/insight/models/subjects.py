"""What Heed learned from how an organisation codes, and what it suggested."""

from django.db import models


class SubjectModel(models.Model):
    """One state of learning. `content` is arrays and JSON, without names or anybody's text; of older ones it goes, the
    figures stay. `measured`: what it got right of the latest fifth of the texts when it learned from the rest."""

    organisation = models.ForeignKey("organisations.Organisation", models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    subject_list = models.CharField(max_length=60)
    learned_at = models.DateTimeField()
    complaints = models.PositiveIntegerField()
    texts = models.PositiveIntegerField()
    newest = models.CharField(max_length=80, help_text="what it was learned from, to tell whether there is more")
    measured = models.JSONField(default=dict)
    content = models.BinaryField(null=True)

    class Meta:
        ordering = ["organisation", "-number"]
        constraints = [models.UniqueConstraint(fields=["organisation", "number"], name="subject_model_numbered_once")]


class Suggestion(models.Model):
    """What was suggested for the words of a case when somebody coded it: (code, probability) pairs, the likeliest first;
    the probability is null where the words that ship suggested. `version` is the number of the model, 0 for those words.
    Codes and ids alone, so that it outlives the words."""

    organisation = models.ForeignKey("organisations.Organisation", models.CASCADE, related_name="+")
    case_id = models.CharField(max_length=20)
    version = models.PositiveIntegerField()
    offered = models.JSONField(default=list)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case_id", "version"], name="suggested_once_a_version")]
        indexes = [models.Index(fields=["organisation", "made_at"], name="suggestion_by_time")]
