"""Which warning belongs to which, how sure one may be of each among so many, and when one is over or has become worse."""

from collections.abc import Mapping, Sequence

import numpy as np

from heed.insight.warning.grid import ALL, Key, level, parents
from heed.insight.warning.judging import Finding
from heed.insight.warning.periods import Every
from heed.statistics.arrays import floats

QUIET = {"week": 4, "month": 2}  # settled periods without a finding, after which a warning is over
DUE = 0.5  # the share of an excess that is due to a part
WORSE = 1.25  # times as far out as the worst before somebody said that they had seen it
GRADES = {"sure": 0.05, "likely": 0.25}


def attached(excess: Mapping[Key, float]) -> dict[Key, Key]:
    """To which of the others each series that stands out belongs, if to any: a part is told with its whole.

    One rise is told once. `excess`: by how many each is above what was expected.
    A service with a subject belongs to the service, else to the subject, else to the whole. Where a service and a subject
    stand out and one of them owes half of its excess or more to the two together, it belongs to the other."""
    found: dict[Key, Key] = {}
    narrow = sorted((key for key in excess if level(key) == "both"), key=lambda key: -excess[key])
    for key in narrow:
        if above := [parent for parent in parents(key) if parent in excess]:
            found[key] = above[0]
    for key in narrow:
        _between(found, excess, key)
    for key in excess:
        if level(key) in ("service", "subject") and (ALL, ALL) in excess:
            _belong(found, key, (ALL, ALL))
    return found


def _between(found: dict[Key, Key], excess: Mapping[Key, float], key: Key) -> None:
    """A service and a subject that both stand out because of the two together are told as one."""
    service, subject = (key[0], ALL), (ALL, key[1])
    if service not in excess or subject not in excess:
        return
    if DUE * excess[subject] <= excess[key]:
        _belong(found, subject, service)
    elif DUE * excess[service] <= excess[key]:
        _belong(found, service, subject)


def _belong(found: dict[Key, Key], part: Key, whole: Key) -> None:
    """Unless it belongs somewhere already, or the other way round."""
    above: Key | None = whole
    while above is not None and above != part:
        above = found.get(above)
    if above is None:
        found.setdefault(part, whole)


def graded(chances: Sequence[float], watched: int) -> list[str]:
    """How sure one may be of each finding among all series that were watched, by Benjamini and Hochberg: "sure", "likely" or
    "maybe". It is for reading only: the budget of false alarms decides what is a finding."""
    order = np.argsort(chances)
    ranked = floats(chances)[order] * watched / np.arange(1, len(order) + 1)
    shares = np.minimum.accumulate(ranked[::-1])[::-1]
    grades = [next((name for name, most in GRADES.items() if share <= most), "maybe") for share in shares]
    return [grades[place] for place in np.argsort(order)]


def is_worse(finding: Finding, worst: float, most: float) -> bool:
    """Whether a warning that somebody has seen has to be told again: clearly further out than ever, by more cases too."""
    return finding.exceedance >= WORSE * worst and finding.excess > most


def is_over(every: Every, quiet: int) -> bool:
    """Whether a warning is over after so many settled periods without a finding."""
    return quiet >= QUIET[every]
