"""Count groups of people, once for each period."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from heed.audit.actions import record
from heed.audit.actor import Actor
from heed.insight import blocks
from heed.insight.blocks import Block
from heed.insight.disclosure import RULE, Line
from heed.insight.models import GroupFigures
from heed.insight.queries.joined import groups_told
from heed.organisations import queries as organisations
from heed.organisations.code_lists import questions
from heed.organisations.models import GroupSettings, Organisation


def count_due(*, by: Actor, at: datetime) -> int:
    """Count every period of every organisation that is due. Returns how many; often none."""
    return sum(
        len(count_groups(organisation_id=organisation_id, by=by, at=at))
        for organisation_id in organisations.asking_about_groups()
    )


@transaction.atomic
def count_groups(*, organisation_id: int, by: Actor, at: datetime) -> list[GroupFigures]:
    """Count the periods that are due, and keep what may be told of them. A period that was counted is left alone, whatever
    was answered, taken back or put right since."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation_id)
    settings = organisations.group_settings(organisation_id)
    if settings is None or settings.asked_since is None:
        return []
    before = [Block(*days) for days in _counted(organisation.code)]
    periods = blocks.due(
        "year" if settings.period == "year" else "quarter", settings.asked_since, before, timezone.localdate(at)
    )
    return [_count(organisation, settings, settings.asked_since, period, by, at) for period in periods]


def _counted(organisation: str) -> Sequence[tuple[date, date]]:
    return list(GroupFigures.objects.filter(organisation=organisation).values_list("first_on", "last_on"))


def _count(
    organisation: Organisation, settings: GroupSettings, asked_since: date, period: Block, by: Actor, at: datetime
) -> GroupFigures:
    asked = [questions.load(one.key, period.last) for one in questions.all_of_them() if one.key in settings.questions]
    received, pages = groups_told(organisation.code, asked, period)
    kept = GroupFigures.objects.create(
        organisation=organisation.code,
        first_on=period.first,
        last_on=period.last,
        counted_at=at,
        asked_since=asked_since,
        rule=RULE,
        received=received,
        questions=[
            {"key": question.key, "version": question.version, "lines": [_row(line) for line in lines]}
            for question, lines in zip(asked, pages, strict=True)
        ],
    )
    detail = {"from": period.first.isoformat(), "to": period.last.isoformat()}
    record(
        by=by, at=at, verb="groups_counted", kind="organisation", object_id=organisation.pk,
        organisation=organisation.code, detail=detail,
    )  # fmt: skip
    return kept


def _row(line: Line) -> list[object]:
    return [line.code, line.depth, line.people, dict(line.marks)]
