"""Heed's own routes, and one more page that a one-time link opens."""

from django.http import HttpResponse
from django.urls import path

from heed.config.urls import urlpatterns as ours
from heed.portal.asked import AskedRequest, asked


@asked("sample")
def sample(request: AskedRequest, word: str) -> HttpResponse:
    return HttpResponse(f"About {request.link.object_id}, for {request.actor.id}")


@asked("other")
def other(request: AskedRequest, word: str) -> HttpResponse:
    return HttpResponse("Something else")


urlpatterns = [
    path("<slug:organisation>/asked/<str:word>/sample/", sample, name="asked_sample"),
    path("<slug:organisation>/asked/<str:word>/other/", other, name="asked_other"),
    *ours,
]
