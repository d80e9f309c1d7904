"""How often an XmR chart of nothing but chance shows something. Reference: NHSRplotthedots, 3,000 series each."""

import numpy as np
from tables import Table, error, percent

from heed.statistics import xmr

POINTS = (12, 24, 36, 60)
RULES = ("outside", "trend", "two in three", "shift")
PUBLISHED = {True: dict(zip(POINTS, (7.8, 18.0, 30.0, 47.0), strict=True)),
             False: dict(zip(POINTS, (5.0, 14.9, 26.1, 43.9), strict=True))}  # fmt: skip
LEAST_LAST, MOST_LAST = 1.0, 2.2
OF_RULE = {xmr.OUTSIDE: 0, xmr.OUTSIDE + 1: 0, xmr.TREND: 1, xmr.TREND + 1: 1,
           xmr.TWO_IN_THREE: 2, xmr.TWO_IN_THREE + 1: 2, xmr.SHIFT: 3, xmr.SHIFT + 1: 3}  # fmt: skip


def false_signals(series: int = 10_000, seed: int = 1) -> Table:
    """Stable normal values; the first rule that a point breaks is the one it counts for, as on the chart."""
    table = Table("xmr", f"XmR charts of chance alone: share that shows a special cause ({series:,} series each)")
    for screen in (True, False):
        for points in POINTS:
            values = np.random.default_rng([seed, points]).normal(size=(series, points))
            found = xmr.chart(values, screen=screen).cause
            row: dict[str, str | float | int | None] = {"screened": "yes" if screen else "no", "points": points}
            any_rule = float((found > 0).any(axis=1).mean())
            row |= {"any rule %": percent(any_rule), "SE": error(any_rule, series)}
            row["reference %"] = PUBLISHED[screen][points]
            row["its SE"] = error(PUBLISHED[screen][points] / 100, 3_000)
            for number, name in enumerate(RULES):
                codes = [code for code, rule in OF_RULE.items() if rule == number]
                row[f"{name} %"] = percent(np.isin(found, codes).any(axis=1).mean())
            row["last point %"] = percent((found[:, -1] > 0).mean())
            table.rows.append(row)
    table.notes.append(f"The reference's last point: {LEAST_LAST} to {MOST_LAST} %.")
    return table
