"""How far chance alone may take a share."""

from math import sqrt

Z_95 = 1.959963984540054  # the standard normal's 97.5% point


def wilson(many: int, of: int) -> tuple[float, float]:
    """The 95% interval of a share, 0 to 1, for `many` of `of` (1 or more). Wilson, Journal of the American Statistical
    Association 22 (1927): it keeps its level for few people and for shares near 0 and 1."""
    share, squared = many / of, Z_95**2
    middle = (share + squared / (2 * of)) / (1 + squared / of)
    reach = Z_95 * sqrt(share * (1 - share) / of + squared / (4 * of**2)) / (1 + squared / of)
    return max(0.0, middle - reach), min(1.0, middle + reach)
