"""A briefing, its item for the bulletin and a poster as sheets, for the screen, PDF and DOCX alike. A story is in a briefing
only if it may be told now."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from heed.documents.sheets.sheet import Block, Poster, Said, Sheet, paragraphs
from heed.learning.pieces import PARTS

HEADINGS = {part.name: part.label for part in PARTS["briefing"]}


def briefing(
    words: Mapping[str, str], *, organisation: str, colour: str, story: Mapping[str, str] | None = None, foot: str = ""
) -> Sheet:
    """One page for a staff meeting. `story`: the words of a story that may be told to whoever reads this, None for none."""
    blocks: list[Block] = []
    for name in ("happened", "learned", "standard"):
        if words.get(name, "").strip():
            blocks += [Block("heading", HEADINGS[name]), *(Block("text", text) for text in paragraphs(words[name]))]
    if story:
        blocks += [Block("heading", f"A story: {story['title']}")]
        blocks += [Block("quote", text) for text in paragraphs(story["text"])]
    if questions := paragraphs(words.get("questions", "")):
        blocks += [Block("heading", HEADINGS["questions"]), Block("list", lines=tuple(questions))]
    return Sheet(words.get("title", ""), organisation, colour, tuple(blocks), foot)


def bulletin(words: Mapping[str, str], *, organisation: str, colour: str, foot: str = "") -> Sheet:
    """The few sentences of a briefing for a newsletter, under its title."""
    blocks = tuple(Block("text", text) for text in paragraphs(words.get("bulletin", "")))
    return Sheet(words.get("title", ""), organisation, colour, blocks, foot)


def poster(
    lines: Sequence[tuple[str, str, str, datetime]], *, organisation: str, colour: str, address: str, service: str = ""
) -> Poster:
    """A page for a wall: what people said, what we did, of which service, when."""
    said = [Said(you, did, ", ".join(part for part in (of, f"{at:%B %Y}") if part)) for you, did, of, at in lines]
    title = f"You said, we did: {service}" if service else "You said, we did"
    return Poster(title, organisation, colour, tuple(said), f"Tell us how it was: {address}")
