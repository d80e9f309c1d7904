"""Themes over time: the subjects that are given, month by month, and what is new among what they do not say."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils import timezone

from heed.accounts.permissions import Viewer
from heed.cases.models import Case
from heed.insight.figures import Tally
from heed.insight.measures import BY_KEY
from heed.insight.models import NewTheme, ThemeLook
from heed.insight.periods import whole_months
from heed.insight.queries.counting import Where, tallies
from heed.insight.queries.scope import Scope
from heed.insight.series import COMPARED, Series, series
from heed.organisations import code_lists
from heed.organisations.models import Organisation

# Cases by their first subject, as their issues say it: feedback itself knows only what was said when it came in.
CASES = replace(BY_KEY["received_statutory"], key="cases_received", name="Cases received", population=(), among=())
EXAMPLES, MOST = 5, 100
NOT_FOR_OUTSIDERS = (
    "New themes are told in words of single complaints, so they are shown to those who work on cases here."
)
NOT_BY_SUBJECT = "By subject this would tell too much about single people: only who sees every service in full sees it."


@dataclass(frozen=True)
class Known:
    """One subject over whole months, oldest first."""

    label: str
    series: Series


@dataclass(frozen=True)
class Themes:
    """`known`, most first, with `why_no_known` where the person does not see them; `new` ones that nobody dismissed, and
    `dismissed`; `look`, when they were sought last (None: never)."""

    months: tuple[date, ...]
    known: tuple[Known, ...]
    why_no_known: str
    new: tuple[NewTheme, ...]
    dismissed: tuple[NewTheme, ...]
    look: ThemeLook | None
    why_no_new: str = ""


def themes(scope: Scope, *, months: int, at: datetime) -> Themes:
    """All that the tab shows."""
    rows = [] if scope.outsider else list(NewTheme.objects.filter(organisation=scope.organisation)[:MOST])
    period = whole_months(max(months, COMPARED + 1), timezone.localdate(at))
    return Themes(
        months=period.months[-months:],
        known=_known(scope, months, at) if scope.sees_all else (),
        why_no_known="" if scope.sees_all else NOT_BY_SUBJECT,
        new=tuple(row for row in rows if row.state != "dismissed"),
        dismissed=tuple(row for row in rows if row.state == "dismissed"),
        look=ThemeLook.objects.filter(organisation=scope.organisation).order_by("-at").first(),
        why_no_new=NOT_FOR_OUTSIDERS if scope.outsider else "",
    )


def _known(scope: Scope, months: int, at: datetime) -> tuple[Known, ...]:
    period = whole_months(max(months, COMPARED + 1), timezone.localdate(at))
    counted = tallies([CASES], Where(scope.organisation.code, None, period), by="subject")[CASES.key]
    by_code: dict[str, dict[date, Tally]] = {}
    for (month, code), tally in counted.items():
        by_code.setdefault(code, {})[month] = tally
    known = [Known(_label(scope.organisation, code), series(CASES, of, period, months)) for code, of in by_code.items()]
    return tuple(sorted(known, key=lambda one: (-one.series.total.of, one.label)))


def _label(organisation: Organisation, code: str) -> str:
    if not code:
        return "No subject yet"
    listed = code_lists.load(organisation.subject_list)
    return listed.label(code) if code in listed else code.replace("_", " ").capitalize()


def theme_of(organisation: Organisation, number: int) -> NewTheme | None:
    """One new theme, by its number."""
    found = NewTheme.objects.filter(organisation=organisation, number=number)
    return found.select_related("decided_by").first()


def examples(viewer: Viewer, theme: NewTheme) -> list[Case]:
    """Cases of the theme with their words, the newest first: only those that the person may see."""
    visible = Case.objects.visible_to(viewer).filter(pk__in=[int(key) for key in theme.case_ids])
    return list(visible.select_related("feedback__narrative").order_by("-received_at")[:EXAMPLES])
