"""What the look itself serves: an organisation's colours."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from heed.design import colour


@require_safe
def theme(_request: HttpRequest, name: str) -> HttpResponse:
    """The stylesheet of one accent colour, so that a strict `style-src 'self'` needs no exception."""
    try:
        body = colour.theme(name).stylesheet()
    except ValueError as reason:
        raise Http404(str(reason)) from reason
    response = HttpResponse(body, content_type="text/css; charset=utf-8")
    # Named after the colour itself, so it hardly ever changes; a day, so that a new version of Heed is soon seen.
    response["Cache-Control"] = "public, max-age=86400"
    return response
