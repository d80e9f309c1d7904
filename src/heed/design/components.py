"""Small typed values that views hand to the template tags."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Link:
    """One link of a navigation, of tabs, of breadcrumbs or of a filter.

    count: shown beside it when not None. current: this is the page or the choice that is shown now.
    """

    label: str
    href: str
    current: bool = False
    count: int | None = None
