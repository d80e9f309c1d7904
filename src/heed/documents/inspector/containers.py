"""Files that are folders inside: ZIP (new Office, OpenDocument) and OLE (old Office, Outlook). Only the names are
read."""

import zipfile
from typing import BinaryIO

from heed.documents.inspector.signatures import Found

MOST_NAMES = 20_000
_ODF = b"mimetypeapplication/vnd.oasis.opendocument."
_ODF_KINDS = {b"text": "odt", b"spreadsheet": "ods", b"presentation": "odp", b"graphics": "odg"}
_OFFICE_FOLDERS = {"word/": "docx", "xl/": "xlsx", "ppt/": "pptx"}
_ODF_MACROS = ("basic/", "scripts/")


def in_zip(file: BinaryIO, head: bytes) -> Found:
    """By the names in its central directory; nothing is unpacked."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = {name.lower() for name in archive.namelist()[:MOST_NAMES]}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeError, EOFError):
        return Found(refusal="damaged")
    if _ODF in head[26:128]:
        return _open_document(head, names)
    if "[content_types].xml" in names:
        return _office(names)
    if any(name.endswith(".iwa") for name in names) or ("index.xml" in names and "buildversionhistory.plist" in names):
        return Found(refusal="pages")
    if "meta-inf/manifest.mf" in names or "androidmanifest.xml" in names:
        return Found(refusal="program")
    return Found(refusal="archive")


def _office(names: set[str]) -> Found:
    if any("vbaproject" in name or "vbadata" in name or "/macrosheets/" in name for name in names):
        return Found(refusal="macros")
    for folder, kind in _OFFICE_FOLDERS.items():
        if any(name.startswith(folder) for name in names):
            return Found(kind)
    return Found(refusal="unknown", hint="Microsoft Office file")


def _open_document(head: bytes, names: set[str]) -> Found:
    if any(name.startswith(_ODF_MACROS) and not name.endswith("/") for name in names):
        return Found(refusal="macros")
    subject = head[head.index(_ODF) + len(_ODF) :]
    for name, kind in _ODF_KINDS.items():
        if subject.startswith(name):
            return Found(kind)
    return Found(refusal="unknown", hint="OpenDocument file")


_OLE_KINDS = {"worddocument": "doc", "workbook": "xls", "book": "xls", "powerpoint document": "ppt", "pp40": "ppt"}
_OLE_MACROS = {"macros", "_vba_project_cur", "_vba_project", "vba"}
_INSTALLER = bytes.fromhex("84100c0000000000c000000000000046")
_MOST_SECTORS = 512  # of the directory: 4 or 32 entries each


def in_ole(file: BinaryIO, head: bytes) -> Found:
    """By the names of its streams, and the class of its root."""
    entries = _ole_entries(file, head)
    names = {name for name, _ in entries}
    if not entries:
        return Found(refusal="damaged")
    if entries[0][1] == _INSTALLER:
        return Found(refusal="program")
    if names & {"encryptedpackage", "encryptioninfo"}:
        return Found(refusal="locked")
    if "__properties_version1.0" in names:
        return Found("msg")
    if names & _OLE_MACROS:
        return Found(refusal="macros")
    kinds = [_OLE_KINDS[name] for name in names if name in _OLE_KINDS]
    return Found(kinds[0]) if len(set(kinds)) == 1 else Found(refusal="unknown", hint="Microsoft Office file")


def _ole_entries(file: BinaryIO, head: bytes) -> list[tuple[str, bytes]]:
    """(name, class) of each entry of the directory, the root first."""
    size = 1 << int.from_bytes(head[30:32], "little") if len(head) >= 512 else 0
    if size not in (512, 4096):
        return []
    entries: list[tuple[str, bytes]] = []
    sector, seen = int.from_bytes(head[48:52], "little"), set[int]()
    while sector < 0xFFFFFFF0 and sector not in seen and len(seen) < _MOST_SECTORS:
        seen.add(sector)
        data = _read(file, (sector + 1) * size, size)
        entries += [_ole_entry(data[place : place + 128]) for place in range(0, len(data) - 127, 128)]
        sector = _next_sector(file, head, size, sector)
    return [entry for entry in entries if entry[0]]


def _ole_entry(data: bytes) -> tuple[str, bytes]:
    length = min(int.from_bytes(data[64:66], "little"), 64)
    return data[: max(length - 2, 0)].decode("utf-16-le", "replace").lower(), data[80:96]


def _next_sector(file: BinaryIO, head: bytes, size: int, sector: int) -> int:
    """By the allocation table, whose first 109 sectors (7 MB of a common file) the header lists; then simply the
    next."""
    table, place = divmod(sector, size // 4)
    if table >= 109:
        return sector + 1
    where = int.from_bytes(head[76 + 4 * table : 80 + 4 * table], "little")
    data = _read(file, (where + 1) * size + 4 * place, 4)
    return int.from_bytes(data, "little") if len(data) == 4 else 0xFFFFFFFE


def _read(file: BinaryIO, offset: int, length: int) -> bytes:
    file.seek(offset)
    return file.read(length)
