"""Whether a content is text, and what it would be under a fitting name."""

import codecs
import re
from typing import BinaryIO

from heed.documents.inspector.signatures import Found

CHUNK = 1 << 20
_CONTROLS = bytes(set(range(1, 32)) - set(b"\t\n\v\f\r\x1b"))
_HIGH = bytes(range(128, 256))
_BOMS = [
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
_LEADING = re.compile(
    r"^(?:\s|<\?xml[^>]{0,200}\?>|<!--.{0,2000}?-->|<!DOCTYPE svg[^>]{0,500}>)*", re.DOTALL | re.IGNORECASE
)
_PAGE = re.compile(
    r"<(?:!doctype\s+html|html|head|body|script|iframe|meta|title|style|link|base|object|embed|form|img|table|div|p|a|br|h[1-6]"
    r"|\?php|%)\b|<\w+[^>]{0,300}xmlns(?::\w+)?\s*=\s*.http://www\.w3\.org/1999/xhtml",
    re.IGNORECASE,
)
_DRAWING = re.compile(r"<(?:\w+:)?svg\b", re.IGNORECASE)
_SCRIPT = re.compile(
    r"#!\s*/|@echo off|windows registry editor|regedit4|\[internetshortcut\]|\[desktop entry\]|%!ps", re.IGNORECASE
)
_HEADER = re.compile(
    r"^(From|To|Date|Subject|Received|Message-ID|MIME-Version|Return-Path|Delivered-To|Reply-To):", re.MULTILINE
)


def find(file: BinaryIO) -> Found | None:
    """Text of any language, or None. Reads it all."""
    file.seek(0)
    head = file.read(8192)
    encoding = next((name for bom, name in _BOMS if head.startswith(bom)), "")
    if not (_decodes(file, encoding) if encoding.startswith("utf-") and encoding != "utf-8" else _is_plain(file)):
        return None
    beginning = head.decode(encoding or "utf-8", "ignore").lstrip("\ufeff")
    looks = _looks(beginning)
    return Found("mail", looks=looks) if looks == "mail" else Found("text", looks=looks)


def _decodes(file: BinaryIO, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    file.seek(0)
    try:
        while chunk := file.read(CHUNK):
            if "\0" in decoder.decode(chunk):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _is_plain(file: BinaryIO) -> bool:
    """No NUL, hardly a control character, and UTF-8, or else mostly ASCII, as a text in an old encoding of Europe
    is."""
    decoder, is_utf8, high, controls, total = codecs.getincrementaldecoder("utf-8")(), True, 0, 0, 0
    file.seek(0)
    while chunk := file.read(CHUNK):
        if b"\0" in chunk:
            return False
        total += len(chunk)
        high += len(chunk) - len(chunk.translate(None, _HIGH))
        controls += len(chunk) - len(chunk.translate(None, _CONTROLS))
        try:
            decoder.decode(chunk)
        except UnicodeDecodeError:
            is_utf8 = False
    return controls * 100 <= total and (is_utf8 or controls == 0 or high * 3 <= total)


def _looks(beginning: str) -> str:
    rest = beginning[_LEADING.match(beginning).end() :]  # type: ignore[union-attr]
    if _DRAWING.match(rest):
        return "drawing"
    if _PAGE.match(rest):
        return "web_page"
    if _SCRIPT.match(rest):
        return "script"
    headers = set(_HEADER.findall(beginning.replace("\r\n", "\n").partition("\n\n")[0]))
    return "mail" if len(headers) >= 3 and "From" in headers else ""
