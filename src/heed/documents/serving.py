"""Hand a file out. Whoever calls has asked first whether this person may see it."""

import logging

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase

from heed.documents.models import Attachment, Blob

log = logging.getLogger(__name__)

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cache-Control": "private, no-store",
}
MISSING = (
    "We cannot open this file: what was stored of it is not where it should be. Nothing else is lost. Please tell the "
    "people who run this website; the file's number is {number}.\n"
)
INFECTED = "We do not hand out this file: a later check found a virus in it. Ask for it to be sent again.\n"


def attachment_response(attachment: Attachment) -> HttpResponseBase:
    """The file, to be saved and never shown in the page, under its cleaned name. 410 with a sentence if it is missing,
    403 if a virus was found in it since."""
    blob = attachment.blob
    if blob.scan == Blob.Scan.INFECTED:
        return _sentence(INFECTED, status=403)
    try:
        file = blob.path.open("rb")
    except OSError:
        log.exception("The content %s of attachment %s cannot be read", blob.pk, attachment.pk)
        return _sentence(MISSING.format(number=attachment.pk), status=410)
    return FileResponse(
        file, as_attachment=True, filename=attachment.filename, content_type=blob.media_type, headers=HEADERS
    )


def _sentence(text: str, status: int) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8", headers=HEADERS)
