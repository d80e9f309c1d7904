"""Why it happened, read: whether a case deserves an analysis, the analyses that a person may see, and who was asked."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from heed.accounts.permissions import Viewer
from heed.cases.models import Case, Finding, RiskRating
from heed.cases.queries import detail as cases
from heed.correspondence.models import OneTimeLink
from heed.learning import analysis_sentences, proportion
from heed.learning.models import (
    Action,
    Analysis,
    AnalysisCase,
    AnalysisDecision,
    Contribution,
    FactorFinding,
    LearningPoint,
    Recurrence,
    at_work,
)
from heed.learning.sentences import Entry
from heed.organisations import code_lists

PURPOSE = "contribution"
LAST_EVENTS = 200


@dataclass(frozen=True)
class Deciding:
    """Whether a case deserves an analysis: what stands, what stood before, and what speaks for one."""

    stands: AnalysisDecision | None
    earlier: list[AnalysisDecision]
    suggestions: list[str]


def deciding(case: Case) -> Deciding:
    """The decision on a case with what speaks for one, in four queries."""
    decisions = list(AnalysisDecision.objects.filter(case=case).select_related("by"))
    rating = RiskRating.objects.filter(case=case).order_by("-at", "-pk").first()
    found = Finding.objects.filter(issue__case=case, issue__removed_at=None, is_current=True)
    known = proportion.Known(
        risk=case.risk, seriousness=case.seriousness, impact_on_person=rating.impact_on_person if rating else "",
        flags=tuple(case.flags.split()), outcomes=tuple(found.order_by("issue__number").values_list("outcome", flat=True)),
        ombudsman=case.remedies.exclude(decision="").exists(),
    )  # fmt: skip
    return Deciding(
        next((decision for decision in decisions if decision.stands), None),
        [decision for decision in decisions if not decision.stands],
        proportion.suggestions(known),
    )


def visible_analyses(viewer: Viewer) -> QuerySet[Analysis]:
    """The analyses that the person may see."""
    return Analysis.objects.visible_to(viewer)


def analyses_of(viewer: Viewer, case_id: int) -> list[Analysis]:
    """The analyses that draw on a case and that the person may see, newest first."""
    of_case = AnalysisCase.objects.filter(case_id=case_id).values("analysis")
    return list(visible_analyses(viewer).filter(pk__in=of_case).annotate(cases=_cases()))


def _cases() -> Count:
    return Count("drawn_on", distinct=True)


def listed_analyses(viewer: Viewer, state: str = "") -> QuerySet[Analysis]:
    """What the person may see, with how many cases each draws on and whether too much work was a cause that nothing is
    promised for yet. Order by at, pk."""
    promised = Action.objects.filter(learning_point__analysis=OuterRef("pk"))
    workload = FactorFinding.objects.filter(analysis=OuterRef("pk"), workload=True)
    found = visible_analyses(viewer).select_related("service", "by").annotate(
        cases=_cases(), waits_for_action=Exists(workload) & ~Exists(promised)
    )  # fmt: skip
    return found.filter(state=state) if state else found


def analysis_states(viewer: Viewer) -> dict[str, int]:
    """How many analyses that the person may see stand in each state."""
    counts = dict(visible_analyses(viewer).order_by().values_list("state").annotate(many=Count("pk")))
    return {state: counts.get(state, 0) for state in proportion.STATES}


def analysis(viewer: Viewer, analysis_id: int) -> Analysis | None:
    """One analysis with its cases, None when the person may not see it (the page then answers 404)."""
    drawn_on = AnalysisCase.objects.select_related("case__service", "case__feedback")
    return (
        visible_analyses(viewer)
        .select_related("organisation", "service", "by")
        .prefetch_related(Prefetch("drawn_on", drawn_on))
        .filter(pk=analysis_id)
        .first()
    )


@dataclass(frozen=True)
class FactorLine:
    """One of the six groups: its prompts, and what was found, None while nobody has looked."""

    code: str
    label: str
    prompts: list[str]
    found: FactorFinding | None


def factor_lines(of: Analysis) -> list[FactorLine]:
    """All six groups in their order."""
    found = {row.factor: row for row in of.factors.select_related("by")}
    items = code_lists.load("factors").items
    return [FactorLine(item.code, item.label, prompts(item.hint), found.get(item.code)) for item in items]


def prompts(hint: str) -> list[str]:
    """The questions of one group, each by itself."""
    return [f"{question.strip().rstrip('?')}?" for question in hint.split("? ") if question.strip()]


@dataclass(frozen=True)
class Asked:
    """Somebody who was asked. `opened_at`: when they first read the question; `views`: how often the link was opened;
    `has_link`: whether a link was sent at all; `failed`: the e-mail that carried it could not be delivered."""

    contribution: Contribution
    opened_at: object
    views: int
    has_link: bool
    ends_at: object
    failed: bool


def asked_in(of: Analysis) -> list[Asked]:
    """Everybody who was asked in an analysis, in the order in which they were."""
    rows = list(of.contributions.select_related("by", "person", "case__feedback__complainant"))
    sent: dict[str, list[OneTimeLink]] = {}
    found = OneTimeLink.objects.filter(purpose=PURPOSE, object_id__in=[str(row.pk) for row in rows])
    for link in found.select_related("message").order_by("-made_at", "-pk"):
        sent.setdefault(link.object_id, []).append(link)
    return [_asked(row, sent.get(str(row.pk), [])) for row in rows]


def _asked(row: Contribution, links: list[OneTimeLink]) -> Asked:
    newest = links[0] if links else None
    opened = row.opened_at or min((link.opened_at for link in links if link.opened_at), default=None)
    return Asked(
        row, opened, sum(link.views for link in links), bool(links), newest.expires_at if newest else None,
        failed=bool(newest and newest.message and newest.message.state == "failed"),
    )  # fmt: skip


def analysis_history(of: Analysis) -> list[Entry]:
    """What happened to an analysis, newest first."""
    events = of.events.select_related("analysis").order_by("-number")[:LAST_EVENTS]
    return analysis_sentences.of_events(events)


@dataclass(frozen=True)
class Missing:
    """What is to be done before an analysis can be concluded: the groups at which nobody has looked, whether the work is still
    to be compared, and the voices that nobody has been asked for (in words). Empty where nothing is left."""

    groups: list[FactorLine]
    work: bool
    voices: list[str]

    def __bool__(self) -> bool:
        return bool(self.groups or self.work or self.voices)

    @property
    def of_the_staff(self) -> bool:
        return proportion.VOICES["staff"].lower() in self.voices


def still_missing(of: Analysis, lines: Iterable[FactorLine], asked: Iterable[Asked]) -> Missing:
    groups = [line for line in lines if line.found is None]
    return Missing(groups, not proportion.is_compared(of.prescribed, of.done), voices_left(asked))


def voices_left(asked: Iterable[Asked]) -> list[str]:
    """Whom nobody has been asked of, in words."""
    return proportion.not_asked(
        {line.contribution.voice for line in asked if line.opened_at or line.contribution.state != "withdrawn"}
    )


def points_of_analysis(viewer: Viewer, of: Analysis) -> list[LearningPoint]:
    """What an analysis taught, newest first, each with its actions: its own, and what was learned again through it; only what
    the person may read, because that may have been learned first where they see nothing."""
    actions = Action.objects.select_related("owner", "outside_owner").order_by("finish_on", "pk")
    again = Recurrence.objects.filter(analysis=of).values("point")
    found = LearningPoint.objects.visible_to(viewer).filter(Q(analysis=of) | Q(pk__in=again))
    return list(found.select_related("by", "service").prefetch_related(Prefetch("actions", actions), "factors"))


def case_for_analysis(viewer: Viewer, reference: str) -> Case | None:
    """The case of a reference that somebody typed, if they may see it by the roles by which they work on cases."""
    plain = reference.strip().upper()
    return cases.visible_case(at_work(viewer), plain) if plain else None


def asked_of(viewer: Viewer) -> list[Contribution]:
    """What the person is asked, and has not answered yet, oldest first."""
    return list(_waiting(viewer).select_related("by").order_by("at", "pk"))


def how_many_asked(viewer: Viewer) -> int:
    """How many questions wait for an answer of the person."""
    return _waiting(viewer).count()


def _waiting(viewer: Viewer) -> QuerySet[Contribution]:
    found = Contribution.objects.filter(person_id=viewer.person_id, state="asked", analysis__state="begun")
    return found.filter(analysis__organisation_id=viewer.organisation_id)


def asked_of_person(viewer: Viewer, contribution_id: int) -> Contribution | None:
    """One question that was put to the person, answered or not; None for anybody else."""
    found = Contribution.objects.filter(
        pk=contribution_id, person_id=viewer.person_id, analysis__organisation_id=viewer.organisation_id
    )
    return found.exclude(state__in=["withdrawn", "erased"]).select_related("by", "analysis").first()


def open_contribution(contribution_id: int | str) -> Contribution | None:
    """A question that waits for an answer, for whoever holds its link."""
    found = Contribution.objects.filter(pk=contribution_id, state="asked", analysis__state="begun")
    return found.select_related("by", "analysis__organisation").first()


def asked_on_page(case_id: int) -> Contribution | None:
    """What the person of a case is asked on their own page and has not answered yet, the newest."""
    found = Contribution.objects.filter(case_id=case_id, voice="person", state="asked", analysis__state="begun")
    return found.select_related("by", "analysis__organisation").order_by("-at", "-pk").first()


def contribution_of(of: Analysis, contribution_id: int) -> Contribution | None:
    """One of the questions of an analysis."""
    return of.contributions.select_related("by").filter(pk=contribution_id).first()


def version_of_analysis(analysis_id: int) -> int:
    return Analysis.objects.values_list("version", flat=True).get(pk=analysis_id)
