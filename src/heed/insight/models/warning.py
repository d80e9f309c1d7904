"""Early warnings: what stood out, when, beside what was expected, and what was done about it. Places and subjects are codes,
as in the facts; a figure once written is never written again."""

from django.db import models
from django.db.models import Q

EVERY = [("week", "Week"), ("month", "Month")]
KINDS = [
    ("raised", "Raised"),
    ("worse", "Became worse"),
    ("woke", "The snooze was over"),
    ("acknowledged", "Acknowledged"),
    ("snoozed", "Snoozed"),
    ("new_level", "Begun anew"),
    ("over", "Over"),
]
VERDICTS = [
    ("real", "Something is behind it"),
    ("explained", "It has another reason"),
    ("chance", "Nothing was found"),
    ("open", "Not known yet"),
]


class Watch(models.Model):
    """How an organisation's series are watched: the stated budgets of false alarms, in ten-thousandths of series and periods.
    Its row is what a night's run locks."""

    organisation = models.OneToOneField("organisations.Organisation", models.CASCADE, related_name="watch")
    budget = models.PositiveSmallIntegerField(default=50, help_text="ten-thousandths; 50 is one in 200")
    wide_budget = models.PositiveSmallIntegerField(default=5, help_text="of e-mail about the whole organisation")
    changed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(budget__gte=1, budget__lte=500, wide_budget__gte=1, wide_budget__lte=models.F("budget")),
                name="watch_budgets_in_order",
            )
        ]


class WatchCalibration(models.Model):
    """Thresholds by a back-test on the organisation's own past, and how often they would have raised an alarm there."""

    organisation = models.ForeignKey("organisations.Organisation", models.CASCADE, related_name="+")
    every = models.CharField(max_length=5, choices=EVERY)
    on = models.DateField()
    budget = models.PositiveSmallIntegerField()
    wide_budget = models.PositiveSmallIntegerField()
    single = models.FloatField()
    sustained = models.FloatField()
    wide_single = models.FloatField()
    wide_sustained = models.FloatField()
    points = models.PositiveIntegerField(help_text="series and periods of the back-test; 0: too little past")
    series = models.PositiveIntegerField()
    alarms = models.PositiveIntegerField()
    wide_alarms = models.PositiveIntegerField()
    left_out = models.PositiveIntegerField(help_text="points of known rises")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "every", "on"], name="calibrated_once_a_day")]


class WatchRun(models.Model):
    """One night's look at the weeks, or the months, of an organisation."""

    organisation = models.ForeignKey("organisations.Organisation", models.CASCADE, related_name="+")
    every = models.CharField(max_length=5, choices=EVERY)
    on = models.DateField(help_text="the day of the run; what was received before it is looked at")
    start = models.DateField(help_text="first day of the latest period that was over")
    at = models.DateTimeField()
    series = models.PositiveIntegerField()
    young = models.PositiveIntegerField(help_text="series of less than three years")
    quiet = models.PositiveIntegerField(help_text="series with too few cases of late to raise any alarm")
    seconds = models.FloatField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "every", "on"], name="watched_once_a_day")]


