"""What changed as an Atom feed (RFC 4287): ids that stay the same wherever Heed is served, and entries that go when what
they tell of is taken down."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

ATOM = "http://www.w3.org/2005/Atom"
TYPE = "application/atom+xml"
FAMILY = uuid.UUID("7d0b0a4e-6a0e-5b52-9f1c-2f6b1f0c8a11")  # of all feeds and entries that Heed makes
register_namespace("", ATOM)


@dataclass(frozen=True)
class Entry:
    """One entry. `key` names it for good; `paragraphs` are plain text."""

    key: str
    title: str
    address: str
    published_at: datetime
    changed_at: datetime
    paragraphs: tuple[str, ...]
    about: str = ""


def feed(
    *, key: str, title: str, author: str, address: str, own_address: str, changed_at: datetime, entries: Sequence[Entry]
) -> bytes:
    """The feed as it is served. `changed_at`: also when an entry went."""
    root = Element(_("feed"), {"{http://www.w3.org/XML/1998/namespace}lang": "en-GB"})
    _text(root, "id", identity(key))
    _text(root, "title", title)
    _text(root, "updated", moment(changed_at))
    _text(SubElement(root, _("author")), "name", author)
    SubElement(root, _("link"), {"rel": "self", "type": TYPE, "href": own_address})
    SubElement(root, _("link"), {"rel": "alternate", "type": "text/html", "href": address})
    for entry in entries:
        _entry(root, entry)
    return tostring(root, encoding="utf-8", xml_declaration=True)


def _entry(root: Element, entry: Entry) -> None:
    made = SubElement(root, _("entry"))
    _text(made, "id", identity(entry.key))
    _text(made, "title", entry.title)
    _text(made, "published", moment(entry.published_at))
    _text(made, "updated", moment(entry.changed_at))
    SubElement(made, _("link"), {"rel": "alternate", "type": "text/html", "href": entry.address})
    if entry.about:
        SubElement(made, _("category"), {"term": entry.about})
    _text(made, "content", "\n\n".join(entry.paragraphs), type="text")


def identity(key: str) -> str:
    """The same key has the same id for ever."""
    return f"urn:uuid:{uuid.uuid5(FAMILY, key)}"


def moment(at: datetime) -> str:
    """RFC 3339, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _(name: str) -> str:
    return f"{{{ATOM}}}{name}"


def _text(of: Element, name: str, text: str, **attributes: str) -> None:
    SubElement(of, _(name), attributes).text = "".join(letter for letter in text if letter >= " " or letter in "\n\t")
