"""Early warning: false alarms, outbreaks found, rises that stay; and whether thresholds from an organisation's own past keep to
their budget on what comes later."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from counts import Floats, dispersed
from numpy.typing import NDArray
from series import FIRST, KINDS, WEEKS, Drawn, expected, fresh
from tables import Table, mean_error, percent

from heed.statistics import detector
from heed.statistics.detector import Settings, Thresholds, Watched, thresholds, watch

Flags = NDArray[np.bool_]
WATCHED = np.arange(FIRST, WEEKS)
BUDGETS = (0.05, 0.01, 0.005, 0.001, 0.0005)
REFERENCE = {0.05: 5.0, 0.01: 1.33, 0.005: 0.77, 0.001: 0.22, 0.0005: 0.135}
PUBLISHED = {
    "FPR %": 0.77,
    "worst kind %": 1.90,
    "POD %": 44.6,
    "first week %": 35.4,
    "specificity %": 99.48,
    "PPV %": 71.7,
}
AT_EQUAL_RATE = {"POD %": 39.0, "first week %": 30.5}


def watched(counts: Floats, weeks: NDArray[np.int64] = WATCHED, settings: Settings | None = None) -> Watched:
    return watch(counts, weeks, settings)


def quality(drawn: Drawn, quiet: Watched, loud: Watched, at: Thresholds) -> dict[str, float]:
    """The figures of one rule: shares in per cent, with standard errors. A week after an outbreak is not part of it."""
    false, seen = quiet.alarms(at), loud.alarms(at)
    rate = false.mean(axis=1)
    kinds = np.array([rate[drawn.kind == kind].mean() for kind in range(len(KINDS))])
    real = drawn.first >= 0
    week = np.arange(FIRST, WEEKS)
    during = real[:, None] & (week >= drawn.first[:, None]) & (week <= drawn.last[:, None])
    found = (seen & during).any(axis=1)[real]
    first = seen[real, drawn.first[real] - FIRST]
    return {
        "FPR %": percent(rate.mean(), 3), "SE": mean_error(rate, 3), "worst kind %": percent(kinds.max()),
        "its SE": mean_error(rate[drawn.kind == kinds.argmax()]),
        "POD %": percent(found.mean(), 1), "SE of POD": mean_error(found, 1), "first week %": percent(first.mean(), 1),
        "specificity %": percent(1 - (seen & ~during).sum() / (~during).sum()),
        "PPV %": percent((seen & during).sum() / seen.sum(), 1),
    }  # fmt: skip


def cut(quiet: Watched, share: float) -> Thresholds:
    """The thresholds at which this share of these quiet weeks is an alarm: to compare methods at one rate."""
    low, high = share / 10, min(10 * share, 0.2)
    for _ in range(30):
        middle = (low + high) / 2
        low, high = (middle, high) if quiet.alarms(thresholds(middle)).mean() < share else (low, middle)
    return thresholds(low)


def detection(sources: dict[str, Drawn]) -> list[Table]:
    """False alarms and outbreaks found, on each source; then by the budget that was stated."""
    found = Table("detection", "Early warning on 42 kinds of series, 49 weeks each, budget 0.5 % a week")
    budgets = Table("budgets", "False alarms a week that were stated, and those that came")
    found.rows += [
        {"series": "reference (2,520)", **PUBLISHED}, {"series": "reference, cut to 0.5 %", "FPR %": 0.5, **AT_EQUAL_RATE},
    ]  # fmt: skip
    for name, drawn in sources.items():
        quiet, loud = watched(drawn.quiet), watched(drawn.quiet + drawn.added)
        label = f"{name} ({len(drawn):,})"
        found.rows.append({"series": label, **quality(drawn, quiet, loud, thresholds())})
        found.rows.append({"series": f"{label}, cut to 0.5 %", **quality(drawn, quiet, loud, cut(quiet, 0.005))})
        for budget in BUDGETS:
            rate = quiet.alarms(thresholds(budget)).mean(axis=1)
            budgets.rows.append(
                {"series": label, "stated %": percent(budget), "measured %": percent(rate.mean(), 3),
                 "SE": mean_error(rate, 3), "ratio": round(float(rate.mean() / budget), 2),
                 "reference's ratio": round(REFERENCE[budget] / budget / 100, 2)}
            )  # fmt: skip
    found.notes.append("POD: an alarm in any week in which the last outbreak has cases. PPV, specificity: by weeks.")
    return [found, budgets]


RISES, AFTER = (1.3, 1.5, 2.0), (4, 8, 12)
PUBLISHED_RISES = {1.3: (0.29, 0.39, 0.45), 1.5: (0.39, 0.48, 0.56), 2.0: (0.53, 0.68, 0.76)}


def sustained(drawn: Drawn, source: str, seed: int = 7) -> Table:
    """From the first watched week on, counts of the additional mean are added: the rate is so many times as high."""
    table = Table(
        "sustained", f"A rate that rises and stays: share seen ({source}, {len(drawn):,} series), budget 0.5 %"
    )
    weeks = np.arange(FIRST, FIRST + max(AFTER))
    for rise in RISES:
        rng = np.random.default_rng([seed, int(10 * rise)])
        counts = drawn.quiet.copy()
        more = (rise - 1) * drawn.mean[:, FIRST:]
        shape = np.where(drawn.phi > 1, drawn.phi - 1, 1.0)[:, None]
        extra = np.where(
            drawn.phi[:, None] > 1, rng.negative_binomial(more / shape, 1 / (1 + shape)), rng.poisson(more)
        )
        counts[:, FIRST:] += extra
        alarm = watched(counts, weeks).alarm
        row: dict[str, str | float | int | None] = {"rise": f"x{rise}"}
        for place, length in enumerate(AFTER):
            share = alarm[:, :length].any(axis=1)
            row |= {f"by week {length}": round(float(share.mean()), 3), f"SE {length}": round(mean_error(share) / 100, 3),
                    f"reference {length}": PUBLISHED_RISES[rise][place]}  # fmt: skip
        table.rows.append(row)
    table.notes.append("Reference: EWMA 0.3 alone, cut to 0.5 % false alarms a week.")
    return table


YEAR = 52
PAST, LATER = np.arange(520, 572), np.arange(572, 624)


@dataclass(frozen=True)
class Pool:
    """The year that thresholds come from, with and without outbreaks in it, and the year after, quiet."""

    drawn: Drawn
    past: Watched
    shaken: Watched
    later: Watched


def pool(copies: int, seed: int) -> Pool:
    """Outbreaks of the past fall into weeks 313 to 575, so that some are in the back-tested year and some in its history."""
    drawn = fresh(copies, seed)
    shaken = drawn.quiet.copy()
    shaken[:, :PAST[-1] + 1] += drawn.added[:, :PAST[-1] + 1]  # fmt: skip
    return Pool(drawn, watched(drawn.quiet, PAST), watched(shaken, PAST), watched(drawn.quiet, LATER))


def part(found: Watched, which: NDArray[np.int64]) -> Watched:
    """Some of the series."""
    return Watched(**{name: getattr(found, name)[which] for name in Watched.__dataclass_fields__})


def organisations(number: int, size: int, seed: int) -> Iterator[NDArray[np.int64]]:
    """Series shared out at random, each in one organisation."""
    order = np.random.default_rng(seed).permutation(number)
    for first in range(0, number - size + 1, size):
        yield order[first : first + size]


def own_thresholds(copies: int = 30, seed: int = 11, budgets: tuple[float, ...] = (0.005, 0.0005)) -> Table:
    """Thresholds from one year of an organisation's own series, held against the next year of the same."""
    title = "Thresholds from an organisation's own past year: alarms in the next, of those stated"
    table = Table("calibrated", f"{title} ({copies * len(KINDS):,} series)")
    found = pool(copies, seed)
    for budget in budgets:
        for size in (20, 210):
            parts = list(organisations(len(found.drawn), size, seed))
            for past, words in ((found.past, "none"), (found.shaken, "outbreaks")):
                ratios = []
                for which in parts:
                    kept = detector.calibrated(part(past, which), budget)
                    ratios.append(part(found.later, which).alarms(kept).mean() / budget)
                table.rows.append(_ratios(np.array(ratios), budget, size, words))
            stated = [part(found.later, which).alarms(thresholds(budget)).mean() / budget for which in parts]
            table.rows.append(_ratios(np.array(stated), budget, size, "(stated thresholds)"))
    return table


