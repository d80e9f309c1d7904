"""What people coded: the words of cases and of their issues with the subjects given, to learn from."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from heed.cases.models import ComplainedAbout, Issue
from heed.insight.themes.tokens import words
from heed.organisations.models import Organisation

MOST = 20_000  # issues: the newest say how people code now
PERSON_WORDS, ISSUE_WORDS = "said", "issue"  # a person's own words and a handler's sentence read differently
PEOPLE = ("complainant", "person_affected", "representative")


@dataclass(frozen=True)
class CodedText:
    """One text with its subjects, of one case. `without` are the words of the names of the people of the case."""

    case_id: str
    text: str
    asked: str
    subjects: tuple[str, ...]
    without: frozenset[str]

    def as_json(self) -> dict[str, Any]:
        return {
            "text": self.text, "asked": self.asked, "labels": self.subjects, "without": sorted(self.without),
            "of": self.case_id,
        }  # fmt: skip


def coded_texts(organisation: Organisation) -> list[CodedText]:
    """All coded texts, oldest case first: the person's words with every subject of the case, and each issue with its own."""
    issues = (
        Issue.objects.filter(case__organisation=organisation, removed_at__isnull=True)
        .exclude(subject="")
        .order_by("-case__received_at", "-case_id", "-number")
        .values(
            "case_id", "summary", "subject", "case__feedback__narrative__text", "case__complainant_name",
            *(f"case__feedback__{who}__name" for who in PEOPLE),
        )[:MOST]
    )  # fmt: skip
    accused = _accused(organisation)
    rows = reversed(list(issues))
    return [
        text for case_id, of in groupby(rows, key=lambda row: row["case_id"]) for text in _of_case(list(of), accused)
    ]


def _accused(organisation: Organisation) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    rows = ComplainedAbout.objects.filter(case__organisation=organisation)
    for case_id, name, person in rows.values_list("case_id", "name", "person__name"):
        found.setdefault(case_id, set()).update(words(f"{name} {person or ''}"))
    return found


def _of_case(issues: list[dict[str, Any]], accused: dict[int, set[str]]) -> list[CodedText]:
    first = issues[0]
    names = [first["case__complainant_name"], *(first[f"case__feedback__{who}__name"] or "" for who in PEOPLE)]
    without = frozenset(words(" ".join(names))) | accused.get(first["case_id"], set())
    case_id = str(first["case_id"])
    told = [CodedText(case_id, one["summary"], ISSUE_WORDS, (one["subject"],), without) for one in issues]
    narrative = first["case__feedback__narrative__text"] or ""
    subjects = tuple(sorted({one["subject"] for one in issues}))
    told.append(CodedText(case_id, narrative, PERSON_WORDS, subjects, without))
    return [text for text in told if text.text.strip()]
