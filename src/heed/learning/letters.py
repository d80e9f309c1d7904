"""What the person reads on their page about an action. Pure: plain values in, text out."""

from datetime import date

from heed.learning.rules import day


def promised(
    *, step: str, owner: str, start_on: date, finish_on: date, involvement: str, more: str = "", later: bool = True
) -> str:
    """What is promised, who does it, by when, and how they can take part."""
    return _letter(
        "Because of what you told us, we have promised to change something.",
        f"What we will do: {_sentence(step)}",
        f"Who will do it: {owner}.",
        f"When: from {day(start_on)}, done by {day(finish_on)}.",
        f"Your part in it: {_sentence(involvement)}",
        more,
        "We will write to you here when it is done." if later else "",
    )


def started(*, step: str, finish_on: date) -> str:
    """It has begun."""
    return _letter(
        f"What we promised you has begun: {_sentence(step)}",
        f"It will be done by {day(finish_on)}.",
        "We write because you asked to hear of each step. You can change that on your page at any time.",
    )


def moved(*, step: str, was: date, now: date, reason: str) -> str:
    """It will be later than was promised, and why."""
    return _letter(
        f"We promised you that this would be done by {day(was)}: {_sentence(step)}",
        f"It will now be done by {day(now)}. The reason: {_sentence(reason)}",
        "We are sorry that it takes longer than we said. If you are unhappy with this, write to us here.",
    )


def slipped(*, step: str, finish_on: date, more: str = "") -> str:
    """It was done, and did not last; it is done again."""
    return _letter(
        f"We told you that this was done: {_sentence(step)}",
        "We looked again, as we said that we would, and found that it is no longer done as it should be. We are sorry.",
        f"We have begun again, and it will be put right by {day(finish_on)}.",
        more,
        "If you want to talk about this, write to us here.",
    )


def completed(*, step: str, completed_on: date, check: str, check_on: date | None, more: str = "") -> str:
    """It is done, and how it will be known that it worked."""
    return _letter(
        f"What we promised you is done, on {day(completed_on)}: {_sentence(step)}",
        more,
        "Somebody who did not do it has checked it.",
        f"On {day(check_on)} we will look again: {_sentence(check)}" if check_on else "",
        "Thank you. It changed because you told us.",
    )


def changed_for_many(*, you_said: str, we_did: str, address: str) -> str:
    """Something changed that several people raised: the published words, which name nobody."""
    return _letter(
        "When you told us something, you asked to hear if anything changes. Several people told us the same thing, and this "
        "is what came of it.",
        f"You said: {you_said}",
        f"We did: {we_did}",
        f"It stands on our public page: {address}",
        "Thank you. It changed because you and others spoke up.",
    )


def _sentence(text: str) -> str:
    """What somebody of the staff wrote, with the stop that it may lack."""
    text = text.strip()
    return text if text[-1:] in (".", "!", "?", "”") else f"{text}."


def _letter(*paragraphs: str) -> str:
    return "\n\n".join(paragraph.strip() for paragraph in paragraphs if paragraph.strip())
