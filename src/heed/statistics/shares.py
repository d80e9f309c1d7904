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


def difference(many: int, of: int, other_many: int, other_of: int) -> tuple[float, float]:
    """The 95% interval of one share less another, -1 to 1, each of 1 or more. Newcombe, Statistics in Medicine 17 (1998),
    873-890, method 10: from Wilson's interval of each."""
    share, other = many / of, other_many / other_of
    (low, high), (other_low, other_high) = wilson(many, of), wilson(other_many, other_of)
    below = sqrt((share - low) ** 2 + (other_high - other) ** 2)
    above = sqrt((high - share) ** 2 + (other - other_low) ** 2)
    return share - other - below, share - other + above
