"""The frame of every change to an analysis: lock it, check its version, change it, and write its log together."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import transaction

from heed.audit.actor import Actor
from heed.audit.refusals import Refused, Stale
from heed.learning import accountability, analysis_sentences
from heed.learning.actions import names
from heed.learning.actions.log import refuse_if_against
from heed.learning.models import Analysis, AnalysisEvent, AnalysisReason


class Analysing:
    """One change in progress. `analysis` is locked; events are kept in the order in which they are added."""

    def __init__(self, analysis: Analysis, by: Actor, at: datetime):
        self.analysis, self.by, self.at = analysis, by, at

    def event(self, kind: str, **data: Any) -> AnalysisEvent:
        """Add an event of codes and ids."""
        return AnalysisEvent.objects.create(
            analysis=self.analysis, number=self.analysis.events.count() + 1, kind=kind, at=self.at,
            actor_kind=self.by.kind, actor_id=self.by.id, data=data,
        )  # fmt: skip

    def reason(self, text: str) -> int:
        """Keep words that explain an event, and return the id that the event carries."""
        return AnalysisReason.objects.create(analysis=self.analysis, text=text.strip()).pk

    def case_ids(self) -> list[int]:
        return list(self.analysis.drawn_on.order_by("pk").values_list("case_id", flat=True))

    def ask_about_names(self, texts: dict[str, str], *, names_nobody: bool) -> None:
        """Raises Questioned where a text may name somebody who works here (R151)."""
        staff = names.staff_of(self.analysis.organisation_id, self.case_ids())
        accountability.ask(texts, staff, names_nobody=names_nobody)

    def refuse_unless_open(self) -> None:
        if self.analysis.state != "begun":
            raise Refused("This analysis is concluded. Reopen it to change it.")


@contextmanager
def analysing(
    analysis_id: int, *, by: Actor, at: datetime, version: int | None = None, needs_open: bool = True
) -> Iterator[Analysing]:
    """Lock an analysis, let it be changed, and keep it. `version` None: of what goes beside others' work, such as somebody's
    contribution, which changes nothing that they see.

    Raises Stale when `version` is not the analysis's, Refused when it is concluded (unless that is no matter) or when the
    person is complained about in one of its cases."""
    with transaction.atomic():
        analysis = Analysis.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=analysis_id)
        if version is not None and analysis.version != version:
            raise Stale(*analysis_sentences.last_change(analysis))
        change = Analysing(analysis, by, at)
        if needs_open:
            change.refuse_unless_open()
        if version is not None:
            refuse_if_against(by, change.case_ids())
        yield change
        if version is not None:
            analysis.version += 1
        analysis.save()
