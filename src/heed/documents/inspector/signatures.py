"""The first bytes of the files that people send, and of those that are refused."""

from typing import NamedTuple


class Found(NamedTuple):
    """`kind` is a key of `kinds.KINDS`, or "" with a `refusal`, a key of `kinds.REFUSALS`.

    `looks` says of a text what it would be under a fitting name: mail, web_page, drawing or script. `hint` is the name
    that a second opinion has for an unknown format."""

    kind: str = ""
    refusal: str = ""
    looks: str = ""
    hint: str = ""


ZIP = (b"PK\x03\x04", b"PK\x05\x06")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_KINDS = [
    (b"%PDF-", "pdf"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"{\\rtf", "rtf"),
    (b"ID3", "mp3"),
    (b"#!AMR", "amr"),
    (b"\x1a\x45\xdf\xa3", "webm"),
]
_PROGRAMS = [
    b"\x7fELF",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",  # Java, and Apple's double programs
    b"dex\n",
    b"\0asm",
    b"L\0\0\0\x01\x14\x02\0",  # a Windows shortcut
    b"book\0\0\0\0mark",  # an Apple alias
    b"ITSF",  # Windows help, which runs scripts
    b"FWS",
    b"CWS",
    b"ZWS",  # Flash
]
_ARCHIVES = [
    b"Rar!\x1a\x07",
    b"7z\xbc\xaf\x27\x1c",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ\0",
    b"\x28\xb5\x2f\xfd",
    b"MSCF",
    b"\x60\xea",
    b"!<arch>\n",
    b"070707",
    b"070701",
    b"xar!",
]
_BRANDS = {
    "heic": {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"},
    "avif": {b"avif", b"avis"},
    "mov": {b"qt  "},
    "m4a": {b"M4A ", b"M4B ", b"M4P "},
    "mp4": {
        b"isom",
        b"iso2",
        b"iso4",
        b"iso5",
        b"iso6",
        b"mp41",
        b"mp42",
        b"avc1",
        b"M4V ",
        b"M4VH",
        b"dash",
        b"MSNV",
        b"mmp4",
    },
}
_RIFF = {b"WEBP": "webp", b"WAVE": "wav"}
_OLD_QUICKTIME = {b"moov", b"mdat", b"wide"}


def find(head: bytes) -> Found | None:
    """What the first kilobytes say by themselves; None if they do not say."""
    for prefix, kind in _KINDS:
        if head.startswith(prefix):
            return _webm(head) if kind == "webm" else Found(kind)
    for found in (_boxes(head), _riff(head), _ogg(head), _frames(head)):
        if found:
            return Found(found)
    if head.startswith(b"MZ") and b"\0" in head[:64]:
        return Found(refusal="program")
    if any(head.startswith(prefix) for prefix in _PROGRAMS):
        return Found(refusal="program")
    if any(head.startswith(prefix) for prefix in _ARCHIVES) or head[257:262] == b"ustar" or head[7:14] == b"**ACE**":
        return Found(refusal="archive")
    return None


def _webm(head: bytes) -> Found:
    """Of the Matroska family only WebM plays nearly everywhere."""
    return Found("webm") if b"webm" in head[:64] else Found(refusal="unknown", hint="Matroska video")


def _boxes(head: bytes) -> str:
    """The ISO family: a box `ftyp` names the brand, then those that it is compatible with."""
    if head[4:8] in _OLD_QUICKTIME and head[0] == 0:
        return "mov"
    if head[4:8] != b"ftyp":
        return ""
    end = min(int.from_bytes(head[:4], "big"), 128, len(head))
    brands = [head[8:12], *(head[place : place + 4] for place in range(16, end - 3, 4))]
    for brand in brands:
        if brand.startswith((b"3gp", b"3g2", b"3ge", b"3gr")):
            return "3gp"
        for kind, names in _BRANDS.items():
            if brand in names:
                return "avif" if kind == "heic" and b"avif" in brands else kind
    return ""


def _riff(head: bytes) -> str:
    return _RIFF.get(head[8:12], "") if head.startswith(b"RIFF") else ""


def _ogg(head: bytes) -> str:
    """Sound only: Opus, Vorbis, Speex or FLAC in the first page."""
    names = (b"OpusHead", b"\x01vorbis", b"Speex   ", b"\x7fFLAC")
    return "ogg" if head.startswith(b"OggS") and head[28:].startswith(names) else ""


def _frames(head: bytes) -> str:
    """MP3 and AAC without a header: a frame, and another where it says that the next begins (or the file ends
    before)."""
    for kind, length in (("mp3", _mp3_frame(head)), ("aac", _aac_frame(head))):
        if length and head[length : length + 2] in (head[:2], b""):
            return kind
    return ""


_BITRATES = {  # by MPEG version 1, or 2 and 2.5
    True: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0),
    False: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0),
}
_RATES = {3: (44100, 48000, 32000, 0), 2: (22050, 24000, 16000, 0), 0: (11025, 12000, 8000, 0)}


def _mp3_frame(head: bytes) -> int:
    """The length of an MPEG layer III frame at the beginning, 0 if there is none."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return 0
    version = head[1] >> 3 & 3
    if version == 1:
        return 0
    bitrate = _BITRATES[version == 3][head[2] >> 4] * 1000
    rate = _RATES[version][head[2] >> 2 & 3]
    if not bitrate or not rate:
        return 0
    return (144 if version == 3 else 72) * bitrate // rate + (head[2] >> 1 & 1)


def _aac_frame(head: bytes) -> int:
    """The length of an ADTS frame at the beginning, 0 if there is none."""
    if len(head) < 7 or head[0] != 0xFF or head[1] & 0xF6 != 0xF0 or head[2] >> 2 & 15 > 12:
        return 0
    return (head[3] & 3) << 11 | head[4] << 3 | head[5] >> 5
