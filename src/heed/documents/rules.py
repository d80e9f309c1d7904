"""What a file may be called, and what is said about one that is refused or was changed. Pure."""

import re
import unicodedata
from typing import NamedTuple

from heed.audit.refusals import Refused
from heed.documents import kinds
from heed.documents.inspector.signatures import Found

STEM_LENGTH = 100  # characters
STEM_BYTES = 200  # file systems take 255 bytes a name
ENDING_LENGTH = 10
UNNAMED = "file"

_NOT_IN_NAMES = re.compile(r'[<>:"|?*]')  # Windows takes none of them
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
_ENDING = re.compile(rf"\.([A-Za-z0-9_]{{1,{ENDING_LENGTH}}})$")


class Accepted(NamedTuple):
    """A file that is taken: the name it is kept under, and a sentence on what was changed about it, or ""."""

    kind: kinds.Kind
    filename: str
    note: str


def accept(found: Found, filename: str) -> Accepted:
    """Decide by the content, and only then look at the name. Raises Refused with a sentence on what to send instead."""
    name = clean_name(filename)
    stem, ending = split(name)
    refusal = found.refusal or _refused_as_text(found, ending) or (ending in kinds.MACROS_BY_ENDING and "macros")
    if refusal:
        raise Refused(refusal_sentence(refusal, name, found.hint))
    kind = kinds.KINDS[found.kind]
    if ending in kind.endings:
        return Accepted(kind, name, "")
    kept = _renamed(stem, ending, name, kind)
    return Accepted(kind, kept, note(ending, kind, kept))


def _refused_as_text(found: Found, ending: str) -> str:
    """A text does no harm as .txt, whatever stands in it; it does as something that is run or shown as a page."""
    if found.kind not in ("text", "mail") or ending in kinds.TEXT_ENDINGS:
        return ""
    if ending in kinds.RUN_BY_ENDING:
        return "script"
    if ending in kinds.SHOWN_BY_ENDING:
        return "drawing" if ending.startswith("svg") else "web_page"
    return found.looks if found.looks in kinds.REFUSALS else ""


def refusal_sentence(reason: str, filename: str, hint: str = "") -> str:
    """Why the file is refused and what to do instead, for the person."""
    hint = "".join(letter for letter in hint if letter.isprintable())[:80]
    seems = f" It seems to be: {hint}." if hint and reason == "unknown" else ""
    return f"We cannot take “{filename}”: {kinds.REFUSALS[reason]}.{seems}"


def note(ending: str, kind: kinds.Kind, kept: str) -> str:
    """What was changed about the name, for the person."""
    if not ending:
        return ""
    return f"Its name ended in “.{ending}”, but it is {kind.words}. We kept it as “{kept}”."


def clean_name(filename: str) -> str:
    """Only the last part of a path, without what is invisible, turns the direction of writing or has a meaning to a
    file system; of a bounded length; never empty."""
    name = filename.replace("\\", "/").rpartition("/")[2]
    name = unicodedata.normalize("NFC", name.encode("utf-8", "replace").decode())
    name = "".join(" " if letter.isspace() else letter for letter in name if letter.isspace() or _is_visible(letter))
    name = _NOT_IN_NAMES.sub("_", " ".join(name.split())).strip(" .")
    stem, ending = split(name)
    stem = _short(stem).rstrip(" .") or UNNAMED
    if _DEVICES.match(stem):
        stem = f"{UNNAMED} {stem}"
    return f"{stem}.{ending}" if ending else stem


def _is_visible(letter: str) -> bool:
    """Not a control (Cc), a format or direction mark (Cf), a surrogate, private or unassigned."""
    return not unicodedata.category(letter).startswith("C")


def split(name: str) -> tuple[str, str]:
    """(the name without its ending, the ending in lower case or ""). "Letter of 3. May" has none: an ending is short
    letters and digits."""
    match = _ENDING.search(name)
    if not match or (match.start() == 0) or match[1].isdigit():
        return name, ""
    return name[: match.start()], match[1].lower()


def _renamed(stem: str, ending: str, name: str, kind: kinds.Kind) -> str:
    """With an ending of the kind. An ending that means some other kind goes; "v2" in "report.v2" is part of the
    name."""
    base = stem if ending in _KNOWN else name
    while split(base)[1] in _KNOWN - set(kind.endings):
        base = split(base)[0]
    return base if split(base)[1] in kind.endings else f"{_short(base)}.{kind.endings[0]}"


_KNOWN = (
    frozenset(ending for kind in kinds.KINDS.values() for ending in kind.endings)
    | kinds.RUN_BY_ENDING
    | kinds.SHOWN_BY_ENDING
    | kinds.MACROS_BY_ENDING
    | {"7z", "avi", "bin", "bmp", "dat", "dll", "eps", "gz", "iso", "mkv", "rar", "tar", "tmp", "wmv", "xml", "zip"}
)


def _short(stem: str) -> str:
    return stem[:STEM_LENGTH].encode()[:STEM_BYTES].decode(errors="ignore")


def too_large(filename: str, limit: int) -> str:
    """The sentence for a file above the limit (bytes)."""
    return (
        f"“{clean_name(filename)}” is larger than {size_in_words(limit)}, the most that one file can have. Make it "
        "smaller (save the scan in a lower quality, cut the recording), or send it in parts."
    )


def empty(filename: str) -> str:
    """The sentence for a file without content."""
    return (
        f"“{clean_name(filename)}” is empty: there is nothing in it. Check that it opens on your side, then choose it "
        "again."
    )


def infected(filename: str) -> str:
    """The sentence for a file in which a virus was found."""
    return (
        f"We cannot take “{clean_name(filename)}”: our check found a virus in it. Nothing of it was kept. Have your "
        "device checked, and send a photo or a screenshot of what it shows instead."
    )


def size_in_words(size: int) -> str:
    """Bytes as a person says them: 20 MB, 1.4 MB, 312 KB, 12 bytes."""
    for unit, name in ((2**20, "MB"), (2**10, "KB")):
        if size >= unit:
            amount = size / unit
            return f"{amount:.0f} {name}" if amount >= 10 or amount == int(amount) else f"{amount:.1f} {name}"
    return f"{size} bytes"
