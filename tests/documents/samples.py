"""Small files of every kind, made here byte by byte."""

import io
import struct
import zipfile

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\x06\0\0\0\x1f\x15\xc4\x89"
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0\xff\xd9"
PDF = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"
HTML = b"<!DOCTYPE html><html><body><script>alert(1)</script></body></html>"
SVG = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
MAIL = (
    b"From: Jo <jo@post.example>\r\nTo: us@body.example\r\nSubject: The ward\r\nDate: Thu, 2 Apr 2026\r\n\r\nHello\r\n"
)
PROGRAM = b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0" + bytes(64)


def box(brand: bytes, *others: bytes) -> bytes:
    """The beginning of a file of the ISO family (MP4, HEIC)."""
    body = brand + bytes(4) + b"".join(others)
    return struct.pack(">I", 8 + len(body)) + b"ftyp" + body + b"\0\0\0\x08free"


def zipped(*names: str, first: tuple[str, bytes] | None = None) -> bytes:
    """A ZIP with members of these names; `first` is stored as it is, at the beginning."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        if first:
            archive.writestr(zipfile.ZipInfo(first[0]), first[1])
        for name in names:
            archive.writestr(name, b"<x/>")
    return made.getvalue()


def office(folder: str, *more: str) -> bytes:
    return zipped("[Content_Types].xml", f"{folder}/document.xml", *more)


def open_document(kind: str, *more: str) -> bytes:
    media_type = f"application/vnd.oasis.opendocument.{kind}".encode()
    return zipped("content.xml", *more, first=("mimetype", media_type))


def ole(*names: str, root_class: bytes = bytes(16), sectors: int = 1) -> bytes:
    """An OLE file with streams of these names, its directory spread over so many sectors of 512 bytes."""
    entries = [_ole_entry("Root Entry", root_class), *(_ole_entry(name) for name in names)]
    directory = b"".join(entries).ljust(512 * sectors, b"\0")
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<H", header, 30, 9)
    struct.pack_into("<I", header, 48, 1)  # the directory begins in sector 1
    struct.pack_into("<I", header, 76, 0)  # the allocation table is sector 0
    chain = [0xFFFFFFFD, *range(2, sectors + 1), 0xFFFFFFFE]
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(512, b"\xff")
    return bytes(header) + table + directory


def _ole_entry(name: str, class_id: bytes = bytes(16)) -> bytes:
    letters = name.encode("utf-16-le") + b"\0\0"
    return letters.ljust(64, b"\0") + struct.pack("<H", len(letters)) + bytes(14) + class_id + bytes(32)


def mp3_frames(count: int = 3) -> bytes:
    """MPEG 1 layer III, 128 kbit/s at 44.1 kHz: 417 bytes a frame."""
    return (b"\xff\xfb\x90\0" + bytes(413)) * count


def aac_frames(count: int = 3) -> bytes:
    """ADTS frames of 16 bytes."""
    return (bytes([0xFF, 0xF1, 0x50, 0x80, 0x02, 0x00, 0xFC]) + bytes(9)) * count


TAKEN: dict[str, list[bytes]] = {
    "pdf": [PDF, b" \r\n" + PDF, bytes(900).replace(b"\0", b"x") + PDF],
    "jpeg": [JPEG],
    "png": [PNG],
    "gif": [b"GIF89a\1\0\1\0\0\0\0;", b"GIF87a\1\0\1\0\0\0\0;"],
    "webp": [b"RIFF\x1a\0\0\0WEBPVP8L"],
    "tiff": [b"II*\0\x08\0\0\0", b"MM\0*\0\0\0\x08"],
    "heic": [box(b"heic", b"mif1"), box(b"mif1", b"heic")],
    "avif": [box(b"avif", b"mif1"), box(b"mif1", b"avif")],
    "docx": [office("word")],
    "xlsx": [office("xl")],
    "pptx": [office("ppt")],
    "odt": [open_document("text")],
    "ods": [open_document("spreadsheet")],
    "odp": [open_document("presentation")],
    "odg": [open_document("graphics")],
    "doc": [ole("WordDocument", "1Table"), ole(*(f"Stream {number}" for number in range(9)), "WordDocument", sectors=3)],
    "xls": [ole("Workbook"), ole("Book")],
    "ppt": [ole("PowerPoint Document")],
    "rtf": [b"{\\rtf1\\ansi Hello}"],
    "msg": [ole("__properties_version1.0", "__nameid_version1.0")],
    "mail": [MAIL, MAIL.replace(b"\r\n", b"\n")],
    "text": [
        b"My words", "Łódź – 投诉 – شكوى 😀".encode(), "\ufeffWords".encode(), "Words 😀".encode("utf-16"),
        "Words".encode("utf-32"), "Café £5".encode("cp1252"), "Жалоба".encode("cp1251"),
        b"From: me\nTo: the ward\n\nHello", b"a <b> c", b"MZ is text here",
        b"0,1\r\n2,3\r\n",
    ],
    "mp4": [box(b"isom", b"avc1"), box(b"XXXX", b"mp42")],
    "mov": [box(b"qt  "), b"\0\0\0\x08wide\0\0\0\x08mdat"],
    "3gp": [box(b"3gp4", b"isom")],
    "webm": [b"\x1a\x45\xdf\xa3\x01\0\0\0\0\0\0\x1f\x42\x82\x84webm"],
    "m4a": [box(b"M4A ", b"mp42")],
    "mp3": [b"ID3\x03\0\0\0\0\0\x0a" + bytes(10), mp3_frames(), mp3_frames(1)],
    "aac": [aac_frames()],
    "wav": [b"RIFF\x24\0\0\0WAVEfmt "],
    "ogg": [b"OggS\0\2" + bytes(22) + b"OpusHead", b"OggS\0\2" + bytes(22) + b"\x01vorbis"],
    "amr": [b"#!AMR\n\x0c"],
}  # fmt: skip

REFUSED: dict[str, list[bytes]] = {
    "program": [
        PROGRAM, b"\x7fELF\2\1\1", b"\xca\xfe\xba\xbe\0\0\0\x34", b"L\0\0\0\x01\x14\x02\0",
        zipped("META-INF/MANIFEST.MF", "A.class"),
        zipped("AndroidManifest.xml"), ole("x", root_class=bytes.fromhex("84100c0000000000c000000000000046")), b"dex\n035\0",
    ],
    "macros": [
        office("word", "word/vbaProject.bin"), office("xl", "xl/macrosheets/sheet1.xml"), ole("WordDocument", "Macros", "VBA"),
        ole("Workbook", "_VBA_PROJECT_CUR"), open_document("text", "Basic/Standard/script-lb.xml"),
    ],
    "archive": [
        zipped("a.txt", "../../etc/passwd"), b"Rar!\x1a\x07\x01\0", b"7z\xbc\xaf\x27\x1c\0\4", b"\x1f\x8b\x08\0\0\0\0\0",
        b"a.txt".ljust(257, b"\0") + b"ustar\x0000",
    ],
    "locked": [ole("EncryptedPackage", "EncryptionInfo")],
    "pages": [zipped("Index/Document.iwa", "preview.jpg")],
    "damaged": [office("word")[:60], b"PK\x03\x04" + bytes(40), ole()[:500], b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 600],
    "unknown": [
        bytes(100), b"SQLite format 3\0" + bytes(100), b"\1\2\3\4", bytes(range(256)) * 4, box(b"F4V "), ole("Something", "Else"),
        b"\x1a\x45\xdf\xa3\x01\0\0\0\0\0\0\x1f\x42\x82\x88matroska", b"OggS\0\2" + bytes(22) + b"\x80theora",
        b"<p>" + PDF + b"\0",
    ],
}  # fmt: skip
