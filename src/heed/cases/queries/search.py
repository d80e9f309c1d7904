"""Finding cases, and comments and compliments, by their words; only among what the person may see."""

from collections.abc import Iterable
from dataclasses import dataclass

from heed.accounts.permissions import Viewer
from heed.cases.models import Case, Contact, Evidence, Issue
from heed.feedback import queries as feedback
from heed.feedback.models import Feedback
from heed.search import queries as index
from heed.search.snippets import Segment

PAGE = 20
RANKED = index.LIMIT


@dataclass(frozen=True)
class Found:
    """One hit: the case, or the item of feedback, and the passage that shows why it was found."""

    thing: Case | Feedback
    passage: list[Segment]


@dataclass(frozen=True)
class Results:
    """A page of hits, best first. `capped`: only the newest hits were ranked, there are more. `trimmed`: the query was too
    long, and its end was left out."""

    found: list[Found]
    page: int
    has_more: bool
    capped: bool
    trimmed: bool


def search_cases(viewer: Viewer, query: str, page: int = 1) -> Results:
    """Cases that hold all words of the query: in their reference, names, words, issues, contacts and evidence."""
    result = _search(viewer, query, "case", Case.objects.visible_to(viewer).values("pk"))
    ids = _ids_of(result, page)
    cases = Case.objects.select_related("service", "handler", "feedback__narrative").in_bulk(ids)
    texts = _texts(cases.values())
    found = [Found(cases[pk], index.snippet(texts[pk], result.terms)) for pk in ids if pk in cases]
    return _page(result, page, found)


def search_feedback(viewer: Viewer, query: str, page: int = 1) -> Results:
    """Comments and compliments that hold all words of the query."""
    result = _search(viewer, query, "feedback", feedback.visible_to(viewer).values("pk"))
    ids = _ids_of(result, page)
    items = Feedback.objects.select_related("service", "narrative", "complainant").in_bulk(ids)
    found = [Found(items[pk], index.snippet(items[pk].narrative.text, result.terms)) for pk in ids if pk in items]
    return _page(result, page, found)


def _search(viewer: Viewer, query: str, kind: str, visible: object) -> index.Result:
    return index.search(query=query, kind=kind, visible=visible, organisation_id=viewer.organisation_id)  # type: ignore[arg-type]


def _ids_of(result: index.Result, page: int) -> tuple[int, ...]:
    return result.ids[(page - 1) * PAGE : page * PAGE]


def _page(result: index.Result, page: int, found: list[Found]) -> Results:
    return Results(found, page, len(result.ids) > page * PAGE, result.capped, result.trimmed)


def _texts(cases: Iterable[Case]) -> dict[int, str]:
    """Everything that is searched of each case, the person's own words first; three queries for all of them."""
    texts = {case.pk: [case.feedback.narrative.text] for case in cases}
    issues = Issue.objects.filter(case__in=texts, removed_at=None).order_by("number").values_list("case_id", "summary")
    contacts = Contact.objects.filter(case__in=texts).order_by("pk").values_list("case_id", "summary")
    evidence = Evidence.objects.filter(case__in=texts).order_by("pk").values_list("case_id", "title")
    for rows in (issues, contacts, evidence):
        for case_id, text in rows:
            texts[case_id].append(text)
    return {pk: "\n".join(parts) for pk, parts in texts.items()}
