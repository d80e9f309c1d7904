"""How well the early warnings keep to what they promise: the stated budget of false alarms, and what was measured."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from heed.design import words
from heed.insight.models import Alarm, Watch, WatchCalibration, WatchRun
from heed.insight.queries import watching
from heed.insight.warning import budgets
from heed.insight.warning.periods import Every
from heed.organisations.models import Organisation
from heed.statistics import distributions as d

AIM = 1.3  # measured false alarms beside stated ones, at most
SURE = 0.95
EVERY: tuple[Every, ...] = ("week", "month")


@dataclass(frozen=True)
class Kept:
    """The weeks or the months of an organisation. `run`: the latest; `calibration`: the latest, None before any."""

    every: Every
    run: WatchRun
    calibration: WatchCalibration | None

    @property
    def stated(self) -> str:
        return budgets.in_words(self.calibration.budget) if self.calibration else ""

    @property
    def measured(self) -> str:
        """1 in 212, "" where there is too little past."""
        of = self.calibration
        return budgets.one_in(of.alarms / of.points) if of and of.points else ""

    @property
    def ratio(self) -> float | None:
        """Measured beside stated: 1 as stated, less: fewer."""
        of = self.calibration
        return of.alarms / of.points / (of.budget / 10_000) if of and of.points else None

    @property
    def is_kept(self) -> bool:
        """Whether no more false alarms were measured than chance makes of the aim."""
        of = self.calibration
        if of is None or not of.points:
            return True
        most = AIM * of.points * of.budget / 10_000
        return bool(d.poisson_below(of.alarms - 1, most) < SURE)

    @property
    def expected(self) -> float:
        """False alarms a month that the measured share, or else the stated one, makes of the series that can raise any."""
        of = self.calibration
        share = of.alarms / of.points if of and of.points else (of.budget if of else 50) / 10_000
        a_month = budgets.WEEKS_A_MONTH if self.every == "week" else budgets.MONTHS_A_MONTH
        return share * (self.run.series - self.run.quiet) * a_month


@dataclass(frozen=True)
class Promise:
    """`kept`: weeks and months, empty before the first night. `judged`, `by_chance`: warnings of which somebody said what
    they were, and of how many that nothing was found."""

    watch: Watch
    kept: tuple[Kept, ...]
    judged: int
    by_chance: int

    @property
    def looked_at(self) -> datetime | None:
        return max((one.run.at for one in self.kept), default=None)

    @property
    def stated(self) -> str:
        return budgets.in_words(self.watch.budget)

    @property
    def wide(self) -> str:
        return budgets.in_words(self.watch.wide_budget)

    @property
    def a_month(self) -> str:
        """False alarms to be expected in a month: "about 3 false alarms"."""
        number = sum(one.expected for one in self.kept)
        return "fewer than 1 false alarm" if number < 1 else f"about {round_number(number)} false alarms"

    @property
    def of_many(self) -> tuple[str, str, str]:
        """(series, false alarms a month on the page, and by e-mail) of a large body."""
        shares = (self.watch.budget / 10_000, self.watch.wide_budget / 10_000)
        page, wide = (round_number(budgets.a_month(share, budgets.MANY)) for share in shares)
        return f"{budgets.MANY:,}", page, wide

    @property
    def changed(self) -> str:
        """Who set the budget and when, "" where nobody has."""
        if self.watch.changed_by is None or self.watch.changed_at is None:
            return ""
        return f"{self.watch.changed_by.name} set it on {words.day(self.watch.changed_at)}."


def promise(organisation: Organisation) -> Promise:
    """What is promised and what was measured."""
    kept = [
        Kept(every, run, watching.calibration(organisation, every))
        for every in EVERY if (run := watching.seen(organisation, every)) is not None
    ]  # fmt: skip
    verdicts = dict(
        Alarm.objects.filter(organisation=organisation, apart="").exclude(verdict__in=("", "open"))
        .order_by().values_list("verdict").annotate(many=Count("pk"))
    )  # fmt: skip
    watch = Watch.objects.select_related("changed_by").filter(organisation=organisation).first()
    return Promise(
        watch or Watch(organisation=organisation), tuple(kept), sum(verdicts.values()), verdicts.get("chance", 0)
    )


def round_number(number: float) -> str:
    """About how many: fewer than 1, 3, 40, 430."""
    if number < 1:
        return "fewer than 1"
    return f"{round(number, -1 if number >= 20 else 0):,.0f}"
