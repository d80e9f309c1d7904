"""Too much work is a cause like any other: what it taught, and the change that is promised because of it (R139, R146)."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from heed.accounts.permissions import Permission
from heed.care import rules
from heed.care.queries import workload
from heed.design import words
from heed.learning import actions
from heed.learning.promises import WORKLOAD
from heed.staff import learning_page
from heed.staff.forms.warnings import LearnForm
from heed.staff.scope import StaffRequest, member


@member(Permission.LOOK_AFTER_PEOPLE)
def learn_from_workload(request: StaffRequest, org: str) -> HttpResponse:
    """Record what the workload taught, about the work and about nobody, and go on to the promise."""
    if not request.viewer.may(Permission.RECORD_LEARNING):
        raise Http404
    today, organisation = timezone.localdate(), request.organisation
    carried = rules.carried(workload.loads(organisation, today))
    sentence = f"The workload as it was on {words.day(today)}{f': {carried}' if carried else '.'}"
    origin = actions.Origin(WORKLOAD, str(organisation.pk), sentence)
    begin = {"text": carried, "level": "organisation", "factors": ["job_tasks", "organisational"]}
    form = LearnForm.of(
        request, organisation=organisation, service=None, initial=begin | learning_page.beginning(request)
    )
    if learning_page.keep(request, form, actions.learn_from, again={"origin": origin}, origin=origin):
        return learning_page.after(request, form, "workload", org)
    return render(request, "staff/care/learn.html", {"form": form})
