"""The budget of false alarms, in words and in numbers of alarms that somebody would be sent."""

WEEKS_A_MONTH, MONTHS_A_MONTH = 52 / 12, 1.0
MANY = 20_000  # series of a large body
# In ten-thousandths of series and periods.
CHOICES = {
    100: "1 in 100",
    50: "1 in 200",
    20: "1 in 500",
    10: "1 in 1,000",
    5: "1 in 2,000 (0.05%)",
    1: "1 in 10,000",
}


def in_words(budget: int) -> str:
    """1 in 200"""
    return CHOICES.get(budget, f"{budget / 100:g}%").partition(" (")[0]


def a_month(share: float, series: int, monthly: int | None = None) -> float:
    """False alarms a month to be expected of so many series watched every week, and `monthly` of them every month too."""
    return share * (series * WEEKS_A_MONTH + (series if monthly is None else monthly) * MONTHS_A_MONTH)


def one_in(share: float) -> str:
    """1 in 212; "none" for none."""
    return f"1 in {1 / share:,.0f}" if share > 0 else "none"
