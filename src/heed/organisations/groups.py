"""Pure: what may be entered of the people whom an organisation serves, and what share of them a group is."""

from collections.abc import Mapping
from datetime import date

from heed.organisations.code_lists.questions import EVERYBODY, Question

PERIODS = [("year", "Years, from April to March"), ("quarter", "Quarters")]
WHOLE = 1000  # per mille
ROUNDING = 10  # what published shares, each rounded, may be away from their sum


def why_not_population(question: Question, shares: Mapping[str, int], counted_on: date, today: date) -> str | None:
    """A sentence where shares (per mille, by the code of a group or answer) cannot be those of a population."""
    if not shares:
        return "Enter at least one share."
    if counted_on > today:
        return "The day that the figures are of cannot be in the future."
    for group in (EVERYBODY, *(group.code for group in question.groups)):
        whole = WHOLE if group == EVERYBODY else shares.get(group)
        parts = question.parts(group)
        given = [shares[part] for part in parts if part in shares]
        name = "everybody" if group == EVERYBODY else f"“{question.name(group)}”"
        if whole is not None and sum(given) > whole + ROUNDING:
            return f"The parts of {name} add up to more than the whole: {sum(given) / 10:g}% of {whole / 10:g}%."
        if whole is not None and len(given) == len(parts) and sum(given) < whole - ROUNDING:
            return f"The parts of {name} add up to less than the whole: {sum(given) / 10:g}% of {whole / 10:g}%."
    return None


def share_of(question: Question, shares: Mapping[str, int], code: str) -> float | None:
    """The share of a group in the population, per cent: as entered, or the sum of its parts where all were entered."""
    if code in shares:
        return shares[code] / 10
    parts = [share_of(question, shares, part) for part in question.parts(code)]
    known = [share for share in parts if share is not None]
    return sum(known) if known and len(known) == len(parts) else None
