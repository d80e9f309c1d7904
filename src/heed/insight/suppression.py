"""Pure: which numbers by service are shown to somebody who sees no case. Small ones are hidden, and one more where the
small one could be had back from the total."""

from collections.abc import Mapping, Sequence

SMALLEST = 5


def shown(cells: Mapping[str, int]) -> dict[str, int | None]:
    """The cells of one line whose total is known, None for those that are hidden.

    1 to 4 are hidden. Where the total gives what is hidden away, the smallest other that is not 0 goes too; a line in
    which there is none left shows nothing by service. Every month is a line of its own, and nothing is told that adds
    up a service over months of which one is hidden, so no other line helps to find a number again."""
    hidden = {key for key, count in cells.items() if 0 < count < SMALLEST}
    while hidden and _given_away([cells[key] for key in hidden]):
        others = sorted((count, key) for key, count in cells.items() if key not in hidden and count)
        if not others:
            return dict.fromkeys(cells)
        hidden.add(others[0][1])
    return {key: None if key in hidden else count for key, count in cells.items()}


def _given_away(hidden: Sequence[int]) -> bool:
    """Whether the sum of what is hidden says each of them: one alone; all as small, or as large, as they can be."""
    total = sum(hidden)
    return len(hidden) == 1 or total == len(hidden) or total == (SMALLEST - 1) * len(hidden)
