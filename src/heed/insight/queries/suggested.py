"""How good the suggestions are: what was suggested held beside what people then coded."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from django.utils import timezone

from heed.facts.models import CaseFact
from heed.insight.models import SubjectModel, Suggestion
from heed.insight.themes.measuring import calibration_error
from heed.organisations import code_lists
from heed.organisations.models import Organisation

TOO_FEW = 30  # texts below which a share says nothing
DAYS = 366


@dataclass(frozen=True)
class Used:
    """One group of texts that were suggested for and then coded: `hits`, how many had one of their subjects among what was
    offered; `sure`, the mean probability of the first offer, and `right` the share of those that were; `error`, the
    calibration error. Shares are None below TOO_FEW."""

    name: str
    texts: int
    hits: float | None
    sure: float | None
    right: float | None
    error: float | None


@dataclass(frozen=True)
class LabelLine:
    """One subject: in how many texts people gave it, and the share of those for which it was offered."""

    label: str
    texts: int
    recall: float | None


@dataclass(frozen=True)
class Quality:
    """`model` is what Heed learned last, None if nothing yet; `tried`, its figures on the latest fifth of the texts."""

    model: SubjectModel | None
    tried: tuple[LabelLine, ...]
    all: Used
    months: tuple[Used, ...]
    versions: tuple[Used, ...]
    labels: tuple[LabelLine, ...]


@dataclass(frozen=True)
class _Kept:
    month: date
    version: int
    offered: list[tuple[str, float | None]]
    coded: frozenset[str]


def quality(organisation: Organisation, *, at: datetime) -> Quality:
    """Everything of the last year."""
    kept = _kept(organisation, at)
    by_month, by_version = defaultdict(list), defaultdict(list)
    for one in kept:
        by_month[one.month].append(one)
        by_version[one.version].append(one)
    model = SubjectModel.objects.filter(organisation=organisation).defer("content").first()
    return Quality(
        model=model,
        tried=_tried(organisation, model),
        all=_used("All", kept),
        months=tuple(_used(f"{month:%B %Y}", by_month[month]) for month in sorted(by_month, reverse=True)),
        versions=tuple(_used(_version_name(number), by_version[number]) for number in sorted(by_version, reverse=True)),
        labels=_labels(organisation, kept),
    )


def _version_name(number: int) -> str:
    return f"Learned, version {number}" if number else "The words that ship"


def _kept(organisation: Organisation, at: datetime) -> list[_Kept]:
    """What was suggested in the last year for cases whose subjects are known, a row a text."""
    rows = list(Suggestion.objects.filter(organisation=organisation, made_at__gte=at - timedelta(days=DAYS)))
    coded = dict(
        CaseFact.objects.filter(organisation=organisation.code, case_id__in=[row.case_id for row in rows]).values_list(
            "case_id", "subjects"
        )
    )
    return [
        _Kept(
            timezone.localdate(row.made_at).replace(day=1), row.version,
            [(code, likely) for code, likely in row.offered], frozenset(coded[row.case_id].split()),
        )
        for row in rows
        if coded.get(row.case_id)
    ]  # fmt: skip


def _used(name: str, kept: Sequence[_Kept]) -> Used:
    if len(kept) < TOO_FEW:
        return Used(name, len(kept), None, None, None, None)
    hits = [any(code in one.coded for code, _ in one.offered) for one in kept]
    first = [(likely, code in one.coded) for one in kept for code, likely in one.offered[:1] if likely is not None]
    share = sum(hits) / len(hits)
    if len(first) < TOO_FEW:
        return Used(name, len(kept), share, None, None, None)
    sure, right = np.array([likely for likely, _ in first]), np.array([was for _, was in first])
    return Used(name, len(kept), share, float(sure.mean()), float(right.mean()), calibration_error(sure, right))


def _labels(organisation: Organisation, kept: Iterable[_Kept]) -> tuple[LabelLine, ...]:
    given: Counter[str] = Counter()
    offered: Counter[str] = Counter()
    for one in kept:
        given.update(one.coded)
        offered.update(one.coded & {code for code, _ in one.offered})
    return tuple(
        LabelLine(_label(organisation, code), many, offered[code] / many if many >= TOO_FEW else None)
        for code, many in given.most_common()
    )


def _tried(organisation: Organisation, model: SubjectModel | None) -> tuple[LabelLine, ...]:
    per_label: dict[str, Any] = model.measured.get("per_label", {}) if model else {}
    lines = [
        LabelLine(_label(organisation, code), of["support"], of["recall"] if of["support"] >= TOO_FEW else None)
        for code, of in per_label.items()
        if of["support"]
    ]
    return tuple(sorted(lines, key=lambda line: (-line.texts, line.label)))


def _label(organisation: Organisation, code: str) -> str:
    known = code_lists.load(organisation.subject_list)
    return known.label(code) if code in known else code.replace("_", " ").capitalize()
