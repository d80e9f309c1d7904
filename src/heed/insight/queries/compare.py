"""Services beside each other, and organisations: how much was received and found well-founded for as much as was done."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from heed.insight import comparing
from heed.insight.comparing import LEAST_MONTHS, Compared, Part
from heed.insight.compiling import Where
from heed.insight.engines.base import Engine
from heed.insight.engines.choice import chosen
from heed.insight.figures import Tally
from heed.insight.measures import BY_KEY
from heed.insight.measures.activity import named
from heed.insight.periods import Period, whole_months
from heed.insight.queries.counting import LIVE, Tallies, tallies
from heed.insight.queries.rates import done, done_by_organisation
from heed.insight.queries.scope import NO_SERVICE, Scope
from heed.organisations.models import Organisation, Service

KNOWN = 24  # months that are looked at to see whether a place has been there for 12
MEASURES = tuple(BY_KEY[key] for key in ("received", "received_complaints", "well_founded"))
YOUNG = "nothing was heard of it until less than 12 months ago"
Activity = Mapping[tuple[date, str], int]


@dataclass(frozen=True)
class Numbers:
    """What happened in one place. `complaints` and `founded` in the `months` with activity; `all_founded` of `decided` in
    all months; `heard`: something is known of it from 12 months ago or longer."""

    code: str
    name: str
    complaints: int
    founded: int
    activity: int
    months: int
    all_complaints: int
    all_founded: int
    decided: int
    heard: bool


@dataclass(frozen=True)
class Funnel:
    """One comparison, or why there is none."""

    key: str
    name: str
    compared: Compared | None
    why_none: str


@dataclass(frozen=True)
class Comparison:
    """Places compared over whole months. `rates`: received and well-founded, over activity; `share`: well-founded among
    those decided, which needs no activity. `left_out`: (name, why) of places that are in no rate, or in no share."""

    nouns: tuple[str, str]
    over: str
    months: tuple[date, ...]
    computed_at: datetime
    rates: tuple[Funnel, ...]
    share: Funnel
    left_out: tuple[tuple[str, str], ...]
    left_out_of_share: tuple[tuple[str, str], ...]
    small_hidden: bool
    sees_all: bool = True

    @property
    def funnels(self) -> tuple[Funnel, ...]:
        return (*self.rates, self.share)


@dataclass(frozen=True)
class _Reader:
    """Who looks. `own`: codes of the only places that they see, None for all. `hides`: small numbers are hidden."""

    own: frozenset[str] | None
    hides: bool


def compare_services(scope: Scope, *, months: int, at: datetime) -> Comparison:
    """The services of an organisation, for what the person may see: whoever sees no case sees 12 months without small
    numbers, and whoever manages a service sees theirs against what is expected. Three statements for the figures."""
    source = chosen(scope.organisation.code)
    drawn = LEAST_MONTHS if scope.outsider else months
    period = whole_months(max(drawn, KNOWN), timezone.localdate(at))
    where = Where(scope.organisation.code, None, period, activity=scope.activity)
    activity = done(where, source.engine, by_service=True) if scope.activity else {}
    names = {code: name for code, name in scope.services.items() if code != NO_SERVICE}
    counted = tallies(MEASURES, where, by="service", engine=source.engine)
    numbers = _numbers(names, counted, activity, period, drawn)
    there = [one for one in numbers if one.code in scope.active or one.decided or one.all_complaints or one.activity]
    over = named(scope.activity.kind) if scope.activity else ""
    reader = _Reader(None if scope.sees_all or scope.outsider else scope.exact, scope.outsider)
    rest = _rest(counted, {one.code for one in there}, period.months[-drawn:])
    months_drawn, when = period.months[-drawn:], source.computed_at(at)
    return _comparison(there, rest, reader, ("service", "services"), over, months_drawn, when)


def compare_organisations(
    organisations: Iterable[Organisation], *, at: datetime, own: Collection[str] = (), engine: Engine = LIVE
) -> Comparison:
    """Organisations of one sector over the last 12 whole months, small numbers hidden, for those who watch over them.

    own: codes of organisations whose numbers the reader may see anyway. Four statements, however many there are. Raises
    ValueError for organisations of several sectors: they do not do the same."""
    bodies = list(organisations)
    if len({body.sector for body in bodies}) > 1:
        raise ValueError("Only organisations of one sector can be compared.")
    kinds = [body.activity_kind for body in bodies if body.activity_kind]
    kind = max(sorted(set(kinds)), key=kinds.count, default="")
    period, names = whole_months(KNOWN, timezone.localdate(at)), {body.code: body.name for body in bodies}
    where = Where("", None, period, among=frozenset(names))
    counted = tallies(MEASURES, where, by="organisation", engine=engine)
    of_kind = frozenset(body.code for body in bodies if body.activity_kind == kind)
    activity = done_by_organisation(where, kind, _needed(bodies), engine) if kind else {}
    activity = {cell: number for cell, number in activity.items() if cell[1] in of_kind}
    numbers = _numbers(names, counted, activity, period, LEAST_MONTHS)
    reader = _Reader(None, hides=not names.keys() <= set(own))
    drawn = period.months[-LEAST_MONTHS:]
    return _comparison(
        numbers, (0, 0, 0), reader, ("organisation", "organisations"), named(kind) if kind else "", drawn, at
    )


def _needed(bodies: Sequence[Organisation]) -> dict[str, frozenset[str]]:
    """The codes of the services that each organisation has now."""
    rows = Service.objects.filter(organisation__in=bodies, is_active=True).values_list("organisation__code", "code")
    found: dict[str, set[str]] = {}
    for organisation, code in rows:
        found.setdefault(organisation, set()).add(code)
    return {organisation: frozenset(codes) for organisation, codes in found.items()}


def _numbers(
    names: Mapping[str, str], counted: Tallies, activity: Activity, period: Period, drawn: int
) -> list[Numbers]:
    months, early = period.months[-drawn:], period.months[: -LEAST_MONTHS + 1]
    received, complaints, decided = (counted[measure.key] for measure in MEASURES)

    def of(code: str, name: str) -> Numbers:
        told = [month for month in months if (month, code) in activity]
        heard = any((month, code) in cells for cells in (received, decided, activity) for month in early)
        all_decided = _sum(decided, code, months)
        return Numbers(
            code, name, _sum(complaints, code, told).of, _sum(decided, code, told).n,
            sum(activity[month, code] for month in told), len(told), _sum(complaints, code, months).of,
            all_decided.n, all_decided.of, heard,
        )  # fmt: skip

    return [of(code, name) for code, name in names.items()]


def _sum(cells: Mapping[tuple[date, str], Tally], code: str, months: Iterable[date]) -> Tally:
    return sum((cells.get((month, code), Tally()) for month in months), Tally())


def _rest(counted: Tallies, there: Collection[str], months: Sequence[date]) -> tuple[int, int, int]:
    """Complaints, cases well-founded and cases decided that name no place, or one that is not compared at all."""
    _, complaints, decided = (counted[measure.key] for measure in MEASURES)
    others = {code for cells in (complaints, decided) for _, code in cells} - set(there)
    parts = [(_sum(complaints, code, months).of, _sum(decided, code, months)) for code in others]
    return sum(many for many, _ in parts), sum(tally.n for _, tally in parts), sum(tally.of for _, tally in parts)


def _comparison(
    numbers: Sequence[Numbers], rest: tuple[int, int, int], reader: _Reader, nouns: tuple[str, str], over: str,
    months: tuple[date, ...], at: datetime,
) -> Comparison:  # fmt: skip
    why_no_rate, why_no_share = _reasons(numbers, _no_rate(over)), _reasons(numbers, _no_share)
    if reader.hides and over:  # were they not the same, what one adds up to could be taken from the other
        both = {**why_no_share, **why_no_rate}
        why_no_rate = why_no_share = both
    in_rate = [one for one in numbers if one.code not in why_no_rate]
    in_share = [one for one in numbers if one.code not in why_no_share]
    hidden = _hidden(in_rate if over else in_share) if reader.hides else frozenset[str]()
    too_small = _too_telling(numbers, in_rate if over else in_share, rest, reader)
    make = _maker(reader, hidden, too_small)
    return Comparison(
        nouns=nouns, over=over, months=months, computed_at=at,
        rates=(
            make("received", f"complaints received for each 1,000 {over}", "rate", _parts(in_rate, _received)),
            make("well-founded", f"cases found well-founded for each 1,000 {over}", "rate", _parts(in_rate, _founded)),
        ) if over else (),
        share=make("share", "the share of decided cases found well-founded", "share", _parts(in_share, _shared)),
        left_out=_named(numbers, why_no_rate) if over else (), left_out_of_share=_named(numbers, why_no_share),
        small_hidden=bool(hidden), sees_all=reader.own is None,
    )  # fmt: skip


def _received(one: Numbers) -> tuple[int, int]:
    return one.complaints, one.activity


def _founded(one: Numbers) -> tuple[int, int]:
    return one.founded, one.activity


def _shared(one: Numbers) -> tuple[int, int]:
    return one.all_founded, one.decided


def _parts(numbers: Sequence[Numbers], of: Callable[[Numbers], tuple[int, int]]) -> list[Part]:
    return [Part(one.code, one.name, *of(one)) for one in numbers]


def _maker(reader: _Reader, hidden: Collection[str], too_telling: str) -> Callable[..., Funnel]:
    def make(key: str, name: str, shape: comparing.Shape, parts: list[Part]) -> Funnel:
        why = comparing.why_not(parts, shape) or too_telling
        found = None if why else comparing.compared(parts, shape, hidden=hidden, own=reader.own)
        return Funnel(key, name, found, why)

    return make


def _no_rate(over: str) -> Callable[[Numbers], str]:
    def why(one: Numbers) -> str:
        if not one.months:
            return f"no denominator: nobody has said how many {over} there were"
        months = "1 month" if one.months == 1 else f"{one.months} months"
        return f"its {over} are known for {months} only, and 12 are needed" if one.months < LEAST_MONTHS else ""

    return why


def _no_share(one: Numbers) -> str:
    if not one.heard:
        return YOUNG
    return "" if one.decided else "nothing was decided in these months"


def _reasons(numbers: Sequence[Numbers], why: Callable[[Numbers], str]) -> dict[str, str]:
    return {one.code: reason for one in numbers if (reason := why(one))}


def _named(numbers: Sequence[Numbers], reasons: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    named = [(one.name, reasons[one.code]) for one in numbers if one.code in reasons]
    return tuple(sorted(named, key=lambda pair: pair[0].casefold()))


def _hidden(numbers: Sequence[Numbers]) -> frozenset[str]:
    return comparing.small({one.code: line for one, line in zip(numbers, column, strict=True)}
                           for column in zip(*map(_secret, numbers), strict=True))  # fmt: skip


def _secret(one: Numbers) -> tuple[int, ...]:
    """The numbers that a page would tell of a place: also what is left when one is taken from the other."""
    return one.complaints, one.founded, one.all_complaints, one.all_founded, one.decided, one.decided - one.all_founded


def _too_telling(
    numbers: Sequence[Numbers], included: Sequence[Numbers], rest: tuple[int, int, int], reader: _Reader
) -> str:
    """Why what is compared, taken from the whole that the reader knows, would tell the numbers of a place."""
    codes = {one.code for one in included}
    left = [one for one in numbers if one.code not in codes and (one.all_complaints or one.decided)]
    if reader.hides:
        sums = [
            rest[0] + sum(one.all_complaints for one in left),
            rest[1] + sum(one.all_founded for one in left),
            rest[2] + sum(one.decided for one in left),
        ]
        if any(0 < many < 5 for many in (*sums, sums[2] - sums[1])):
            return "Those left out have so few that comparing the others would tell their numbers."
    if reader.own is not None:
        others, apart = codes - reader.own, {one.code for one in left} - reader.own
        if len(others) < 2 or len(apart) == 1:
            return "With so few other services, comparing them would tell the numbers of one."
    return ""
