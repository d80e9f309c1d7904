"""All addresses. Those of the staff come first: `/<organisation>/staff/...` would also fit the portal's patterns."""

from importlib.util import find_spec

from django.urls import include, path

urlpatterns = [
    path("", include(module))
    for module in ("heed.design.urls", "heed.staff.urls", "heed.portal.urls")
    if find_spec(module)
]

handler400 = "heed.config.errors.bad_request"
