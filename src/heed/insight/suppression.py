"""Pure: which numbers by service are shown to somebody who sees no case. Small ones are hidden, each together with
another, so that none can be had back from the total."""

from collections.abc import Iterable, Mapping

SMALLEST = 5


def shown(cells: Mapping[str, int]) -> dict[str, int | None]:
    """The cells of one line whose total is known, None for those that are hidden.

    The cells are grouped in twos, in the order in which they come, which should stay the same from month to month. The
    last group takes what is left over, and the cell that names no place (""), which is too often 0 to hide another.
    Where one of a group is 1 to 4, all of it is hidden. The total then tells the sum of a group at most, and one could
    be a little more and another a little less with the same cells hidden. Hiding another cell only where it seems
    needed, or the smallest one, would tell those who know the rule what the numbers are. Every month is a line of its
    own, and a service is added up only over months that are all shown, so no other line helps."""
    hidden = {key for group in _groups(cells) for key in group if any(0 < cells[key] < SMALLEST for key in group)}
    return {key: None if key in hidden else count for key, count in cells.items()}


def _groups(keys: Iterable[str]) -> list[list[str]]:
    named, unnamed = [key for key in keys if key], [key for key in keys if not key]
    groups = [named[start : start + 2] for start in range(0, len(named), 2)] or [[]]
    if len(groups) > 1 and len(groups[-1]) == 1:
        alone = groups.pop()
        groups[-1] += alone
    groups[-1] += unnamed
    return groups
