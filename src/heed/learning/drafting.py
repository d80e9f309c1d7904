"""What a line or a briefing may begin with, from what was learned and promised; a person writes it in their own words. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Source:
    """What one action gives: what people raised, what was learned, the standard, the step."""

    raised: str
    learned: str
    standard: str
    step: str


def line(sources: Sequence[Source]) -> dict[str, str]:
    """A first wording of "you said, we did"."""
    return {
        "you_said": _joined(source.raised for source in sources),
        "we_did": _joined(source.step for source in sources),
    }


def briefing(sources: Sequence[Source]) -> dict[str, str]:
    """A first wording of a briefing: the questions ask whether it could happen here, what makes the standard hard to keep,
    and how anybody will know that the change lasts (R226)."""
    questions = ["Could this happen here? What would make it likely?"]
    for source in sources:
        if source.standard:
            questions.append(
                f"“{_first(source.standard)}”: what makes this hard to keep to on a busy day, and what would help?"
            )
        questions.append(f"“{_first(source.step)}”: how would we notice if this stopped being done?")
    return {
        "title": _first(sources[0].learned)[:120] if sources else "",
        "happened": _joined(source.raised for source in sources),
        "learned": _joined(source.learned for source in sources),
        "standard": _joined(source.standard for source in sources),
        "questions": "\n".join(dict.fromkeys(questions)),
        "bulletin": " ".join(
            f"{_sentence(source.learned)} What changes: {_sentence(source.step)}" for source in sources[:1]
        ),
    }


def _joined(texts: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(text.strip() for text in texts if text.strip()))


def _first(text: str) -> str:
    """The first sentence, without its stop."""
    return text.strip().split("\n")[0].split(". ")[0].rstrip(".")


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    return text if not text or text[-1] in ".!?" else f"{text}."