def _ratios(ratios: Floats, budget: float, size: int, words: str) -> dict[str, str | float | int | None]:
    many = len(ratios) > 1
    return {
        "stated %": percent(budget), "series": size, "organisations": len(ratios), "in the past": words,
        "mean ratio": round(float(ratios.mean()), 2),
        "SE": round(float(ratios.std(ddof=1) / np.sqrt(len(ratios))), 2) if many else None,
        "9 of 10 below": round(float(np.quantile(ratios, 0.9)), 2) if many else None,
        "over 1.3 %": percent((ratios > 1.3).mean(), 0) if many else None,
    }  # fmt: skip


def by_month(copies: int = 100, seed: int = 5) -> Table:
    """The same 42 kinds counted by month: five years of history, then four years watched."""
    table = Table(
        "monthly", f"Counts by month: false alarms stated and measured ({copies * len(KINDS):,} series, 48 months)"
    )
    kind = np.repeat(np.arange(len(KINDS)), copies)
    rng = np.random.default_rng([seed, 12])
    weekly = expected(kind, 108 * 52 // 12)
    edges = np.round(np.arange(109) * 52 / 12).astype(int)
    mean = np.add.reduceat(weekly, edges[:-1], axis=1)
    phi = np.array([KINDS[number][4] for number in kind])
    counts = np.vstack([dispersed(rng, row[None], spread) for row, spread in zip(mean, phi, strict=True)])
    found = watched(counts, np.arange(60, 108), detector.monthly())
    for budget in BUDGETS:
        rate = found.alarms(detector.monthly(budget).thresholds).mean(axis=1)
        kinds = [rate[kind == number].mean() for number in range(len(KINDS))]
        table.rows.append(
            {"stated %": percent(budget), "measured %": percent(rate.mean(), 3), "SE": mean_error(rate, 3),
             "ratio": round(float(rate.mean() / budget), 2), "worst kind %": percent(max(kinds))}
        )  # fmt: skip
    return table