class Alarm(models.Model):
    """An early warning. Its figures are those of the night on which it was raised. `told`: how often people were told of it.
    `apart`: why it is kept apart and nobody is told ("file", "same"), "" for a warning."""

    organisation = models.ForeignKey("organisations.Organisation", models.CASCADE, related_name="+")
    every = models.CharField(max_length=5, choices=EVERY)
    service = models.CharField(max_length=40, blank=True, help_text="a code; empty: all")
    subject = models.CharField(max_length=60, blank=True, help_text="a code; empty: all")
    start = models.DateField(help_text="first day of the latest period that its figures are of")
    periods = models.PositiveSmallIntegerField()
    rule = models.CharField(max_length=10, choices=[("single", "One period"), ("sustained", "A rise that stays")])
    count = models.PositiveIntegerField()
    expected = models.FloatField()
    low = models.PositiveIntegerField()
    high = models.PositiveIntegerField()
    bound = models.PositiveIntegerField()
    chance = models.FloatField(help_text="of as many or more, if nothing had changed")
    level = models.FloatField(help_text="of the average over periods, in standard deviations")
    exceedance = models.FloatField(help_text="1 at the bound; what warnings are ranked by")
    grade = models.CharField(max_length=10)
    wide = models.BooleanField(help_text="keeps to the stricter budget too")
    young = models.BooleanField()
    sparse = models.BooleanField()
    files = models.PositiveIntegerField(default=0, help_text="brought in from a file and not counted")
    repeats = models.PositiveIntegerField(default=0, help_text="not counted, because they say what others said")
    apart = models.CharField(max_length=10, blank=True)
    history = models.JSONField(
        default=list, help_text="what its chart draws: [first day, count, expected, low, high, bound]"
    )
    raised_at = models.DateTimeField()

    parent = models.ForeignKey("self", models.SET_NULL, null=True, related_name="parts")
    state = models.CharField(
        max_length=12,
        choices=[("open", "Open"), ("acknowledged", "Acknowledged"), ("snoozed", "Snoozed"), ("past", "Past")],
        default="open",
    )
    verdict = models.CharField(max_length=10, blank=True, choices=VERDICTS)
    snoozed_until = models.DateField(null=True)
    worst = models.FloatField(help_text="furthest out so far")
    most = models.FloatField(help_text="largest excess so far")
    told = models.PositiveSmallIntegerField(default=0)
    ended_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-exceedance", "-pk"]
        indexes = [models.Index(fields=["organisation", "state", "-exceedance"], name="alarm_by_state")]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "every", "service", "subject", "start"], name="alarm_once"),
            models.CheckConstraint(condition=~Q(state="snoozed") | Q(snoozed_until__isnull=False), name="snooze_ends"),
        ]


class AlarmPoint(models.Model):
    """A later period of a warning: how it went on."""

    alarm = models.ForeignKey(Alarm, models.CASCADE, related_name="points")
    start = models.DateField()
    count = models.PositiveIntegerField()
    expected = models.FloatField()
    low = models.PositiveIntegerField()
    high = models.PositiveIntegerField()
    bound = models.PositiveIntegerField()
    exceedance = models.FloatField()
    stands_out = models.BooleanField()

    class Meta:
        ordering = ["start"]
        constraints = [models.UniqueConstraint(fields=["alarm", "start"], name="alarm_point_once")]


class AlarmStep(models.Model):
    """What was done about a warning, or became of it, in order."""

    alarm = models.ForeignKey(Alarm, models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=12, choices=KINDS)
    note = models.TextField(blank=True)
    until = models.DateField(null=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]


class NewLevel(models.Model):
    """A series begun anew, because its level changed for a known reason: what came before no longer says what is usual."""

    organisation = models.ForeignKey("organisations.Organisation", models.CASCADE, related_name="+")
    service = models.CharField(max_length=40, blank=True)
    subject = models.CharField(max_length=60, blank=True)
    since = models.DateField()
    reason = models.TextField()
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "service", "subject", "since"], name="new_level_once")
        ]


class Repeated(models.Model):
    """How many in one cell and period are not counted, because they say nearly the same as others or came from the same
    person. A count alone: neither texts nor people are kept."""

    organisation = models.ForeignKey("organisations.Organisation", models.CASCADE, related_name="+")
    every = models.CharField(max_length=5, choices=EVERY)
    start = models.DateField()
    service = models.CharField(max_length=40, blank=True)
    subject = models.CharField(max_length=60, blank=True)
    many = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "every", "start", "service", "subject"], name="repeats_once"
            )
        ]


class AlarmTold(models.Model):
    """Somebody was told of a warning by e-mail, once each time that it was raised."""

    alarm = models.ForeignKey(Alarm, models.CASCADE, related_name="tellings")
    person = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")
    round = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["alarm", "person", "round"], name="told_once")]


class StaffThread(models.Model):
    """Where Heed writes to one of the staff about an organisation's figures."""

    person = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")
    organisation = models.ForeignKey("organisations.Organisation", models.CASCADE, related_name="+")
    thread = models.ForeignKey("correspondence.Thread", models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "organisation"], name="staff_thread_once")]
