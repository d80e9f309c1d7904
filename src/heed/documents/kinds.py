"""The kinds of file that are taken, and why others are not. Pure data; `inspector` finds which one a content is."""

from typing import NamedTuple


class Kind(NamedTuple):
    """`endings` of a name that fit the content; the first is given to a name that has none of them."""

    media_type: str
    endings: tuple[str, ...]
    words: str


TEXT_ENDINGS = ("txt", "csv", "text", "tsv", "md", "log", "json", "vcf", "ics", "srt", "vtt")

KINDS = {
    "pdf": Kind("application/pdf", ("pdf",), "a PDF document"),
    "jpeg": Kind("image/jpeg", ("jpg", "jpeg", "jpe", "jfif"), "a JPEG picture"),
    "png": Kind("image/png", ("png",), "a PNG picture"),
    "gif": Kind("image/gif", ("gif",), "a GIF picture"),
    "webp": Kind("image/webp", ("webp",), "a WebP picture"),
    "tiff": Kind("image/tiff", ("tif", "tiff"), "a TIFF picture"),
    "heic": Kind("image/heic", ("heic", "heif", "hif"), "a HEIC picture"),
    "avif": Kind("image/avif", ("avif",), "an AVIF picture"),
    "docx": Kind(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ("docx", "dotx"), "a Word document"
    ),
    "xlsx": Kind(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ("xlsx", "xltx"), "an Excel spreadsheet"
    ),
    "pptx": Kind(
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        ("pptx", "ppsx", "potx"),
        "a PowerPoint presentation",
    ),
    "odt": Kind("application/vnd.oasis.opendocument.text", ("odt", "ott"), "an OpenDocument text"),
    "ods": Kind("application/vnd.oasis.opendocument.spreadsheet", ("ods", "ots"), "an OpenDocument spreadsheet"),
    "odp": Kind("application/vnd.oasis.opendocument.presentation", ("odp", "otp"), "an OpenDocument presentation"),
    "odg": Kind("application/vnd.oasis.opendocument.graphics", ("odg", "otg"), "an OpenDocument drawing"),
    "doc": Kind("application/msword", ("doc", "dot"), "a Word document"),
    "xls": Kind("application/vnd.ms-excel", ("xls", "xlt"), "an Excel spreadsheet"),
    "ppt": Kind("application/vnd.ms-powerpoint", ("ppt", "pps", "pot"), "a PowerPoint presentation"),
    "rtf": Kind("application/rtf", ("rtf", "doc"), "a rich text document"),
    "msg": Kind("application/vnd.ms-outlook", ("msg",), "an Outlook message"),
    "mail": Kind("message/rfc822", ("eml", *TEXT_ENDINGS), "an e-mail"),
    "text": Kind("text/plain", TEXT_ENDINGS, "plain text"),
    "mp4": Kind("video/mp4", ("mp4", "m4v", "m4a"), "an MP4 recording"),
    "mov": Kind("video/quicktime", ("mov", "qt"), "a QuickTime film"),
    "3gp": Kind("video/3gpp", ("3gp", "3gpp", "3g2"), "a recording from a phone (3GP)"),
    "webm": Kind("video/webm", ("webm", "weba"), "a WebM recording"),
    "m4a": Kind("audio/mp4", ("m4a", "m4b", "mp4"), "an audio recording (M4A)"),
    "mp3": Kind("audio/mpeg", ("mp3",), "an audio recording (MP3)"),
    "aac": Kind("audio/aac", ("aac",), "an audio recording (AAC)"),
    "wav": Kind("audio/wav", ("wav", "wave"), "an audio recording (WAV)"),
    "ogg": Kind("audio/ogg", ("ogg", "oga", "opus"), "an audio recording (Ogg)"),
    "amr": Kind("audio/amr", ("amr",), "an audio recording (AMR)"),
}

# What a person may send, for a page to say.
TAKEN = (
    "pictures, PDF documents, Word, Excel, PowerPoint and OpenDocument files, plain text, saved e-mails, and sound and "
    "video recordings"
)

REFUSALS = {
    "program": "it is a program, and programs can do harm. If it shows what happened, send a screenshot or a photo of "
    "it",
    "script": "it is a program written as text, and programs can do harm. Copy the words that matter into a text file "
    "or a Word document, and send that",
    "web_page": "it is a web page, and web pages can carry programs. Print the page to a PDF, or take a screenshot, "
    "and send that",
    "drawing": "it is an SVG drawing, and those can carry programs. Save it as a PNG picture or a PDF, and send that",
    "macros": "it contains macros, which are small programs. Save it without macros (as .docx, .xlsx or .pptx) or as "
    "a PDF, and send that",
    "archive": "it is a folder of files packed into one. Unpack it, and send the files in it one by one",
    "locked": "it is locked with a password, so nobody here can check or read it. Save it without the password, and "
    "send that. Only people who work on your case will see it",
    "pages": "it was made by Pages, Numbers or Keynote, which many people cannot open. Export it as a PDF, and send "
    "that",
    "damaged": "it is not whole, so we could not look inside. Try sending it again. If that does not help, save it "
    "as a PDF, and send that",
    "unknown": f"it is not a kind of file that we can take. We take {TAKEN}. Save it as one of these, or send a photo "
    "or a screenshot of it",
}

# By these endings a computer runs a text, or shows it as a page; with any other, our own ending is given to it.
_RUN = """
action app application applescript bash bat cmd cmdline com command cpl csh desktop exe gadget hta inf ins isp jar jnlp
js jse ksh lnk mjs msc msh ms psc1 psd1 php pif pl ps1 psm1 py pyw rb reg rgs scf scpt scr sct sh shb shs sql tcsh url
vb vbe vbs vbscript webloc workflow ws wsc wsf wsh xbap zsh"""
_SHOWN = "htm html mht mhtml shtml svg svgz xht xhtml xsl xslt"
_MACROS = "docm dotm xlsm xltm xlsb xlam pptm potm ppsm ppam sldm"
RUN_BY_ENDING, SHOWN_BY_ENDING, MACROS_BY_ENDING = (frozenset(endings.split()) for endings in (_RUN, _SHOWN, _MACROS))
