"""The ten parts of a response (R110; source 002, "Explanation"), and which of them each kind of answer needs."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """`label` names it among staff; `heading` stands in the letter; `hint` says what belongs in it."""

    code: str
    label: str
    heading: str
    hint: str


PARTS = (
    Part(
        "summary",
        "summary of the complaint",
        "What you told us",
        "Each issue in their words, and what they wanted to happen.",
    ),
    Part(
        "policies",
        "policies followed",
        "What should happen",
        "The standards, policies or guidance that apply, by name.",
    ),
    Part(
        "investigation",
        "how it was looked into",
        "How we looked into it",
        "Who looked, whom they asked, what they read.",
    ),
    Part("facts", "key facts", "What we found out", "What happened and when, in order, in plain words."),
    Part(
        "conclusions",
        "conclusions",
        "What we decided and why",
        "For each issue: the finding, what went wrong, and how it affected them.",
    ),
    Part("putting_right", "putting it right", "How we will put it right", "Each remedy, and by when."),
    Part(
        "apology",
        "apology",
        "Our apology",
        "Say sorry for what went wrong, plainly. If nothing did, say what you are sorry they went through.",
    ),
    Part(
        "next", "what happens next", "What happens next", "What will be done, by whom and by when, and what we learned."
    ),
    Part(
        "unhappy",
        "if they are unhappy",
        "If you are not happy with our answer",
        "Whom to talk to, and the next stage where there is one.",
    ),
    Part(
        "ombudsman",
        "right to the Ombudsman",
        "Your right to go to the Ombudsman",
        "Which Ombudsman, how to reach them, and by when.",
    ),
)
BY_CODE = {part.code: part for part in PARTS}
SHORT = ("summary", "conclusions", "unhappy", "ombudsman")


def needed_parts(disposal: str) -> list[Part]:
    """The parts that may not be empty. The short way shortens the enquiry, not the right to know what was decided and
    where to turn next; an apology and remedies stand where something went wrong."""
    if disposal in ("early", "withdrawn"):
        return [part for part in PARTS if part.code in SHORT]
    return list(PARTS)
