"""All of a case that its dates, next step, fact and search entry follow from, gathered in the same few queries for one
case as for five hundred: so there is one rule for the page, the import, the seed and the check."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from heed.cases import rules
from heed.cases.models import (
    Acknowledgement,
    Case,
    CaseEvent,
    Contact,
    Evidence,
    Extension,
    Finding,
    Issue,
    Plan,
    Remedy,
)
from heed.deadlines import clock
from heed.deadlines.calendar import Calendar
from heed.organisations import queries as organisations

BEHIND_A_CASE = (
    "organisation",
    "service",
    "feedback__narrative",
    "feedback__complainant",
    "feedback__person_affected",
    "feedback__representative",
)


@dataclass
class Whole:
    """`case` has its organisation, service and feedback with words and people at hand (see BEHIND_A_CASE)."""

    case: Case
    log: list[rules.Logged] = field(default_factory=list)
    closures: Sequence[date] = ()
    issues: list[tuple[int, str, str]] = field(default_factory=list)  # (id, subject, summary) of those that stand
    found: dict[int, str] = field(default_factory=dict)  # issue id -> the outcome that stands
    acknowledged_stages: set[int] = field(default_factory=set)
    planned: bool = False
    extensions_counted: int = 0
    remedies_owed: list[date] = field(default_factory=list)
    contacts: list[str] = field(default_factory=list)
    spoken_with_person: bool = False
    evidence: list[str] = field(default_factory=list)

    @cached_property
    def calendar(self) -> Calendar:
        """The working days by which the case is counted."""
        return rules.calendar_of(self.case.procedure, self.case.nation, self.closures)

    @cached_property
    def due(self) -> clock.Due:
        """Its dates with their derivation. Raises `clock.Contradiction`."""
        return rules.due_dates_on(self.case.procedure, self.calendar, self.log)


def whole(case: Case) -> Whole:
    """Everything of one case."""
    return gather([case])[0]


def gather(cases: Sequence[Case]) -> list[Whole]:
    """Everything of some cases, in their order, in the same number of queries however many there are."""
    ids = [case.pk for case in cases]
    closures: dict[int, list[date]] = {}
    rows = {case.pk: Whole(case) for case in cases}
    for case in cases:
        if case.organisation_id not in closures:
            closures[case.organisation_id] = organisations.closures(case.organisation_id)
        rows[case.pk].closures = closures[case.organisation_id]
    _log(rows, ids)
    _issues(rows, ids)
    _work(rows, ids)
    _words(rows, ids)
    return list(rows.values())


def _grouped(values: Iterable[tuple[Any, ...]]) -> dict[int, list[tuple[Any, ...]]]:
    """Rows by their first column, the case's id."""
    groups: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for case_id, *rest in values:
        groups[case_id].append(tuple(rest))
    return groups


def _log(rows: dict[int, Whole], ids: list[int]) -> None:
    events = CaseEvent.objects.filter(case__in=ids).order_by("case", "number")
    for case_id, entries in _grouped(events.values_list("case_id", "kind", "at", "data")).items():
        rows[case_id].log = [rules.Logged(*entry) for entry in entries]


def _issues(rows: dict[int, Whole], ids: list[int]) -> None:
    issues = Issue.objects.filter(case__in=ids, removed_at=None).order_by("case", "number")
    for case_id, entries in _grouped(issues.values_list("case_id", "pk", "subject", "summary")).items():
        rows[case_id].issues = entries
    found = Finding.objects.filter(issue__case__in=ids, issue__removed_at=None, is_current=True)
    for case_id, entries in _grouped(found.values_list("issue__case_id", "issue_id", "outcome")).items():
        rows[case_id].found = dict(entries)


def _work(rows: dict[int, Whole], ids: list[int]) -> None:
    for case_id, stage in Acknowledgement.objects.filter(case__in=ids).values_list("case_id", "stage"):
        rows[case_id].acknowledged_stages.add(stage)
    for case_id in Plan.objects.filter(case__in=ids, version=1).values_list("case_id", flat=True):
        rows[case_id].planned = True
    for case_id in Extension.objects.filter(case__in=ids, counted=True).values_list("case_id", flat=True):
        rows[case_id].extensions_counted += 1
    owed = Remedy.objects.filter(case__in=ids, delivered_on=None).order_by("due_on")
    for case_id, due_on in owed.values_list("case_id", "due_on"):
        rows[case_id].remedies_owed.append(due_on)


def _words(rows: dict[int, Whole], ids: list[int]) -> None:
    contacts = Contact.objects.filter(case__in=ids).order_by("case", "pk")
    for case_id, summary, with_person in contacts.values_list("case_id", "summary", "with_person"):
        rows[case_id].contacts.append(summary)
        rows[case_id].spoken_with_person |= with_person
    evidence = Evidence.objects.filter(case__in=ids).order_by("case", "pk")
    for case_id, title in evidence.values_list("case_id", "title"):
        rows[case_id].evidence.append(title)
