"""Files that go with what somebody tells us: added and taken away, before it is sent."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from heed.design.text import clean_text
from heed.feedback.actions import draft as drafts_actions
from heed.portal import drafts
from heed.portal.access import PortalRequest, at_organisation, member_of_the_public, private
from heed.portal.forms.files import ADD, NOTHING_CHOSEN, FilesForm
from heed.portal.steps import CHECK, FILES, Journey
from heed.portal.views.way import address, back_to, files_of, keep_files


@private
@require_http_methods(["GET", "HEAD", "POST"])
@at_organisation
def files(request: PortalRequest) -> HttpResponse:
    """The files so far, and a place to add more, one after another. Every file that is refused says why; the others
    stay."""
    draft = drafts.unsent(request)
    journey = drafts.journey(request, draft)
    if draft is None or "kind" not in journey.known:
        return redirect(address(request, "kind"))
    form = FilesForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        if token := clean_text(request.POST.get("remove", "")):
            drafts_actions.remove_file(
                draft_id=draft.pk, token=token, by=member_of_the_public(request), at=timezone.now()
            )
        elif _keep(request, draft, form):
            return redirect(_onward(request, journey))
    return _page(request, journey, form, draft)


def _onward(request: PortalRequest, journey: Journey) -> str:
    """Here again, for who adds one file after another; else the check, or a question that is still open."""
    if "add" in request.POST:
        return request.get_full_path()
    return address(request, journey.first_open() or CHECK)


def _keep(request: PortalRequest, draft: object, form: FilesForm) -> bool:
    """Keep what was chosen; whether all of it could be kept."""
    chosen = [(file, file.name or "") for file in request.FILES.getlist("upload")]
    if "add" in request.POST and not chosen:
        form.add_error("upload", NOTHING_CHOSEN)
    for sentence in keep_files(request, draft, chosen, timezone.now()):
        form.add_error("upload", sentence)
    return not form.errors


def _page(request: PortalRequest, journey: Journey, form: FilesForm, draft: object) -> HttpResponse:
    files = files_of(draft)
    form.ask_for_more(bool(files))
    context = {
        "form": form,
        "files": files,
        "add": ADD,
        "back": back_to(request, journey, FILES),
        "progress": journey.progress(FILES),
    }
    return render(request, "portal/tell_us/files.html", context)
