"""An organisation's accent colour: whether it can be read, and the few colours made from it.

Contrast is WCAG 2.2's: (lighter + 0.05) / (darker + 0.05) of the relative luminances, from 1 to 21.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

HEED_ACCENT = "#0b5c5c"
PAPER = "#ffffff"
MIST = "#f4f6f5"
INK = "#1b2a33"
LEAST_CONTRAST = 4.5
_HEX = re.compile(r"#[0-9a-f]{6}")


def normalise(colour: str) -> str:
    """`#0B5C5C`, `0b5c5c` and `#0b5c5c` are the same colour: returned as "#0b5c5c".

    Raises ValueError with a sentence if it is not six hexadecimal digits.
    """
    text = "#" + colour.strip().lstrip("#").lower()
    if not _HEX.fullmatch(text):
        raise ValueError(f"{colour!r} is not a colour. Give it as a hash and six digits or letters a to f: #0b5c5c.")
    return text


def _channels(colour: str) -> tuple[int, int, int]:
    text = normalise(colour)
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2), 0 for black to 1 for white."""
    parts = [channel / 255 for channel in _channels(colour)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21, in whichever order."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def why_not_accent(colour: str) -> str | None:
    """Why a colour cannot be an organisation's accent, as a sentence, or None if it can.

    White words stand on it and it is used for words on white, so it needs 4.5 to 1 against white.
    """
    try:
        text = normalise(colour)
    except ValueError as reason:
        return str(reason)
    ratio = contrast(text, PAPER)
    if ratio >= LEAST_CONTRAST:
        return None
    # Rounded down, so that 4.49 never reads as the 4.5 that it is not.
    shown = int(ratio * 10) / 10
    return (
        f"{text} is too light: its contrast with white is {shown:.1f} to 1, and people with poor sight "
        f"need at least {LEAST_CONTRAST} to 1. Choose a darker shade."
    )


def mix(colour: str, other: str, share: float) -> str:
    """`share` (0 to 1) of `other` in `colour`, channel by channel."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


@dataclass(frozen=True)
class Theme:
    """The colours that a page takes from one accent.

    accent: bands and markers; text: links, dark enough for mist and tint too; deep: hovered links; tint: a light
    ground.
    """

    accent: str
    text: str
    deep: str
    tint: str

    @property
    def name(self) -> str:
        """Six hexadecimal digits, as in the address of its stylesheet."""
        return self.accent[1:]

    def stylesheet(self) -> str:
        """The whole of /theme/<name>.css."""
        return (
            ":root{"
            f"--heed-accent:{self.accent};--heed-accent-text:{self.text};"
            f"--heed-accent-deep:{self.deep};--heed-accent-tint:{self.tint}"
            "}\n"
        )


@lru_cache(maxsize=256)
def theme(colour: str) -> Theme:
    """The theme of an accent. Raises ValueError with the reason if the colour cannot be one."""
    reason = why_not_accent(colour)
    if reason:
        raise ValueError(reason)
    accent = normalise(colour)
    tint = mix(accent, PAPER, 0.9)
    text = accent
    while min(contrast(text, MIST), contrast(text, tint)) < LEAST_CONTRAST:
        text = mix(text, "#000000", 0.05)
    return Theme(accent=accent, text=text, deep=mix(text, "#000000", 0.35), tint=tint)
