"""How a promise begins that comes of a cause which Heed itself can watch. Pure: a proposal, to be changed as one likes."""

WORKLOAD = "workload"  # of the origin of what is learned
BEGINNINGS = {
    WORKLOAD: {
        "standard_met": "What was agreed with each of those who handle complaints: their hours a week, and the most cases at a "
        "time.",
        "completion_check": "Look at “Workload and skills”: nobody has more cases than was agreed with them.",
        "impact_check": "Count the promises past their day, month by month, before and after.",
    }
}


def beginning(source: str) -> dict[str, str]:
    """What the form of the promise begins with, by its fields; nothing where somebody has to think of it."""
    return dict(BEGINNINGS.get(source, {}))


def who(source: str) -> str:
    """Whom a promise that comes of nobody’s case alone concerns, in the plural."""
    return "the people who do the work" if source == WORKLOAD else "the people who told us"
