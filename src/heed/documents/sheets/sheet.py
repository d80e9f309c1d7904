"""What a sheet and a poster hold, as plain values."""

from dataclasses import dataclass
from typing import Literal

LANGUAGE = "en-GB"


@dataclass(frozen=True)
class Block:
    """A part of a sheet: a heading of the second level, a paragraph, somebody's words, or a list of lines."""

    kind: Literal["heading", "text", "quote", "list"]
    text: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """One document. `colour`: of its organisation, as #rrggbb; `foot`: a line beneath everything."""

    title: str
    organisation: str
    colour: str
    blocks: tuple[Block, ...]
    foot: str = ""


@dataclass(frozen=True)
class Said:
    """One line of a poster. `beneath`: the service and the month."""

    you_said: str
    we_did: str
    beneath: str = ""


@dataclass(frozen=True)
class Poster:
    """A page for a wall: what people said, and what came of it."""

    title: str
    organisation: str
    colour: str
    lines: tuple[Said, ...]
    foot: str = ""


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text that somebody typed: its lines that hold something."""
    return [line.strip() for line in text.splitlines() if line.strip()]
