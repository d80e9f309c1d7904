"""What learning points are about, as data, and whether one is written as it should be. Pure."""

from collections.abc import Sequence

LEVELS = {
    "person": "For this person",
    "service": "For the service",
    "organisation": "For the organisation and beyond",
}
LEVEL_HINTS = {
    "person": "What is done differently for them from now on. Only those who see the case read it.",
    "service": "What the service does differently for everybody. The whole organisation can read it.",
    "organisation": "What other services, and others who do the same, should know. The whole organisation can read it.",
}
# From what it was learned. What comes from above or outside may bring a kind of its own.
SOURCES = {
    "complaint": "What a complaint was about",
    "handling": "How a complaint was handled",
    "ombudsman": "What the Ombudsman decided",
    "compliment": "A compliment",
    "comment": "A comment",
    "analysis": "An analysis of why it happened",
    "warning": "An early warning",
    "voice": "Another voice, such as a survey",
    "workload": "How much work there is",
    "shared": "What others share",
    "elsewhere": "What happened elsewhere",
}
OF_CASES = ("complaint", "handling", "ombudsman")
OUTSIDE = ("ombudsman", "elsewhere")
LINKS = {"risk": "A risk in the register", "policy": "A policy", "contract": "A contract", "training": "Training"}
LONGEST = 10_000
Refusal = tuple[str, str]


def source_name(code: str) -> str:
    """What a source is called; one that another part of Heed brought is called by its code."""
    return SOURCES.get(code, code.replace("_", " ").capitalize())


def why_not_learn(*, text: str, level: str) -> Refusal | None:
    """(a sentence, the field) when it is not said what was learned, or for whom."""
    if not text.strip():
        return "Say what was learned: what went wrong or well, and why.", "text"
    if level not in LEVELS:
        return "Say who should learn from it.", "level"
    return None


def why_not_from_case(*, source: str, decision: str) -> Refusal | None:
    """What a case teaches comes of what it was about, of how it was handled, or of what the Ombudsman decided of it."""
    if source not in OF_CASES:
        return "Say what it was learned from.", "source"
    if source == "ombudsman" and not decision.strip():
        return "Say which decision: its number or its date.", "decision"
    return None


def why_not_link(*, kind: str, name: str, change: str) -> Refusal | None:
    if kind not in LINKS:
        return "Choose what it is linked to.", "kind"
    if not name.strip():
        return "Say which one: its name, as people know it.", "name"
    if not change.strip():
        return "Say what should change in it.", "change"
    return None


def shown_by(own: int, again: Sequence[int]) -> int:
    """How many cases show it: those it was learned from, and those in which it was learned again."""
    return own + len(set(again))
