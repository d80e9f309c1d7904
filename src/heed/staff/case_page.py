"""The frame of every page of a case: what stands on top, the tabs, and the rail. How: docs/how-to/case-pages.md."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from heed.accounts.permissions import Permission, Viewer
from heed.cases import rules
from heed.cases.queries import detail
from heed.correspondence import queries as correspondence
from heed.design.components import Link
from heed.staff.navigation import SEES_CASES, SEES_WORK, address, may_any
from heed.staff.rail import rail_of
from heed.staff.scope import narrow

P = Permission
TABS = (
    ("Summary", "case", SEES_CASES),
    ("Issues and findings", "case_issues", SEES_WORK),
    ("Plan and contact", "case_plan", SEES_WORK),
    ("Evidence", "case_evidence", SEES_WORK),
    ("Response", "case_response", SEES_WORK),
    ("Remedies and learning", "case_learning", SEES_WORK),
    ("History", "case_history", SEES_WORK),
)
TAB_NAMES = {route: label for label, route, _ in TABS}


@dataclass(frozen=True)
class Step:
    """The page of a step: its route, who may open it, and what its button says (`{who}` is how we address them)."""

    route: str
    any_of: tuple[Permission, ...]
    button: str


STEP_PAGES = {
    "register": Step("register_case", (P.HANDLE,), "Register it"),
    "call_back": Step("log_contact", (P.HANDLE, P.INVESTIGATE), "Call {who} back"),
    "acknowledge": Step("acknowledge_case", (P.HANDLE,), "Acknowledge it to {who}"),
    "rate": Step("rate_risk", (P.HANDLE, P.INVESTIGATE), "Rate the risk"),
    "split": Step("case_issues", (P.HANDLE,), "List the issues"),
    "choose": Step("choose_approach", (P.HANDLE,), "Choose the approach"),
    "plan": Step("agree_plan", (P.HANDLE,), "Agree the plan with {who}"),
    "assign": Step("assign_investigator", (P.HANDLE,), "Assign an investigator"),
    "update": Step("send_update", (P.HANDLE, P.INVESTIGATE), "Send {who} an update"),
    "find": Step("case_issues", (P.HANDLE, P.INVESTIGATE), "Record findings"),
    "draft": Step("draft_response", (P.HANDLE, P.INVESTIGATE), "Write the response"),
    "sign": Step("sign_response", (P.SIGN, P.SIGN_SERVICE), "Sign the response"),
    "send": Step("send_response", (P.HANDLE,), "Send the response to {who}"),
    "close": Step("close_case", (P.HANDLE,), "Close the case"),
    "remedy": Step("case_learning", (P.HANDLE, P.INVESTIGATE), "Record that a remedy was delivered"),
}


@dataclass(frozen=True)
class Next:
    """The one next thing: a button where the person may do it, else a sentence saying who can."""

    label: str = ""
    href: str = ""
    who: str = ""


@dataclass(frozen=True)
class Top:
    who: str
    stands: str
    next: Next


def get_case(request: Any, reference: str) -> Any:
    """The case, if the person may see it, by a role that opens this page; else 404, as if it were not there."""
    case = detail.visible_case(request.member, reference)
    if case is None:
        raise Http404
    narrow(request, detail.as_seeing(case, request.member))
    return case


def next_thing(standing: Any, viewer: Viewer, who: str) -> Next:
    """The next step's button, or, for who may not take it, its name and who may."""
    case, code = standing.case, standing.next_step
    if not code:
        return Next()
    step = STEP_PAGES[code]
    if may_any(viewer, step.any_of):
        href = address(step.route, case.organisation.code, case.reference)
        return Next(step.button.format(who=who), href)
    return Next(rules.STEPS[code].lower(), who=detail.who_does(case, code))


def case_context(request: Any, case: Any, tab: str) -> dict[str, Any]:
    """What the templates under `staff/case/` need on every page. `tab` is the route name of a tab."""
    now = timezone.now()
    standing = detail.standing(case, timezone.localdate(now))
    who = detail.address_of(case)
    return {
        "case": case,
        "today": standing.today,
        "standing": standing,
        "sees_work": may_any(request.viewer, SEES_WORK),
        "page_title": TAB_NAMES[tab],
        "top": Top(detail.name_of(case), standing.sentence, next_thing(standing, request.viewer, who)),
        "case_tabs": [
            Link(label, address(route, case.organisation.code, case.reference), current=route == tab)
            for label, route, any_of in TABS
            if may_any(request.viewer, any_of)
        ],
        "rail": rail_of(case, request.viewer, standing),
        "undelivered": _undelivered(case, request.viewer),
        "may_be_in_touch": may_any(request.viewer, (P.HANDLE, P.INVESTIGATE)),
    }


def _undelivered(case: Any, viewer: Viewer) -> list[Any]:
    """The e-mails that did not reach the person, for those who work on the case."""
    thread = case.feedback.thread_id
    return correspondence.undelivered(thread) if thread and may_any(viewer, SEES_WORK) else []


def show(request: HttpRequest, template: str, case: Any, tab: str, **context: Any) -> HttpResponse:
    """Draw a page of a case. A page under a tab, such as that of a step, gives its own `page_title`; its form's button is
    then the only green one."""
    return render(
        request, template, {**case_context(request, case, tab), "is_under_tab": "page_title" in context, **context}
    )
