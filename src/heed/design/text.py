"""Text is cleaned once, where it enters: what neither database can keep is replaced, and lines end in one way."""

import re

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n?")


def clean_text(text: str) -> str:
    """The text with NUL and lone surrogates replaced by U+FFFD and every line end a single newline."""
    return _LINE_ENDS.sub("\n", _UNSTORABLE.sub(REPLACEMENT, text))
