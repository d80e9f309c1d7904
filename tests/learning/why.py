"""An analysis of why something happened, and a way of doing things with it."""

from datetime import timedelta
from typing import Any

from tests import factories
from tests.learning.scene import AT

from heed.accounts.models import User
from heed.cases.models import Case
from heed.learning.actions import analyse
from heed.learning.models import Analysis
from heed.organisations import code_lists
from heed.organisations.models import Organisation

QUESTION = "What made it likely that calls for help went unanswered?"


def begun(case: Case, body: Organisation, by: User, *others: Case, question: str = QUESTION) -> Analysis:
    """The decision that an analysis is in proportion, and its beginning."""
    actor = factories.actor(by, body)
    analyse.decide_on_analysis(
        case_id=case.pk, wanted=True, ground="failing", reason="Nobody came for hours.", by=actor, at=AT
    )
    return analyse.begin_analysis(
        case_ids=[case.pk, *(other.pk for other in others)], question=question, by=actor, at=AT
    )


class Why:
    """Does things with one analysis as one person, a minute after another, with the latest version unless one is given."""

    def __init__(self, analysis: Analysis, body: Organisation, person: User):
        self.pk, self.by, self.at = analysis.pk, factories.actor(person, body), AT

    def fresh(self) -> Analysis:
        return Analysis.objects.get(pk=self.pk)

    def __call__(self, verb: Any, **words: Any) -> Any:
        self.at += timedelta(minutes=1)
        version = words.pop("version", self.fresh().version)
        return verb(analysis_id=self.pk, by=self.by, at=self.at, version=version, **words)

    def look_at_all(self, **contributed: str) -> None:
        """All six groups, of which none contributed but those named; and the work compared."""
        for code, _ in code_lists.load("factors").choices():
            judged = contributed.get(code, "no")
            found = "The rota had gaps." if judged == "yes" else ""
            self(analyse.find_factor, factor=code, contributed=judged, found=found)
        self(analyse.compare_work, prescribed="Calls are handed over.", done="Calls are told from memory.")

    def conclude(self, **more: Any) -> Analysis:
        given = {
            "conclusions": "Calls are lost where a handover is not written down.", "extent": "systemic",
            "extent_reason": "Three wards do the same.", "not_asked_reason": "The ward closed last year.", **more,
        }  # fmt: skip
        done: Analysis = self(analyse.conclude, **given)
        return done
