"""Blind coding: what is asked of whom, the text to be coded and nothing else, and how far the two agree (R193, R194)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from heed.accounts import queries as accounts
from heed.accounts.models import User
from heed.accounts.permissions import Permission, Viewer
from heed.cases.models import Case
from heed.design import words
from heed.facts.models import CaseFact
from heed.insight.models import Coding, CodingRound, CodingText
from heed.insight.models.coding import CANNOT_TELL
from heed.organisations import code_lists
from heed.statistics import agreement
from heed.statistics.agreement import Agreement, OfCode

SEES_TEXTS = (Permission.SEE_ALL_CASES, Permission.SEE_SERVICE_CASES)
FIELDS = ("risk", "subject")
# The bands of kappa are a convention: Altman, Practical Statistics for Medical Research (1991), after Landis and Koch (1977).
ONE_CODE = 0.9  # expected agreement, above which nearly all texts have one code and kappa tells little
BANDS = ((0.2, "poor"), (0.4, "weak"), (0.6, "moderate"), (0.8, "good"), (1.01, "very good"))


@dataclass(frozen=True)
class Ask:
    """A round in which somebody still has texts to code: `next` is the number of the first of them."""

    round: CodingRound
    coded: int
    texts: int
    next: int


@dataclass(frozen=True)
class Text:
    """One text to be coded: the words, and nothing of what the record or the other person says."""

    round: CodingRound
    number: int
    texts: int
    words: str
    happened: str
    given: dict[str, str]


@dataclass(frozen=True)
class Differing:
    """Two codes that were given to the same texts, by their labels, and how often."""

    one: str
    other: str
    times: int


@dataclass(frozen=True)
class Compared:
    """One field of a round. `weighted`: the same with a neighbouring code counted as nearly right, where codes have an
    order. `left_out`: texts of which one of them could not tell. `means`: what it comes to, in sentences."""

    field: str
    title: str
    plain: Agreement
    weighted: Agreement | None
    left_out: int
    differing: tuple[Differing, ...]
    labels: dict[str, str]
    means: str

    @property
    def code_lines(self) -> list[tuple[str, OfCode, int]]:
        """(label, how often each gave the code, agreement in per cent)."""
        return [(self.labels.get(of.code, of.code), of, round(100 * of.agreement)) for of in self.plain.codes]


@dataclass(frozen=True)
class Pair:
    """A text on which the two differ: for each field that differs, its name, what the first, the second and the record
    say, as labels."""

    number: int
    reference: str
    gist: str
    fields: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True)
class Line:
    """A round in the list. `coded`: how many texts the first and the second have coded. `fields`: empty until it ended."""

    round: CodingRound
    texts: int
    coded: tuple[int, int]
    fields: tuple[Compared, ...]


def coders(organisation_id: int) -> list[User]:
    """Who may be asked to code: people who see cases and figures, by name."""
    may = [accounts.people_who_may(permission, organisation_id).values("pk") for permission in SEES_TEXTS]
    figures = accounts.people_who_may(Permission.SEE_INSIGHT, organisation_id)
    return list(figures.filter(Q(pk__in=may[0]) | Q(pk__in=may[1])))


def round_of(viewer: Viewer, round_id: int) -> CodingRound | None:
    """A round of the organisation; None where there is no such."""
    rounds = CodingRound.objects.filter(organisation_id=viewer.organisation_id)
    return rounds.select_related("organisation", "first", "second", "started_by").filter(pk=round_id).first()


def is_coder(viewer: Viewer, of: CodingRound) -> bool:
    return viewer.person_id in (of.first_id, of.second_id)


def asked_of(viewer: Viewer) -> list[Ask]:
    """The open rounds in which the person still has texts to code that they may see."""
    person = viewer.person_id
    open_rounds = CodingRound.objects.filter(organisation_id=viewer.organisation_id, ended_at=None)
    found = [ask_of(viewer, of) for of in open_rounds.filter(Q(first_id=person) | Q(second_id=person))]
    return [ask for ask in found if ask and ask.next]


def is_asked(viewer: Viewer) -> bool:
    """Whether the person codes in a round that has not ended: one quick question, for the page that they begin with."""
    person = Q(first_id=viewer.person_id) | Q(second_id=viewer.person_id)
    return CodingRound.objects.filter(person, organisation_id=viewer.organisation_id, ended_at=None).exists()


def ask_of(viewer: Viewer, of: CodingRound) -> Ask | None:
    """What one of the two still has to code; `next` 0 when nothing is left. None for anybody else."""
    if not is_coder(viewer, of):
        return None
    coded = Coding.objects.filter(text__round=of, by_id=viewer.person_id).values("text_id")
    left = _readable(viewer, of).exclude(pk__in=coded).values_list("number", flat=True).first()
    return Ask(of, len(coded), of.texts.count(), left or 0)


def _readable(viewer: Viewer, of: CodingRound) -> QuerySet[CodingText]:
    """The texts that the person may still see."""
    return of.texts.filter(case_id__in=Case.objects.visible_to(viewer).order_by().values("pk"))


def text_for(viewer: Viewer, round_id: int, number: int) -> Text | None:
    """A text of an open round for one of its two coders; None for anybody else, or once the round has ended."""
    of = round_of(viewer, round_id)
    if of is None or of.ended_at or not is_coder(viewer, of):
        return None
    text = _readable(viewer, of).select_related("case__feedback__narrative").filter(number=number).first()
    if text is None:
        return None
    own = Coding.objects.filter(text=text, by_id=viewer.person_id).first()
    given = {field: getattr(own, field) for field in FIELDS} if own else {}
    feedback = text.case.feedback
    return Text(of, number, of.texts.count(), feedback.narrative.text, feedback.happened, given)


def lines(organisation_id: int) -> list[Line]:
    """All rounds of an organisation, newest first."""
    rounds = CodingRound.objects.filter(organisation_id=organisation_id).order_by("-number")
    found = list(rounds.select_related("organisation", "first", "second").annotate(many=Count("texts")))
    codings = Coding.objects.filter(text__round__in=found).values_list("text__round_id", "by_id")
    coded = {(of, by): many for of, by, many in codings.annotate(many=Count("pk"))}
    return [
        Line(
            of,
            of.many,
            (coded.get((of.pk, of.first_id), 0), coded.get((of.pk, of.second_id), 0)),
            compared(of) if of.ended_at else (),
        )
        for of in found
    ]


def line_of(of: CodingRound) -> Line:
    """One round as it stands in the list."""
    coded = Counter(Coding.objects.filter(text__round=of).values_list("by_id", flat=True))
    return Line(of, of.texts.count(), (coded[of.first_id], coded[of.second_id]), compared(of) if of.ended_at else ())


def compared(of: CodingRound) -> tuple[Compared, ...]:
    """How far the two agree on the texts that both have coded, by field."""
    both = _both(of)
    return tuple(_compared(of, field, both) for field in FIELDS)


def _both(of: CodingRound) -> dict[int, tuple[Coding, Coding]]:
    """By the id of the text: what the first and the second made of it."""
    found: dict[int, dict[int, Coding]] = {}
    for coding in Coding.objects.filter(text__round=of).order_by("text__number"):
        found.setdefault(coding.text_id, {})[coding.by_id] = coding
    return {text: (by[of.first_id], by[of.second_id]) for text, by in found.items() if len(by) == 2}


def _compared(of: CodingRound, field: str, both: dict[int, tuple[Coding, Coding]]) -> Compared:
    codes = code_lists.load("risk" if field == "risk" else of.organisation.subject_list)
    labels = dict(codes.choices())
    pairs = [(getattr(one, field), getattr(other, field)) for one, other in both.values()]
    told = [pair for pair in pairs if CANNOT_TELL not in pair]
    first, second = [one for one, _ in told], [other for _, other in told]
    order = [*labels, *sorted({*first, *second} - {*labels})]
    plain = agreement.agreement(first, second, codes=order)
    weighted = agreement.agreement(first, second, codes=order, weights="linear") if field == "risk" else None
    unlike = Counter(tuple(sorted(pair, key=order.index)) for pair in told if pair[0] != pair[1])
    differing = tuple(
        Differing(labels.get(one, one), labels.get(other, other), times)
        for (one, other), times in unlike.most_common(5)
    )
    title = "Risk" if field == "risk" else "Subject"
    return Compared(field, title, plain, weighted, len(pairs) - len(told), differing, labels, means(field, plain))


def band(kappa: float) -> str:
    """poor, weak, moderate, good or very good."""
    return next(name for limit, name in BANDS if kappa < limit)


def means(field: str, found: Agreement) -> str:
    """What an agreement comes to, in sentences."""
    if found.too_few:
        return (
            f"Both coded {words.count(found.texts, 'text')}. That is too few to say how far they agree beyond chance: it takes "
            f"{agreement.ENOUGH}."
        )
    said = (
        f"They gave the same {field} to {found.same} of {found.texts} texts ({round(100 * found.same / found.texts)}%)."
    )
    if not found.is_known:
        return f"{said} Both gave one code only, so chance could not have differed and there is no kappa."
    said += f" By chance alone it would have been about {round(100 * found.expected)}%."
    if found.expected > ONE_CODE:
        return f"{said} Nearly every text got one and the same code, so kappa says little here: look at the codes one by one."
    low, high = band(found.low), band(found.high)
    said += f" That is {band(found.kappa)} agreement" + (
        "." if low == high else f"; with this many texts it could be anything from {low} to {high}."
    )
    return f"{said} {_use(field, found)}"


def _use(field: str, found: Agreement) -> str:
    if found.low >= 0.6:
        return f"Figures by {field} can be read as they stand."
    if found.kappa >= 0.6:
        return f"Figures by {field} can be read with some care: more texts would tell how much."
    return (
        f"Figures by {field} partly show who coded, not only what happened: talk over the texts below, and agree what each "
        "code is for, before you compare."
    )


def pairs(viewer: Viewer, of: CodingRound, fields: Sequence[Compared]) -> list[Pair]:
    """The texts on which the two differ, for discussion: those only whose case the person may see."""
    both = _both(of)
    readable = _readable(viewer, of).filter(pk__in=both).select_related("case")
    recorded = CaseFact.objects.in_bulk([str(text.case_id) for text in readable], field_name="case_id")
    found = []
    for text in readable:
        one, other = both[text.pk]
        fact = recorded.get(str(text.case_id))
        differ = tuple(
            (
                by.title,
                _label(by, getattr(one, by.field)),
                _label(by, getattr(other, by.field)),
                _label(by, getattr(fact, by.field, "")),
            )
            for by in fields
            if getattr(one, by.field) != getattr(other, by.field)
        )
        if differ:
            found.append(Pair(text.number, text.case.reference, text.case.gist, differ))
    return found


def _label(of: Compared, code: str) -> str:
    return "Cannot tell" if code == CANNOT_TELL else of.labels.get(code, code) or "Nothing yet"
