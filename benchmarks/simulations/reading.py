"""Received and upheld read together: how often the pattern that the figures were drawn from is named."""

from itertools import product

import numpy as np
from counts import dispersed
from tables import Table, error, percent

from heed.statistics.cross import read_together

BEFORE, NOW, CONTACTS = 30, 6, 10_000
MEANS, UPHELD, PHI = (30, 60, 120, 200), (0.25, 0.35, 0.5), 2.0
STEPS = ((1.7, 0.6), (1.4, 0.75))  # up, down
# Ratio of complaints received and of the share upheld, by step up and down.
PATTERNS = {
    "stable": lambda up, down: (1.0, 1.0),
    "received_up_upheld_flat": lambda up, down: (up, 1 / up),
    "received_up_upheld_up_same_rate": lambda up, down: (up, 1.0),
    "received_flat_upheld_up": lambda up, down: (1.0, up),
    "received_down_upheld_flat": lambda up, down: (down, 1 / down),
}


def patterns(number: int = 200, seed: int = 1) -> Table:
    """Every pattern, size and share upheld alike, `number` times."""
    each = number * len(MEANS) * len(UPHELD)
    table = Table("cross", f"Patterns named right, {BEFORE} months and {NOW} ({each:,} a line)")
    for step, (name, ratios) in product(STEPS, PATTERNS.items()):
        rng = np.random.default_rng([seed, int(10 * step[0]), len(name)])
        received_ratio, share_ratio = ratios(*step)
        named = [
            _named(rng, mean, received_ratio, share, share * share_ratio)
            for mean, share in product(MEANS, UPHELD)
            for _ in range(number)
        ]
        right = np.mean([pattern == name for pattern in named])
        wrong = {other: named.count(other) for other in PATTERNS if other != name and other in named}
        most = max(wrong, key=lambda other: wrong[other]) if wrong else ""
        table.rows.append(
            {"ratio up": step[0], "ratio down": step[1], "pattern": name, "named right %": percent(right, 1),
             "SE": error(right, each, 1), "else mostly": most}
        )  # fmt: skip
    table.notes.append(
        "Reference (the same rule on R's figures, 60 cases, ratios 1.7 and 0.6): 57 of 60, 95 % (SE 2.8)."
    )
    return table


def _named(rng: np.random.Generator, mean: float, ratio: float, share_before: float, share_now: float) -> str:
    contacts = rng.normal(CONTACTS, 500, BEFORE + NOW)
    expected = mean * contacts / CONTACTS
    expected[BEFORE:] *= ratio
    received = dispersed(rng, expected, PHI)
    share = np.repeat([share_before, min(share_now, 0.95)], [BEFORE, NOW])
    upheld = rng.binomial(received.astype(int), share)
    return read_together(received, upheld, current=NOW, contacts=contacts).pattern
