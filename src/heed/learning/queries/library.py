"""The library of what was learned: searched, filtered, and looked through for what says the same."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from heed.accounts.permissions import Viewer
from heed.cases.models import Case
from heed.feedback import queries as feedback
from heed.feedback.models import Feedback
from heed.learning import nearness
from heed.learning.models import Action, AnalysisCase, LearningPoint, PointFactor, PointLink, Recurrence, at_work
from heed.learning.models.factors import Analysis
from heed.search import queries as index
from heed.search.snippets import Segment

PAGE = 20
MOST_ALIKE = 5
HITS_A_WORD = 300
COMPARED = 60
MOST_COUNTED = 3_000


@dataclass(frozen=True)
class Chosen:
    """The filters of the library, "" for none. `service` is a primary key; `action` "with" or "without"."""

    service: str = ""
    level: str = ""
    factor: str = ""
    subject: str = ""
    source: str = ""
    action: str = ""
    link: str = ""


def visible_points(viewer: Viewer) -> QuerySet[LearningPoint]:
    """What was learned that the person may read."""
    return LearningPoint.objects.visible_to(viewer)


def filtered(viewer: Viewer, chosen: Chosen) -> QuerySet[LearningPoint]:
    """Of what the person may read, what fits the filters. Order by at, pk."""
    points = visible_points(viewer)
    columns = {"service_id": chosen.service, "level": chosen.level, "subject": chosen.subject, "source": chosen.source}
    points = points.filter(**{name: value for name, value in columns.items() if value})
    if chosen.factor:
        points = points.filter(pk__in=PointFactor.objects.filter(factor=chosen.factor).order_by().values("point"))
    if chosen.link:
        points = points.filter(pk__in=PointLink.objects.filter(kind=chosen.link).order_by().values("point"))
    if chosen.action:
        has_action = Exists(Action.objects.filter(learning_point=OuterRef("pk")))
        points = points.filter(has_action if chosen.action == "with" else ~has_action)
    return points


def found_by(viewer: Viewer) -> dict[str, Counter[str]] | None:
    """How many of the points that the person may read carry each code, by the name of the filter, in five queries. None in a
    library of more than MOST_COUNTED: counting would cost more than the list, and there nearly every code is used."""
    some = LearningPoint.objects.filter(organisation_id=viewer.organisation_id).order_by()[: MOST_COUNTED + 1]
    if some.count() > MOST_COUNTED:
        return None
    visible = visible_points(viewer).order_by()
    columns = {"service": "service_id", "level": "level", "subject": "subject", "source": "source"}
    kinds = visible.values_list(*columns.values()).annotate(many=Count("pk"))
    counted: dict[str, Counter[str]] = {name: Counter() for name in columns}
    total = 0
    for *codes, many in kinds:
        total += many
        for name, code in zip(columns, codes, strict=True):
            counted[name][str(code)] += many
    factors = PointFactor.objects.filter(point__in=visible.values("pk")).order_by().values_list("factor")
    links = PointLink.objects.filter(point__in=visible.values("pk")).order_by().values_list("kind")
    for name, carried in (("factor", factors), ("link", links)):
        counted[name] = Counter(dict(carried.annotate(many=Count("point", distinct=True))))
    promised = Action.objects.filter(learning_point__in=visible.values("pk")).order_by().values("learning_point")
    with_action = promised.distinct().count()
    counted["action"] = Counter({"with": with_action, "without": total - with_action})
    return counted


def shown(points: QuerySet[LearningPoint]) -> QuerySet[LearningPoint]:
    """The same with what a list shows of each: service, factors, links, actions, and how many cases show it (`cases`)."""
    actions = Action.objects.only("pk", "state", "learning_point_id").order_by("pk")
    return points.select_related("service", "by").prefetch_related(
        "factors", "links", Prefetch("actions", actions)
    ).annotate(
        again=_many(Recurrence.objects.filter(point=OuterRef("pk"), case__isnull=False), "point"),
        drawn_on=_many(AnalysisCase.objects.filter(analysis=OuterRef("analysis_id")), "analysis"),
    )  # fmt: skip


def _many(rows: QuerySet[Any], by: str) -> Any:
    """How many of the rows there are, as a column."""
    counted = rows.order_by().values(by).annotate(many=Count("pk")).values("many")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def cases_that_show(point: Any) -> int:
    """How many cases show it, of a point from `shown`."""
    return int(max(point.drawn_on, 1 if point.case_id else 0) + point.again)


@dataclass(frozen=True)
class Hit:
    """A point that was found, with the passage that shows why."""

    point: LearningPoint
    passage: list[Segment]


@dataclass(frozen=True)
class Hits:
    """A page of what a search found, best first."""

    found: list[Hit]
    page: int
    has_more: bool
    capped: bool


def search_points(viewer: Viewer, chosen: Chosen, query: str, page: int = 1) -> Hits:
    """What holds all words of the query and fits the filters."""
    visible = filtered(viewer, chosen).order_by().values("pk")
    result = index.search(query=query, kind="learning", visible=visible, organisation_id=viewer.organisation_id)
    ids = result.ids[(page - 1) * PAGE : page * PAGE]
    points = shown(LearningPoint.objects.all()).in_bulk(ids)
    found = [Hit(points[pk], index.snippet(points[pk].text, result.terms)) for pk in ids if pk in points]
    return Hits(found, page, len(result.ids) > page * PAGE, result.capped)


@dataclass(frozen=True)
class Alike:
    """A point that says nearly the same, nearest first. `shows`: how many cases show it."""

    point: LearningPoint
    shows: int


def alike(viewer: Viewer, text: str, but: int | None = None) -> list[Alike]:
    """Up to five points that the person may read and that say nearly what the text says; `but` is none of them. In a number
    of queries that depends on nothing but the length of the text: each telling word is looked for by itself, so that a rare
    one is found wherever it stands, and those that share most are compared in full."""
    words = nearness.words(text)
    readable = visible_points(viewer).exclude(pk=but) if but else visible_points(viewer)
    visible = readable.order_by().values("pk")
    telling = sorted(words, key=lambda word: -len(word))[: nearness.MOST_WORDS]
    found = index.search_each(
        queries=[f'"{word}"' for word in telling], kind="learning", visible=visible,
        organisation_id=viewer.organisation_id, limit=HITS_A_WORD,
    )  # fmt: skip
    hits = {word: one.ids for word, one in zip(telling, found, strict=True)}
    weight = nearness.weights({word: len(ids) for word, ids in hits.items()}, max(HITS_A_WORD, 1))
    scores: Counter[int] = Counter()
    for word, ids in hits.items():
        for pk in ids:
            scores[pk] += weight.get(word, 0.0)  # type: ignore[assignment]
    best = [pk for pk, _ in scores.most_common(COMPARED)]
    texts = dict(LearningPoint.objects.filter(pk__in=best).values_list("pk", "text"))
    others = {pk: nearness.words(texts[pk]) for pk in best if pk in texts}
    near = [pk for pk, _ in nearness.near(words, others, weight, MOST_ALIKE)]
    points = shown(LearningPoint.objects.all()).in_bulk(near)
    return [Alike(points[pk], cases_that_show(points[pk])) for pk in near if pk in points]


def point(viewer: Viewer, point_id: int) -> LearningPoint | None:
    """One point with all that its page shows, None when the person may not read it (the page then answers 404)."""
    actions = Action.objects.select_related("owner", "outside_owner").order_by("finish_on", "pk")
    found = visible_points(viewer).filter(pk=point_id)
    found = found.select_related("organisation", "service", "by", "case", "analysis", "feedback", "taken_from")
    return found.prefetch_related("factors", "links__by", Prefetch("actions", actions)).first()


@dataclass(frozen=True)
class Behind:
    """Where a point was learned, and learned again: how many cases and items of feedback, and those of them that the person
    may see. `sentences` are origins that lie above or outside."""

    cases: int
    items: int
    seen_cases: list[Case]
    seen_items: list[Feedback]
    seen_analyses: list[Analysis]
    sentences: list[str]


def behind(viewer: Viewer, point: LearningPoint) -> Behind:
    """What shows it. A case or an item leads to its page only for whoever may see it there (R255)."""
    again = list(point.recurrences.all())
    cases = {row.case_id for row in again if row.case_id} | ({point.case_id} if point.case_id else set())
    if point.analysis_id:
        cases |= set(AnalysisCase.objects.filter(analysis_id=point.analysis_id).values_list("case_id", flat=True))
    items = {row.feedback_id for row in again if row.feedback_id} | (
        {point.feedback_id} if point.feedback_id else set()
    )
    analyses = {pk for pk in (point.analysis_id, *(row.analysis_id for row in again)) if pk}
    seen_items = feedback.visible_to(at_work(viewer)).filter(pk__in=items).order_by("received_at", "pk")
    return Behind(
        len(cases), len(items),
        list(Case.objects.visible_to(at_work(viewer)).filter(pk__in=cases).order_by("received_at", "pk")[:50]),
        list(seen_items[:50]),
        list(Analysis.objects.visible_to(viewer).filter(pk__in=analyses).order_by("pk")[:50]),
        [sentence for sentence in (point.origin_sentence, *(row.origin_sentence for row in again)) if sentence],
    )  # fmt: skip


def cases_behind(point_id: int) -> list[int]:
    """Every case that shows a point: those it was learned from, and those in which it was learned again."""
    own = LearningPoint.objects.filter(pk=point_id)
    drawn_on = AnalysisCase.objects.filter(analysis__in=own.values("analysis"))
    again = Recurrence.objects.filter(point_id=point_id, case__isnull=False)
    found = {*own.values_list("case_id", flat=True), *drawn_on.values_list("case_id", flat=True)}
    return sorted({*found, *again.values_list("case_id", flat=True)} - {None})


def version_of_point(point_id: int) -> int:
    return LearningPoint.objects.values_list("version", flat=True).get(pk=point_id)


def shown_by_case(viewer: Viewer, case_id: int) -> list[LearningPoint]:
    """What a case shows beside what was learned from it alone: through an analysis of several, and again. Only what the
    person may read."""
    drawn_on = AnalysisCase.objects.filter(case_id=case_id).values("analysis")
    again = Recurrence.objects.filter(case_id=case_id).values("point")
    actions = Action.objects.only("pk", "learning_point_id")
    found = visible_points(viewer).filter(Q(analysis__in=drawn_on, case=None) | Q(pk__in=again))
    return list(found.prefetch_related(Prefetch("actions", actions)))


def from_feedback(viewer: Viewer, feedback_id: int) -> list[LearningPoint]:
    """What an item of feedback taught, or showed again, and the person may read."""
    again = Recurrence.objects.filter(feedback_id=feedback_id).values("point")
    return list(visible_points(viewer).filter(Q(feedback_id=feedback_id) | Q(pk__in=again)))
