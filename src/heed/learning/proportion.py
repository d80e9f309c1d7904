"""Pure decisions about analyses of why something happened: whether one is in proportion, and what its steps ask for."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from heed.cases.rules import WELL_FOUNDED

STATES = {"begun": "Being worked on", "concluded": "Concluded"}
# The grounds of the guide for complaint managers, part 20: nothing else makes a detailed analysis proportionate.
GROUNDS = {
    "failing": "Something failed seriously",
    "person": "It had a serious effect on a person",
    "public": "It had, or could have, a serious effect on the wider public",
}
EXTENTS = {"systemic": "Part of how things are done", "one_off": "A one-off"}
CONTRIBUTED = {"yes": "It contributed", "no": "It did not contribute", "unknown": "Not known"}
VOICES = {"person": "The person who complained", "staff": "Front-line staff"}
ANSWERS = {"asked": "Asked", "answered": "Answered", "withdrawn": "No longer asked", "erased": "Words erased"}
WAYS = {
    "link": "By the link they were sent",
    "account": "Signed in",
    "page": "On their own page",
    "told": "They told somebody, who wrote it down",
}
# Where too much work shows: it is asked about there, and never as something about one person.
WORKLOAD = ("job_tasks", "person")
SERIOUS_RISKS = ("high", "extreme")
SERIOUS_FLAGS = ("safeguarding", "abuse_or_neglect", "death", "safety", "misconduct", "crime")
Refusal = tuple[str, str]


@dataclass(frozen=True)
class Known:
    """What is known of a case that speaks for an analysis. Codes, "" where nothing is known; `flags` are codes of the
    list "risk-flags", `outcomes` the current findings, `ombudsman` whether the Ombudsman recommended something since."""

    risk: str = ""
    seriousness: str = ""
    impact_on_person: str = ""
    flags: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    ombudsman: bool = False


def suggestions(known: Known) -> list[str]:
    """What speaks for an analysis, a sentence each; none where nothing does. Heed suggests and never decides."""
    upheld = any(outcome in WELL_FOUNDED for outcome in known.outcomes)
    said = [
        (known.seriousness == "high", "Its seriousness was rated high."),
        (known.risk in SERIOUS_RISKS, f"Its risk was rated {known.risk}."),
        (known.impact_on_person == "high", "Its effect on the person was rated high."),
        (known.ombudsman, "The Ombudsman recommended something because of it."),
        (bool(set(known.flags) & set(SERIOUS_FLAGS)), "It carries a flag, such as safeguarding, safety or a death."),
    ]
    found = [sentence for holds, sentence in said if holds]
    if found and known.outcomes and not upheld and not known.ombudsman:
        found.append("Nothing was upheld, so there may be no failing to explain.")
    elif found and upheld:
        found.append("Something was upheld.")
    return found


def why_not_decide(*, wanted: bool, ground: str, reason: str, is_change: bool) -> Refusal | None:
    """(a sentence, the field) when the decision cannot be kept like this."""
    if wanted and ground not in GROUNDS:
        return "Choose what makes a detailed analysis proportionate. Without it, none is needed.", "ground"
    if not reason.strip():
        return ("Say why the decision changes." if is_change else "Say in a sentence why."), "reason"
    return None


@dataclass(frozen=True)
class Standing:
    """How far an analysis has come. `judged`: contributed by code of factor; `asked`: voices that were asked."""

    judged: Mapping[str, str]
    asked: Collection[str]
    prescribed: str
    done: str


def missing(standing: Standing, factors: Iterable[tuple[str, str]]) -> list[str]:
    """What is still to be done before it can be concluded, a sentence each. `factors`: (code, label) of all groups."""
    open_factors = [label for code, label in factors if code not in standing.judged]
    lines = [f"Say whether “{label}” contributed." for label in open_factors]
    if not is_compared(standing.prescribed, standing.done):
        lines.append("Write down how the work should be done, and how it is done.")
    return lines


def is_compared(prescribed: str, done: str) -> bool:
    """Whether both are written down: the work as it should be done, and as it is."""
    return bool(prescribed.strip() and done.strip())


def not_asked(asked: Collection[str]) -> list[str]:
    """The voices that nobody has been asked for, in words."""
    return [label.lower() for code, label in VOICES.items() if code not in asked]


def why_not_conclude(
    standing: Standing,
    factors: Iterable[tuple[str, str]],
    *,
    conclusions: str,
    extent: str,
    extent_reason: str,
    not_asked_reason: str,
) -> Refusal | None:
    """Conclusions come after all six groups were looked at and those who know were asked (R150, R152)."""
    if lines := missing(standing, factors):
        return lines[0], "conclusions"
    if (voices := not_asked(standing.asked)) and not not_asked_reason.strip():
        return f"Say why nobody asked {' or '.join(voices)}, or ask first.", "not_asked_reason"
    if extent not in EXTENTS:
        return "Say whether this is part of how things are done, or a one-off.", "extent"
    if not extent_reason.strip():
        return "Say what shows that: other cases, what staff say, a look at the records.", "extent_reason"
    if not conclusions.strip():
        return "Write down what made it likely.", "conclusions"
    return None


MOVES = {"concluded": ("begun", "concluded"), "reopened": ("concluded", "begun")}


def replay(kinds: Iterable[str]) -> str | None:
    """The state that a log of event kinds leads to. None: it was never begun."""
    state: str | None = None
    for kind in kinds:
        if kind == "begun":
            state = "begun"
        elif kind in MOVES:
            state = MOVES[kind][1]
    return state
