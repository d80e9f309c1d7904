"""Who may open a staff page: organisation, membership and permission, resolved in one place."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from heed.accounts import queries as accounts
from heed.accounts.permissions import Permission, Viewer
from heed.organisations import queries as organisations


class StaffRequest(HttpRequest):
    """What a staff view gets. `member` has all the person's roles here, `viewer` those that count on this page: on a page
    of a case, the roles that show them the case (`narrow`)."""

    organisation: Any
    member: Viewer
    viewer: Viewer
    any_of: tuple[Permission, ...]


View = Callable[..., HttpResponseBase]


def narrow(request: StaffRequest, viewer: Viewer) -> None:
    """From here on only these of the person's roles count; 404 where none of them opens the page."""
    if request.any_of and not any(viewer.may(permission) for permission in request.any_of):
        raise Http404
    request.viewer = viewer


def member(*any_of: Permission) -> Callable[[View], View]:
    """The page is for members of the organisation in the address who hold any of the permissions (for any member when
    none is named). Whoever is not signed in is asked to; anybody else gets 404, as if the page were not there."""

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: Any, org: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            organisation = organisations.by_code(org)
            viewer = accounts.viewer(request.user, organisation) if organisation else None
            if viewer is None:
                raise Http404
            request.organisation, request.member, request.any_of = organisation, viewer, any_of
            narrow(request, viewer)
            response = view(request, org, *args, **kwargs)
            # Somebody's words: a browser on a shared computer keeps nothing of them for whoever comes next.
            response.headers.setdefault("Cache-Control", "no-store, private")
            return response

        checked.permissions = any_of  # type: ignore[attr-defined]  # read by the test that tries every route
        return checked

    return decorate
