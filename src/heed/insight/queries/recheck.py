"""The monthly re-check: which cases wait for whom, what is recorded of one, and how often the record is wrong (R194)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from heed.accounts.permissions import Permission, Viewer
from heed.cases import rules
from heed.cases.models import Case, CaseEvent
from heed.design import words
from heed.facts.models import CaseFact
from heed.insight.models import Recheck, RecheckAnswer, RecheckCase
from heed.insight.periods import whole_months
from heed.organisations import code_lists
from heed.statistics.agreement import Share, share

FIELDS = {
    "received_on": "Received",
    "acknowledged_on": "Acknowledged",
    "responded_on": "Answered",
    "subject": "Subject",
    "outcome": "Outcome",
    "risk": "Risk",
}
DAYS = ("received_on", "acknowledged_on", "responded_on")
OUTCOMES = {**rules.OUTCOMES, "settled": "Settled", "withdrawn": "Withdrawn"}
CHECKS = (Permission.HANDLE, Permission.CHECK_QUALITY)


@dataclass(frozen=True)
class Recorded:
    """What stands on record for a field: `value` as it is kept ("" for nothing), `text` as it is shown."""

    field: str
    title: str
    value: str
    text: str


@dataclass(frozen=True)
class ToCheck:
    """A case of a sample for somebody who may check it."""

    of: RecheckCase
    case: Case
    recorded: tuple[Recorded, ...]


@dataclass(frozen=True)
class Wrong:
    """A field of a case that was found wrong. `now`: what stands there now, as shown; `corrected`: as it should."""

    reference: str
    field: str
    title: str
    recorded: str
    should_be: str
    now: str
    corrected: bool


@dataclass(frozen=True)
class Rate:
    """How often a field was wrong among those where the papers told. `exact`: every case of the month was checked, so
    nothing is left to chance and there are no limits."""

    field: str
    title: str
    share: Share
    cannot_tell: int
    exact: bool

    @property
    def text(self) -> str:
        """2 of 19 (11%), or "" where nothing was checked."""
        found = self.share
        return f"{found.counted} of {found.of} ({round(100 * found.share)}%)" if found.of else ""

    @property
    def limits(self) -> str:
        """1% to 33%; "" where there is nothing to reckon with."""
        if not self.share.of or self.exact:
            return ""
        return f"{round(100 * self.share.low)}% to {round(100 * self.share.high)}%"


@dataclass(frozen=True)
class Sample:
    """The sample of a month: how many of its cases are checked, and the rates of what is."""

    recheck: Recheck
    cases: int
    checked: int
    rates: tuple[Rate, ...]

    @property
    def sentence(self) -> str:
        of, whole = self.recheck.population, self.cases == self.recheck.population
        drawn = f"all {of:,}" if whole and of > 1 else f"{self.cases} of {of:,}"
        return f"{drawn} {words.plural_noun(of, 'case')} closed; {self.checked} checked"


def samples(organisation_id: int, limit: int = 13) -> list[Sample]:
    """The latest samples, newest month first."""
    rechecks = Recheck.objects.filter(organisation_id=organisation_id).select_related("organisation").order_by("-month")
    found = list(rechecks.annotate(
        many=Count("cases"), checked=Count("cases", filter=Q(cases__checked_at__isnull=False))
    )[:limit])  # fmt: skip
    answers = RecheckAnswer.objects.filter(of__recheck__in=found).order_by()
    counts: dict[int, Counter[tuple[str, str]]] = {of.pk: Counter() for of in found}
    for recheck, field, verdict, many in answers.values_list("of__recheck_id", "field", "verdict").annotate(
        n=Count("pk")
    ):
        counts[recheck][field, verdict] = many
    return [
        Sample(of, of.many, of.checked, rates(counts[of.pk], exact=of.checked == of.many == of.population))
        for of in found
    ]


def rates(counts: Mapping[tuple[str, str], int], *, exact: bool) -> tuple[Rate, ...]:
    """The rate of each field, from how many answers of each verdict there are."""
    return tuple(_rate(field, counts, exact) for field in FIELDS)


def _rate(field: str, counts: Mapping[tuple[str, str], int], exact: bool) -> Rate:
    right, wrong, unknown = (counts.get((field, verdict), 0) for verdict in ("right", "wrong", "cannot_tell"))
    return Rate(field, FIELDS[field], share(wrong, right + wrong), unknown, exact and not unknown)


def together(found: Sequence[Sample]) -> tuple[Rate, ...]:
    """The rates of several samples taken together. Each month weighs as many cases as were checked of it."""
    counts = Counter[tuple[str, str]]()
    for sample in found:
        for rate in sample.rates:
            counts[rate.field, "wrong"] += rate.share.counted
            counts[rate.field, "right"] += rate.share.of - rate.share.counted
            counts[rate.field, "cannot_tell"] += rate.cannot_tell
    return rates(counts, exact=bool(found) and all(rate.exact for sample in found for rate in sample.rates))


def recheck_of(viewer: Viewer, recheck_id: int) -> Recheck | None:
    """A sample of the organisation; None where there is no such."""
    rechecks = Recheck.objects.filter(organisation_id=viewer.organisation_id).select_related("organisation")
    return rechecks.filter(pk=recheck_id).first()


def sample_of(recheck: Recheck) -> Sample:
    """One sample with its rates."""
    return next(sample for sample in samples(recheck.organisation_id, limit=10_000) if sample.recheck.pk == recheck.pk)


def last_month(today: date) -> date:
    """The first day of the month before that of `today`."""
    return whole_months(1, today).first


def is_drawn(organisation_id: int, month: date) -> bool:
    return Recheck.objects.filter(organisation_id=organisation_id, month=month).exists()


def waiting(viewer: Viewer, recheck: Recheck | None = None) -> QuerySet[RecheckCase]:
    """Cases that wait to be checked and that the person may check: they may see them and had no part in them."""
    if not any(map(viewer.may, CHECKS)):
        return RecheckCase.objects.none()
    cases = RecheckCase.objects.filter(recheck__organisation_id=viewer.organisation_id, checked_at=None)
    if recheck is not None:
        cases = cases.filter(recheck=recheck)
    person = viewer.person_id
    part = CaseEvent.objects.filter(actor_kind="staff", actor_id=str(person), case__in=cases.values("case_id"))
    cases = cases.filter(case_id__in=Case.objects.visible_to(viewer).order_by().values("pk"))
    cases = cases.exclude(Q(case__handler_id=person) | Q(case__investigator_id=person))
    return cases.exclude(case_id__in=part.order_by().values("case_id")).select_related("recheck").order_by(
        "recheck__month", "number"
    )  # fmt: skip


def waiting_by_month(viewer: Viewer) -> list[tuple[Recheck, int]]:
    """The samples in which cases wait for the person, earliest month first, with how many."""
    counts = Counter(row.recheck for row in waiting(viewer))
    return list(counts.items())


def to_check(viewer: Viewer, recheck_id: int, number: int) -> ToCheck | None:
    """A case for its checker; None for whoever may not check it, or once it is checked."""
    of = waiting(viewer).filter(recheck_id=recheck_id, number=number).select_related("case__organisation").first()
    return ToCheck(of, of.case, recorded(of.case)) if of else None


def recorded(case: Case) -> tuple[Recorded, ...]:
    """What the facts say of a case, field by field."""
    fact = CaseFact.objects.get(case_id=str(case.pk))
    return tuple(_recorded(case.organisation.subject_list, fact, field) for field in FIELDS)


def _recorded(subject_list: str, fact: CaseFact, field: str) -> Recorded:
    value = getattr(fact, field)
    kept = value.isoformat() if isinstance(value, date) else value or ""
    return Recorded(field, FIELDS[field], kept, shown(field, kept, subject_list))


def shown(field: str, kept: str, subject_list: str) -> str:
    """A value as it is shown; "" is nothing on record."""
    if not kept:
        return "Nothing on record"
    if field in DAYS:
        return words.day(date.fromisoformat(kept))
    if field == "outcome":
        return OUTCOMES.get(kept, kept)
    known = code_lists.load("risk" if field == "risk" else subject_list)
    return known.label(kept) if kept in known else kept


def wrong(viewer: Viewer, recheck: Recheck | None = None) -> list[Wrong]:
    """What was found wrong in cases that the person may see, newest sample first; what is corrected by now says so."""
    answers = RecheckAnswer.objects.filter(
        verdict="wrong", of__recheck__organisation_id=viewer.organisation_id,
        of__case_id__in=Case.objects.visible_to(viewer).order_by().values("pk"),
    ).select_related("of__case__organisation")  # fmt: skip
    if recheck is not None:
        answers = answers.filter(of__recheck=recheck)
    found = list(answers.order_by("-of__recheck__month", "of__number", "pk")[:200])
    facts = CaseFact.objects.in_bulk({str(answer.of.case_id) for answer in found}, field_name="case_id")
    return [_wrong(answer, facts[str(answer.of.case_id)]) for answer in found]


def _wrong(answer: RecheckAnswer, fact: CaseFact) -> Wrong:
    case = answer.of.case
    subjects = case.organisation.subject_list
    now = _recorded(subjects, fact, answer.field)
    return Wrong(
        case.reference, answer.field, FIELDS[answer.field], shown(answer.field, answer.recorded, subjects),
        shown(answer.field, answer.should_be, subjects), now.text, now.value == answer.should_be,
    )  # fmt: skip
