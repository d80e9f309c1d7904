"""Decide whether a case deserves a detailed analysis, and carry one out: cases, factors, conclusions (R149-R151)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from heed.audit import actions as audit
from heed.audit.actor import Actor
from heed.audit.refusals import Refused, Stale
from heed.cases.models import Case
from heed.correspondence import actions as correspondence
from heed.design.text import clean_text
from heed.learning import accountability, proportion
from heed.learning.actions import names
from heed.learning.actions.analysing import Analysing, analysing
from heed.learning.actions.log import refuse_if_against, staff_id
from heed.learning.models import Analysis, AnalysisCase, AnalysisDecision, Contribution, FactorFinding
from heed.organisations import code_lists

PURPOSE = "contribution"


@transaction.atomic
def decide_on_analysis(
    *,
    case_id: int,
    wanted: bool,
    reason: str,
    ground: str = "",
    seen_id: int | None = None,
    names_nobody: bool = False,
    by: Actor,
    at: datetime,
) -> AnalysisDecision:
    """Keep whether a case deserves a detailed analysis, and why (R149). A decision stands until another takes its place;
    `seen_id` is the one that was seen, None for none. Raises Refused, Questioned or Stale."""
    case = Case.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=case_id)
    refuse_if_against(by, [case_id])
    now = AnalysisDecision.objects.select_related("by").filter(case=case, stands=True).first()
    if now and now.pk != seen_id:
        raise Stale(now.by.name, f"{now.by.name} decided on an analysis")
    reason = clean_text(reason).strip()
    refusal = proportion.why_not_decide(wanted=wanted, ground=ground, reason=reason, is_change=now is not None)
    if refusal:
        raise Refused(*refusal)
    accountability.ask({"reason": reason}, names.staff_of(case.organisation_id, [case_id]), names_nobody=names_nobody)
    AnalysisDecision.objects.filter(case=case, stands=True).update(stands=False)
    made = AnalysisDecision.objects.create(
        case=case, wanted=wanted, ground=ground if wanted else "", reason=reason, by_id=staff_id(by), at=at
    )
    detail = {"wanted": wanted, "ground": made.ground}
    audit.record(by=by, at=at, verb="analysis_decided", kind="case", object_id=case.pk, detail=detail)
    return made


@transaction.atomic
def begin_analysis(
    *,
    case_ids: Sequence[int],
    question: str,
    names_nobody: bool = False,
    by: Actor,
    at: datetime,
) -> Analysis:
    """Begin to ask why something happened. The first case needs the decision that an analysis is in proportion; others that
    show the same are drawn upon beside it. Raises Refused or Questioned."""
    cases = {case.pk: case for case in Case.objects.select_related("organisation").filter(pk__in=case_ids)}
    first = cases[case_ids[0]]
    # Locked, so that a double click finds what the first one began.
    Case.objects.select_for_update(of=("self",)).get(pk=first.pk)
    refuse_if_against(by, list(cases))
    if not AnalysisDecision.objects.filter(case=first, stands=True, wanted=True).exists():
        raise Refused("Decide first that this case deserves a detailed analysis, and why.")
    if {case.organisation_id for case in cases.values()} != {first.organisation_id}:
        raise Refused("All cases of an analysis are of one organisation.", "others")
    question = _question(question)
    accountability.ask(
        {"question": question}, names.staff_of(first.organisation_id, list(cases)), names_nobody=names_nobody
    )
    if already := Analysis.objects.filter(drawn_on__case=first, question=question, state="begun").first():
        return already
    services = {case.service_id for case in cases.values()}
    analysis = Analysis.objects.create(
        organisation=first.organisation, service_id=services.pop() if len(services) == 1 else None, question=question,
        by_id=staff_id(by), at=at,
    )  # fmt: skip
    change = Analysing(analysis, by, at)
    change.event("begun")
    for case_id in dict.fromkeys(case_ids):
        _draw_on(change, case_id)
    return analysis


def _question(text: str) -> str:
    question = clean_text(text).strip()
    if not question:
        raise Refused("Say what the analysis asks: what made it likely that this could happen?", "question")
    return question


def _draw_on(change: Analysing, case_id: int) -> None:
    AnalysisCase.objects.create(analysis=change.analysis, case_id=case_id, by_id=staff_id(change.by), at=change.at)
    change.event("case_added", case_id=case_id)


def add_case(*, analysis_id: int, case_id: int, by: Actor, at: datetime, version: int) -> Analysis:
    """Draw on another case too. Whoever does not see that case sees the analysis no more."""
    with analysing(analysis_id, by=by, at=at, version=version) as change:
        case = Case.objects.get(pk=case_id)
        if case.organisation_id != change.analysis.organisation_id:
            raise Refused("All cases of an analysis are of one organisation.", "reference")
        if case_id in change.case_ids():
            raise Refused("The analysis draws on this case already.", "reference")
        refuse_if_against(by, [case_id])
        _draw_on(change, case_id)
        if change.analysis.service_id != case.service_id:
            change.analysis.service = None
    return change.analysis


def remove_case(*, analysis_id: int, case_id: int, by: Actor, at: datetime, version: int) -> Analysis:
    """Draw on a case no more. What was learned and asked meanwhile stays as it is; the last case cannot go."""
    with analysing(analysis_id, by=by, at=at, version=version) as change:
        if case_id not in change.case_ids():
            raise Refused("The analysis does not draw on this case.")
        if len(change.case_ids()) == 1:
            raise Refused("An analysis draws on at least one case. Add another before you take this one away.")
        if change.analysis.contributions.filter(case_id=case_id).exclude(state="withdrawn").exists():
            raise Refused("The person of this case was asked for their view, so it stays part of the analysis.")
        change.analysis.drawn_on.filter(case_id=case_id).delete()
        change.event("case_removed", case_id=case_id)
    return change.analysis


def ask_another_question(
    *, analysis_id: int, question: str, names_nobody: bool = False, by: Actor, at: datetime, version: int
) -> Analysis:
    """Say better what the analysis asks."""
    with analysing(analysis_id, by=by, at=at, version=version) as change:
        question = _question(question)
        change.ask_about_names({"question": question}, names_nobody=names_nobody)
        change.analysis.question = question
        change.event("question_changed")
    return change.analysis


def compare_work(
    *, analysis_id: int, prescribed: str, done: str, names_nobody: bool = False, by: Actor, at: datetime, version: int
) -> Analysis:
    """How the work should be done, and how it is done: what lies between is often the cause (R96)."""
    texts = {"prescribed": clean_text(prescribed).strip(), "done": clean_text(done).strip()}
    with analysing(analysis_id, by=by, at=at, version=version) as change:
        change.ask_about_names(texts, names_nobody=names_nobody)
        change.analysis.prescribed, change.analysis.done = texts["prescribed"], texts["done"]
        change.event("work_compared")
    return change.analysis


def find_factor(
    *,
    analysis_id: int,
    factor: str,
    contributed: str,
    found: str = "",
    workload: bool = False,
    names_nobody: bool = False,
    by: Actor,
    at: datetime,
    version: int,
) -> FactorFinding:
    """What was found of one of the six groups, and whether it contributed (R150). `workload` counts only where it is asked
    about, and is a cause in the system (R146)."""
    if factor not in code_lists.load("factors"):
        raise Refused("Choose one of the six groups of factors.")
    if contributed not in proportion.CONTRIBUTED:
        raise Refused("Say whether it contributed.", "contributed")
    found = clean_text(found).strip()
    if contributed == "yes" and not found:
        raise Refused("Say what was found, so that something can be changed.", "found")
    with analysing(analysis_id, by=by, at=at, version=version) as change:
        change.ask_about_names({"found": found}, names_nobody=names_nobody)
        row, _ = FactorFinding.objects.update_or_create(
            analysis=change.analysis, factor=factor,
            defaults={
                "found": found, "contributed": contributed, "by_id": staff_id(by), "at": at,
                "workload": workload and contributed == "yes" and factor in proportion.WORKLOAD,
            },
        )  # fmt: skip
        change.event("factor_found", factor=factor, contributed=contributed)
    return row


def conclude(
    *,
    analysis_id: int,
    conclusions: str,
    extent: str,
    extent_reason: str,
    not_asked_reason: str = "",
    names_nobody: bool = False,
    by: Actor,
    at: datetime,
    version: int,
) -> Analysis:
    """What made it likely, and whether it is part of how things are done. Only after all six groups were looked at and those
    who know were asked, or with the reason why not (R152). Whoever was asked and has not answered is asked no more."""
    texts = {
        "conclusions": clean_text(conclusions).strip(), "extent_reason": clean_text(extent_reason).strip(),
        "not_asked_reason": clean_text(not_asked_reason).strip(),
    }  # fmt: skip
    with analysing(analysis_id, by=by, at=at, version=version) as change:
        refusal = proportion.why_not_conclude(
            standing_of(change.analysis), code_lists.load("factors").choices(), extent=extent, **texts
        )
        if refusal:
            raise Refused(*refusal)
        change.ask_about_names(texts, names_nobody=names_nobody)
        analysis = change.analysis
        for name, text in texts.items():
            setattr(analysis, name, text)
        analysis.extent, analysis.state, analysis.concluded_at = extent, "concluded", at
        for waiting in analysis.contributions.filter(state="asked"):
            end_question(change, waiting)
        change.event("concluded", extent=extent)
    return analysis


def standing_of(analysis: Analysis) -> proportion.Standing:
    """How far an analysis has come."""
    asked = analysis.contributions.exclude(state="withdrawn", opened_at=None).values_list("voice", flat=True)
    return proportion.Standing(
        dict(analysis.factors.values_list("factor", "contributed")), set(asked), analysis.prescribed, analysis.done
    )


def end_question(change: Analysing, waiting: Contribution) -> None:
    """Somebody who has not answered is asked no more, and their link ends."""
    waiting.state = "withdrawn"
    waiting.save(update_fields=["state"])
    correspondence.end_links(purpose=PURPOSE, object_id=waiting.pk, why="withdrawn", by=change.by, at=change.at)
    change.event("question_withdrawn", contribution_id=waiting.pk)


def reopen(
    *, analysis_id: int, reason: str, names_nobody: bool = False, by: Actor, at: datetime, version: int
) -> Analysis:
    """Something new came up. The conclusions stay to be read until others take their place."""
    reason = clean_text(reason).strip()
    if not reason:
        raise Refused("Say why it is looked at again.", "reason")
    with analysing(analysis_id, by=by, at=at, version=version, needs_open=False) as change:
        if change.analysis.state != "concluded":
            raise Refused("This analysis is being worked on already.")
        change.ask_about_names({"reason": reason}, names_nobody=names_nobody)
        change.analysis.state, change.analysis.concluded_at = "begun", None
        change.event("reopened", reason_id=change.reason(reason))
    return change.analysis
