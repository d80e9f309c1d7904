"""All addresses. Those of the staff come first: `/<organisation>/staff/...` would also fit the portal's patterns."""

from django.urls import include, path

urlpatterns = [
    path("", include("heed.design.urls")),
    path("", include("heed.staff.urls")),
    path("", include("heed.portal.urls")),
]

handler400 = "heed.config.errors.bad_request"
