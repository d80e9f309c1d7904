"""The training register: who needs what, had it, and what is due."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from heed.accounts.permissions import Permission
from heed.accounts.roles import ROLES
from heed.care import rules
from heed.care.actions import training as actions
from heed.care.queries import training as queries
from heed.design import words
from heed.design.components import Link
from heed.insight.export import as_csv
from heed.staff.forms.care import CourseForm, RecordTrainingForm, TakeOverForm
from heed.staff.scope import StaffRequest, member
from heed.staff.trying import tried

LOOKS = Permission.LOOK_AFTER_PEOPLE
AT_ONCE = 100
FILTERS = {"": "All that is due", "overdue": "Ran out", "missing": "Not had yet", "soon": "Due soon", "had": "Had"}


@member(LOOKS)
@require_safe
def training_register(request: StaffRequest, org: str) -> HttpResponse:
    """What is due, what ran out first."""
    lines = queries.lines(request.organisation.pk, timezone.localdate())
    state, course_id = _asked(request)
    found = queries.chosen(lines, state=state or "due", course_id=course_id)
    page = _page(request.GET.get("page", ""), len(found))
    courses = queries.courses(request.organisation.pk)
    context = {
        "lines": found[(page - 1) * AT_ONCE : page * AT_ONCE],
        "found": len(found),
        "states": [Link(label, _link(code, course_id), current=code == state,
                        count=len(queries.chosen(lines, state=code or "due", course_id=course_id)))
                   for code, label in FILTERS.items()],
        "courses": [Link("All", _link(state, None), current=course_id is None)]
        + [Link(one.name, _link(state, one.pk), current=one.pk == course_id) for one in courses],
        "has_courses": bool(courses),
        "earlier": f"{_link(state, course_id)}&page={page - 1}" if page > 1 else "",
        "later": f"{_link(state, course_id)}&page={page + 1}" if page * AT_ONCE < len(found) else "",
        "link": _link(state, course_id),
    }  # fmt: skip
    return render(request, "staff/care/register.html", context)


def _asked(request: StaffRequest) -> tuple[str, int | None]:
    state, course = request.GET.get("state", ""), request.GET.get("course", "")
    number = int(course) if course.isascii() and course.isdigit() and len(course) < 10 else None
    return (state if state in rules.STATES else ""), number


def _page(asked: str, found: int) -> int:
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    return max(1, min(number, -(-found // AT_ONCE)))


def _link(state: str, course_id: int | None) -> str:
    return f"?state={state}&course={course_id or ''}"


@member(LOOKS)
@require_safe
def training_csv(request: StaffRequest, org: str) -> HttpResponse:
    """The whole register, or what the page shows of it, for a spreadsheet."""
    state, course_id = _asked(request)
    lines = queries.chosen(
        queries.lines(request.organisation.pk, timezone.localdate()), state=state, course_id=course_id
    )
    response = HttpResponse(as_csv(queries.as_rows(lines)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{org}-training.csv"'
    return response


@member(LOOKS)
def record_training(request: StaffRequest, org: str) -> HttpResponse:
    """Several people had a course."""
    form = RecordTrainingForm.of(
        request, organisation=request.organisation, courses=queries.courses(request.organisation.pk)
    )
    if form.apply(actions.record_training):
        people = words.count(form.result, "person", "people")
        messages.success(request, f"Recorded for {people}." if form.result else "This was recorded already.")
        return redirect("training_register", org)
    return render(request, "staff/care/record_training.html", {"form": form})


@member(LOOKS)
def courses(request: StaffRequest, org: str) -> HttpResponse:
    """Which courses there are; begin with some that Heed proposes."""
    listed = queries.courses(request.organisation.pk)
    form = TakeOverForm.of(request, organisation=request.organisation, there={one.key for one in listed})
    if form.apply(actions.take_over):
        messages.success(request, f"{words.count(form.result, 'course')} added. Change who needs them as it fits here.")
        return redirect("courses", org)
    shown = [(one, words.join([ROLES[role].name.lower() for role in one.roles.split()])) for one in listed]
    context = {"courses": shown, "form": form if form.fields["codes"].choices else None}
    return render(request, "staff/care/courses.html", context)


@member(LOOKS)
def add_course(request: StaffRequest, org: str) -> HttpResponse:
    """A course of the organisation's own."""
    form = CourseForm.of(request, organisation=request.organisation)
    if form.apply(actions.set_course):
        messages.success(request, f"{form.result.name} is on the list.")
        return redirect("courses", org)
    return render(request, "staff/care/course.html", {"form": form})


@member(LOOKS)
def change_course(request: StaffRequest, org: str, course_id: int) -> HttpResponse:
    """Who needs it, and for how long it holds."""
    course = queries.course(request.organisation.pk, course_id)
    if course is None:
        raise Http404
    given = {"name": course.name, "what_for": course.what_for, "roles": course.roles.split(), "months": course.months}
    form = CourseForm.of(request, organisation=request.organisation, initial=given)
    if form.apply(actions.set_course, course_id=course.pk):
        messages.success(request, f"{form.result.name} is changed.")
        return redirect("courses", org)
    return render(request, "staff/care/course.html", {"form": form, "course": course})


@member(LOOKS)
@require_POST
def end_course(request: StaffRequest, org: str, course_id: int) -> HttpResponse:
    """Nobody needs it from now on."""
    tried(request, actions.end_course, "It is off the list. Who had it stays on record.", course_id=course_id)
    return redirect("courses", org)
