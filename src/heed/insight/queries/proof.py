"""Gathers what a verdict is worked out from: the outcome, its control and all that stands beside it, by month, as codes and
counts. Facts are all that is counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils import timezone

from heed.audit.refusals import Refused
from heed.facts import queries as facts
from heed.insight.compiling import Where
from heed.insight.engines.base import Engine
from heed.insight.engines.choice import chosen
from heed.insight.figures import Tally, figure
from heed.insight.measures import BY_KEY, Measure, in_words_of
from heed.insight.measures.declaration import Is
from heed.insight.periods import Period, last_day, months_on, whole_months
from heed.insight.proof import outcomes, wording
from heed.insight.proof.beside import Beside, series_beside
from heed.insight.proof.evidence import CONTROL, DAYS, OUTCOME, Inputs, Series
from heed.insight.proof.months import MOST_AFTER, MOST_BEFORE, Dated, Plan, plan
from heed.insight.queries.counting import tallies
from heed.insight.queries.detail import label
from heed.insight.queries.rebasing import rebases
from heed.insight.queries.scope import Scope, applies, everything
from heed.learning.models import Aim
from heed.organisations.models import Organisation

FURTHEST = MOST_BEFORE + MOST_AFTER + 120  # months back, whatever the action's dates
NOTHING = Tally()
RECEIVED = BY_KEY["received"]
ByMonth = Mapping[date, Tally]


@dataclass(frozen=True)
class Counting:
    """What is counted for one aim: `service` and `subject` are codes, "" for all of them."""

    aim: Aim
    organisation: Organisation
    scope: Scope
    engine: Engine
    period: Period

    def by_month(self, measures: Sequence[Measure], service: str, subject: str) -> dict[str, ByMonth]:
        """Each measure by month, of a service and a theme."""
        only = (Is("subject", (subject,)),) if subject else ()
        services = frozenset({service}) if service else None
        where = Where(self.organisation.code, services, self.period, only, self.scope.activity)
        counted = tallies(measures, where, engine=self.engine)
        return {m.key: {month: tally for (month, _), tally in counted[m.key].items()} for m in measures}

    def phrase(self, measure: Measure, service: str, subject: str) -> tuple[str, bool]:
        names = (label(self.scope, "subject", subject) if subject else "", self.scope.services.get(service, service))
        return wording.phrase(measure, names[0], names[1] if service else "", self.organisation.name)


def measure_of(aim: Aim, organisation: Organisation) -> Measure:
    """The figure that the action should move, as the organisation reads it. Refused where no verdict can be had of it."""
    measure = outcomes.known(aim.measure)
    if measure is None:
        raise Refused("Heed no longer has the figure that this action should move. Choose another.")
    why = outcomes.why_not(measure) or outcomes.why_not_narrowed(measure, aim.subject)
    if not why and measure.only_where and not applies(measure.only_where, organisation):
        why = "This organisation does not have this figure."
    if why:
        raise Refused(why)
    return in_words_of(outcomes.narrowed(measure, aim.subject), organisation.activity_kind)


def dated(aim: Aim) -> Dated:
    """The days of the action, once it is completed, with what its aim says of months. Refused before."""
    action = aim.action
    if action.completed_on is None:
        raise Refused("It can be asked once the action is completed.")
    peak = (aim.peak_first, aim.peak_last) if aim.peak_first and aim.peak_last else None
    return Dated(action.started_on or action.completed_on, action.completed_on, aim.phase_in, peak)


def gathered(aim: Aim, *, at: datetime) -> tuple[Inputs, Measure, datetime]:
    """(all that the verdict rests on, the measure, the moment of the figures) of an action that is completed.

    The same number of statements whatever the amount of data. Raises Refused with a sentence."""
    organisation = aim.action.organisation
    measure, source = measure_of(aim, organisation), chosen(organisation.code)
    as_of = source.computed_at(at)
    known = _known(aim, source.engine, timezone.localdate(as_of))
    months, notes = _planned(aim, dated(aim), known)
    if not months.months:
        raise Refused("No whole month of it is known yet. It can be asked once there are some.")
    last = months.months[-1]
    period = Period(months.months, months_on(last, 1), last_day(last))
    counting = Counting(aim, organisation, everything(organisation), source.engine, period)
    received = outcomes.is_received(measure) and aim.direction == "fall"
    inputs = Inputs(
        direction=aim.direction, received=received, months=months.months, change=months.change,
        left_out=months.left_out, enough_on=dated(aim).enough_on, series=_all_series(counting, measure, received),
        channels=_channels(counting) if received else {}, why_no_control=aim.no_control_reason, late=aim.is_late,
        notes=tuple(notes),
    )  # fmt: skip
    return inputs, measure, as_of


def _known(aim: Aim, engine: Engine, today: date) -> Period:
    """The whole months since anything was heard at all, and of the service, if the aim is of one: a zero before would say
    nothing."""
    code = aim.action.organisation.code
    began_on = facts.began_on(code)
    if began_on is None:
        raise Refused("Nothing has been received yet, so there is nothing to compare.")
    period = whole_months(FURTHEST, today).since(began_on)
    if aim.service:
        where = Where(code, frozenset({aim.service}), period)
        heard = tallies([RECEIVED], where, engine=engine)[RECEIVED.key]
        first = min((month for month, _ in heard), default=period.part)
        period = replace(period, months=tuple(month for month in period.months if month >= first))
    return period


def _planned(aim: Aim, days: Dated, known: Period) -> tuple[Plan, list[str]]:
    """The months that are compared; those before a change that somebody knew of are not like those after it."""
    if not known.months:
        return Plan((), 0, {}), []
    since, notes = known.first, []
    for anew in rebases(aim.action.organisation_id, aim.measure, aim.service or None):
        if anew.month <= days.begun:
            since = max(since, anew.month)
        elif anew.month < months_on(days.first_after, MOST_AFTER):
            notes.append(f"The limits of this figure were begun anew with {wording.span([anew.month])}: {anew.reason}")
    return plan(days, known_since=since, last=known.months[-1]), notes


def _all_series(counting: Counting, measure: Measure, received: bool) -> tuple[Series, ...]:
    aim = counting.aim
    beside = (
        series_beside(measure, aim.subject, has_stages=applies("stages", counting.organisation)) if received else ()
    )
    narrowed = [measure, *(one.measure for one in beside if one.narrowed)]
    own = counting.by_month(narrowed, aim.service, aim.subject)
    wide_measures = list({one.measure.key: one.measure for one in beside if not one.narrowed}.values())
    if aim.control == "themes":
        wide_measures = list({m.key: m for m in (measure, *wide_measures)}.values())
    wide = counting.by_month(wide_measures, aim.service, "") if wide_measures else {}
    found = [_series(counting, OUTCOME, measure, own[measure.key], counting.phrase(measure, aim.service, aim.subject))]
    if control := _control(counting, measure, own[measure.key], wide.get(measure.key, {})):
        found.append(control)
    return (*found, *(_one_beside(counting, one, own, wide) for one in beside))


def _one_beside(counting: Counting, one: Beside, own: Mapping[str, ByMonth], wide: Mapping[str, ByMonth]) -> Series:
    aim, key = counting.aim, one.measure.key
    counted: ByMonth = own[key] if one.narrowed else wide[key]
    if one.rest:
        counted = _other_themes(one.measure, counted, own[key])
    phrase = counting.phrase(one.measure, aim.service, aim.subject if one.narrowed else "")
    return _series(counting, one.role, one.measure, counted, _about_others(phrase) if one.rest else phrase)


def _about_others(phrase: tuple[str, bool]) -> tuple[str, bool]:
    return f"{phrase[0]} about all other themes", phrase[1]


def _control(counting: Counting, measure: Measure, own: ByMonth, service: ByMonth) -> Series | None:
    """What nothing was done to: the same figure of another service, of all others, or of the other themes."""
    aim = counting.aim
    counted: ByMonth
    if aim.control == "none":
        return None
    if aim.control == "themes":
        counted, phrase = _other_themes(measure, service, own), _about_others(counting.phrase(measure, aim.service, ""))
    elif aim.control == "service":
        counted = counting.by_month([measure], aim.control_service, aim.subject)[measure.key]
        phrase = counting.phrase(measure, aim.control_service, aim.subject)
    else:
        counted = _other_services(measure, counting.by_month([measure], "", aim.subject)[measure.key], own)
        text, many = counting.phrase(measure, "", aim.subject)
        phrase = text.replace(f"in all of {counting.organisation.name}", "in all other services"), many
    return _series(counting, CONTROL, measure, counted, phrase)


def _other_themes(measure: Measure, whole: ByMonth, part: ByMonth) -> dict[date, Tally]:
    """The whole less one theme of it, month by month; a rate is over the same activity."""
    if measure.shape == "rate":
        return {month: Tally(tally.n - part.get(month, NOTHING).n, tally.of) for month, tally in whole.items()}
    return {month: _less(tally, part.get(month, NOTHING)) for month, tally in whole.items()}


def _other_services(measure: Measure, whole: ByMonth, part: ByMonth) -> dict[date, Tally]:
    """The whole less one service of it, month by month; of a rate only where the activity of both is known."""
    if measure.shape == "rate":
        return {month: _less(tally, part[month]) for month, tally in whole.items() if month in part}
    return {month: _less(tally, part.get(month, NOTHING)) for month, tally in whole.items()}


def _less(whole: Tally, part: Tally) -> Tally:
    return Tally(whole.n - part.n, whole.of - part.of, whole.values - part.values)


def _series(counting: Counting, role: str, measure: Measure, counted: ByMonth, phrase: tuple[str, bool]) -> Series:
    months = [counted.get(month, Tally()) for month in counting.period.months]
    of: tuple[int | None, ...] | None = tuple(tally.of for tally in months)
    if measure.shape == "count":
        y, of = tuple[float | None, ...](float(tally.of) for tally in months), None
    elif measure.shape in DAYS:
        y = tuple(figure(measure, tally) for tally in months)
    else:
        y = tuple(float(tally.n) if tally.of else None for tally in months)
    return Series(role, measure.key, measure.version, measure.shape, measure.name, *phrase, y, of)


def _channels(counting: Counting) -> dict[str, tuple[int, ...]]:
    """How everything that is told about the service reached us."""
    services = frozenset({counting.aim.service}) if counting.aim.service else None
    where = Where(counting.organisation.code, services, counting.period)
    counted = tallies([RECEIVED], where, by="channel", engine=counting.engine)[RECEIVED.key]
    codes = sorted({code for _, code in counted})
    return {code: tuple(counted.get((month, code), Tally()).of for month in counting.period.months) for code in codes}
