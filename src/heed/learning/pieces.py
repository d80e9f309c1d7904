"""What is told of learning, as tables: the three kinds of piece, what each says, its states and who may see it. Pure."""

from dataclasses import dataclass

KINDS = {"line": "You said, we did", "story": "Story", "briefing": "Briefing"}
STATES = {
    "draft": "Being written",
    "waiting": "Waiting for approval",
    "published": "Approved",
    "withdrawn": "Taken down",
}
REACHES = {"": "Not shared", "network": "Our network", "everyone": "Everyone here"}
HOW_GIVEN = {
    "page": "On their page",
    "writing": "In writing",
    "phone": "By phone",
    "person": "In person",
}


@dataclass(frozen=True)
class Part:
    """One text of a piece. `longest` in characters; `needed`: approval is not asked for without it."""

    name: str
    label: str
    longest: int
    missing: str = ""

    @property
    def is_needed(self) -> bool:
        return bool(self.missing)


PARTS: dict[str, tuple[Part, ...]] = {
    "line": (
        Part("you_said", "You said", 600, "Say in a sentence what people told you."),
        Part("we_did", "We did", 600, "Say what you did."),
    ),
    "story": (
        Part("title", "Title", 120, "Give the story a title that names nobody."),
        Part("text", "The story", 6000, "Write the story as it may be told."),
    ),
    "briefing": (
        Part("title", "Title", 120, "Give the briefing a title."),
        Part("happened", "What happened", 1200, "Say what happened, without names."),
        Part("learned", "What we learned", 1200, "Say what was learned."),
        Part("standard", "The standard that we hold to", 1200, "Say which standard is expected."),
        Part("questions", "Questions to discuss", 1200, "Write at least one question, each on a line of its own."),
        Part("bulletin", "For the bulletin", 600),
    ),
}
DONE = {
    "written": "wrote it",
    "reworded": "wrote it anew",
    "looked": "decided on what was marked",
    "asked": "asked for approval",
    "sent_back": "sent it back to be written anew",
    "published": "approved it",
    "corrected": "approved the correction",
    "withdrawn": "took it down",
    "person_withdrew": "withdrew their consent, and it was taken down",
    "slipped": "found that the change did not last, and it was taken down",
    "doubted": "found that the change did not last",
    "holds": "looked, and it still holds",
    "shared": "shared it",
    "unshared": "no longer shares it",
    "told": "told others who had raised the same thing",
    "consent": "recorded the person’s consent",
    "story_gone": "took down the story that it told",
}


def found_by(kind: str, words: dict[str, str]) -> tuple[str, str]:
    """(title, text) by which an approved piece is found."""
    first, *others = (words.get(part.name, "") for part in PARTS[kind])
    return first, " ".join(others)


def why_not_words(kind: str, words: dict[str, str]) -> tuple[str, str] | None:
    """(a sentence, the part that it concerns) when a piece cannot be kept like this: a part is far too long."""
    for part in PARTS[kind]:
        if len(words.get(part.name, "")) > part.longest:
            return f"Say it in {part.longest:,} characters or fewer: this one is read in passing.", part.name
    return None


def why_not_ask(kind: str, words: dict[str, str]) -> tuple[str, str] | None:
    """The same, when it cannot be put before somebody for approval: a part that is needed is empty."""
    for part in PARTS[kind]:
        if part.is_needed and not words.get(part.name, "").strip():
            return part.missing, part.name
    return None
