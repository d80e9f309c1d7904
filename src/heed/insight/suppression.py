"""Pure: which numbers by service are shown to somebody who sees no case. Small ones are hidden, each together with
another, so that none can be had back from the total."""

from collections.abc import Iterable, Mapping

SMALLEST = 5


def shown(cells: Mapping[str, int]) -> dict[str, int | None]:
    """The cells of one line whose total is known, None for those that are hidden.

    The cells are paired in the order in which they come, which should stay the same from month to month (three at the
    end of an odd number), and where one of a pair is 1 to 4, both are hidden. The total then tells the sum of a pair at
    most, and one could be a little more and the other a little less with the same cells hidden. Hiding another cell
    only where it seems needed, or the smallest one, would tell those who know the rule what the numbers are. Every
    month is a line of its own, and a service is added up only over months that are all shown, so no other line helps."""
    hidden = {key for pair in _pairs(cells) for key in pair if any(0 < cells[key] < SMALLEST for key in pair)}
    return {key: None if key in hidden else count for key, count in cells.items()}


def _pairs(keys: Iterable[str]) -> list[list[str]]:
    order = list(keys)
    pairs = [order[start : start + 2] for start in range(0, len(order), 2)]
    if len(pairs) > 1 and len(pairs[-1]) == 1:
        alone = pairs.pop()
        pairs[-1] += alone
    return pairs
