"""A first draft of the ten parts, from what the case already holds, for a person to make their own."""

from datetime import date

from heed.cases import ombudsman
from heed.cases.models import Case, Finding, Issue
from heed.cases.rules import OUTCOMES
from heed.design import words
from heed.organisations import code_lists, procedures


def draft_parts(case: Case) -> dict[str, str]:
    """Text for each part by its code (see `parts.PARTS`), composed from issues, findings, evidence, remedies and the
    procedure's Ombudsman. Nothing is invented: a part for which nothing was recorded says what is missing, or is left
    empty for the writer."""
    issues = list(case.issues.filter(removed_at=None).order_by("number"))
    findings = {finding.issue_id: finding for finding in Finding.objects.filter(issue__in=issues, is_current=True)}
    return {
        "summary": _summary(case, issues),
        "policies": _policies(issues, findings),
        "investigation": _investigation(case),
        "facts": _each(issues, findings, "what_happened"),
        "conclusions": _conclusions(issues, findings),
        "putting_right": _putting_right(case),
        "apology": _apology(findings),
        "next": "",
        "unhappy": _unhappy(case),
        "ombudsman": ombudsman.in_words(case),
    }


def _summary(case: Case, issues: list[Issue]) -> str:
    if not issues:
        return ""
    lead = "You told us about this:" if len(issues) == 1 else f"You told us about {len(issues)} things:"
    lines = [f"{issue.number}. {issue.summary}" for issue in issues]
    wanted = case.feedback.narrative.desired_outcome_text
    return "\n".join([lead, *lines, *([f"You would like this to come of it: {wanted}"] if wanted else [])])


def _each(issues: list[Issue], findings: dict[int, Finding], field: str) -> str:
    texts = [
        f"{issue.number}. {getattr(findings[issue.pk], field)}"
        for issue in issues
        if issue.pk in findings and getattr(findings[issue.pk], field)
    ]
    return "\n\n".join(texts)


def _policies(issues: list[Issue], findings: dict[int, Finding]) -> str:
    return _each(issues, findings, "what_should_have")


def _investigation(case: Case) -> str:
    lines = []
    if case.investigator:
        title = f", {case.investigator.job_title}," if case.investigator.job_title else ""
        lines.append(f"{case.investigator.name}{title} looked into what you told us.")
    evidence = list(case.evidence.order_by("at", "pk").values_list("title", flat=True))
    if evidence:
        lines.append("We looked at:\n" + "\n".join(f"- {title}" for title in evidence))
    return "\n\n".join(lines)


def _conclusions(issues: list[Issue], findings: dict[int, Finding]) -> str:
    texts = []
    for issue in issues:
        if finding := findings.get(issue.pk):
            effect = f"\nHow it affected you: {finding.effect_on_person}" if finding.effect_on_person else ""
            texts.append(f"{issue.number}. {OUTCOMES[finding.outcome]}. {finding.reasoning}{effect}")
    return "\n\n".join(texts)


def _putting_right(case: Case) -> str:
    lines = []
    for remedy in case.remedies.order_by("due_on", "pk"):
        done = f"done on {in_words(remedy.delivered_on)}" if remedy.delivered_on else f"by {in_words(remedy.due_on)}"
        amount = f", {words.money(remedy.amount_pence)}" if remedy.amount_pence else ""
        lines.append(f"- {code_lists.load('remedies').label(remedy.kind)}{amount}: {remedy.description} ({done})")
    return "\n".join(lines)


def in_words(on: date) -> str:
    """A date as it stands in a letter: 5 May 2026."""
    return f"{on.day} {on:%B %Y}"


def _apology(findings: dict[int, Finding]) -> str:
    if any(finding.outcome != "not_upheld" for finding in findings.values()):
        return "We are sorry for what went wrong, and for what it meant for you."
    return ""


def _unhappy(case: Case) -> str:
    organisation = case.organisation
    reach = " or ".join(way for way in (organisation.contact_phone, organisation.contact_email) if way)
    contact = (
        f"If anything in this letter is not clear, or you think that we have missed something, please tell us: {reach}."
    )
    if procedures.load(case.procedure).stages_count > case.stage:
        contact += " You can also ask for the next stage, where somebody who has not been involved looks at it again."
    return contact
