"""What is told of it: lines for the public, stories and briefings. Each is a piece with wordings, and is shown to nobody
beyond those who write it before somebody else approved the wording."""

import secrets

from django.db import models
from django.db.models import Q

from heed.learning import pieces
from heed.learning.models.plans import Action


def new_token() -> str:
    """The part of a public address that names a piece: it stays the same for as long as there is one."""
    return secrets.token_hex(8)


class Piece(models.Model):
    """A line of "you said, we did", a story or a briefing. `shown` is the wording that was approved, None before that and
    after it was taken down (R9, R169, R226, R253)."""

    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="pieces")
    service = models.ForeignKey("organisations.Service", models.PROTECT, null=True, blank=True)
    kind = models.CharField(max_length=10, choices=list(pieces.KINDS.items()))
    token = models.CharField(max_length=16, unique=True, default=new_token)
    actions = models.ManyToManyField(Action, related_name="pieces", blank=True)
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, blank=True, related_name="pieces")
    feedback = models.ForeignKey(
        "feedback.Feedback",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="stories",
        help_text="whose story it is",
    )
    state = models.CharField(max_length=10, choices=list(pieces.STATES.items()), default="draft")
    shown = models.OneToOneField("Wording", models.PROTECT, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True, help_text="when it was first approved")
    changed_at = models.DateTimeField(null=True, blank=True, help_text="when what is shown last changed")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    shared = models.CharField(max_length=10, choices=list(pieces.REACHES.items()), default="", blank=True)
    shared_at = models.DateTimeField(null=True, blank=True)
    doubted_at = models.DateTimeField(null=True, blank=True, help_text="since when it may not be true any more")
    version = models.PositiveIntegerField(default=1)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["organisation", "kind", "state", "-published_at"], name="pieces_shown"),
            models.Index(
                fields=["kind", "-shared_at"], condition=Q(state="published") & ~Q(shared=""), name="pieces_shared"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="published") | Q(shown__isnull=False, published_at__isnull=False),
                name="published_piece_has_words",
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | Q(shown__isnull=True, shared=""), name="withdrawn_piece_shows_nothing"
            ),
        ]


class Wording(models.Model):
    """One version of what a piece says. `words`: the text by field. `looked`: what somebody decided of what the anonymity
    check marked in it: field, kind, words, by (a primary key) and at (ISO); of words taken out the kind is "out", and the
    words are not kept. `by` is who wrote it, whoever took words out of it since."""

    piece = models.ForeignKey(Piece, models.CASCADE, related_name="wordings")
    number = models.PositiveIntegerField()
    words = models.JSONField()
    looked = models.JSONField(default=list)
    story = models.ForeignKey(
        Piece,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="told_in",
        help_text="the story that a briefing tells",
    )
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    approved_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["piece", "number"]
        constraints = [models.UniqueConstraint(fields=["piece", "number"], name="wording_numbered_once")]


class PieceEvent(models.Model):
    """What happened to a piece. `note` is what a member of staff wrote to explain it."""

    piece = models.ForeignKey(Piece, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=20)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10)
    actor_id = models.CharField(max_length=20)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]


class Consent(models.Model):
    """The person's agreement that their story is told: for what, given when and how, until when (R169, R253)."""

    piece = models.OneToOneField(Piece, models.CASCADE, related_name="consent")
    uses = models.CharField(max_length=200, help_text="codes of `story-uses`, parted by spaces")
    given_on = models.DateField()
    how = models.CharField(max_length=20, choices=list(pieces.HOW_GIVEN.items()))
    until = models.DateField(null=True, blank=True, help_text="the last day on which it holds")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by_kind = models.CharField(max_length=10, blank=True)

    def __str__(self) -> str:
        return f"consent {self.pk}"


class StoryUse(models.Model):
    """A story was used: in a training, a meeting, on what day."""

    piece = models.ForeignKey(Piece, models.CASCADE, related_name="used")
    use = models.CharField(max_length=20, help_text="a code of `story-uses`")
    on = models.DateField()
    where = models.CharField(max_length=200)
    by = models.ForeignKey("accounts.User", models.PROTECT)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-on", "-pk"]


class Told(models.Model):
    """Somebody who raised the same thing was told of the line; nobody is told twice of one (R175)."""

    piece = models.ForeignKey(Piece, models.CASCADE, related_name="told")
    feedback = models.ForeignKey("feedback.Feedback", models.PROTECT, related_name="told_of")
    message = models.ForeignKey("correspondence.Message", models.SET_NULL, null=True, related_name="+")
    by = models.ForeignKey("accounts.User", models.PROTECT)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["piece", "feedback"], name="told_of_a_line_once")]
