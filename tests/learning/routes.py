"""What an address of the pages of learning can name, and who sees it: for the test that tries every route as everybody."""

from datetime import datetime
from typing import Any

from tests import factories

from heed.accounts.models import User
from heed.accounts.permissions import Viewer
from heed.cases.models import Case
from heed.learning.actions import analyse, contribute, shelve
from heed.learning.queries import analyses, library
from heed.organisations.models import Organisation


def names(org: Organisation, case: Case, people: dict[str, User], point: Any, at: datetime) -> dict[str, Any]:
    """An analysis of the case and of another, a member of staff who is asked, and a link of what was learned."""
    by = factories.actor(people["handler"], org)
    other = factories.registered(org, people["handler"])
    Case.objects.filter(pk=other.pk).update(investigator=people["investigator"])
    analyse.decide_on_analysis(case_id=case.pk, wanted=True, ground="failing", reason="Hours.", by=by, at=at)
    analysis = analyse.begin_analysis(case_ids=[case.pk, other.pk], question="What made it likely?", by=by, at=at)
    asked = contribute.ask_staff(
        analysis_id=analysis.pk, person_id=people["front_line"].pk, question="What is it like?", by=by, at=at,
        version=analysis.version,
    )  # fmt: skip
    link = shelve.link_point(
        point_id=point.pk, kind="policy", name="Handover policy", change="Say who takes over.", by=by, at=at, version=1
    )
    ids = {"analysis_id": analysis.pk, "contribution_id": asked.pk, "link_id": link.pk}
    return {**ids, "case_id": other.pk, "factor": "job_tasks"}


def sees(viewer: Viewer, route: str, converters: Any, names: dict[str, Any]) -> bool | None:
    """Whether the person sees what the address names; None where it names nothing of these."""
    if "analysis_id" in converters:
        return analyses.visible_analyses(viewer).filter(pk=names["analysis_id"]).exists()
    if route == "answer_question":
        return analyses.asked_of_person(viewer, names["contribution_id"]) is not None
    if "point_id" in converters and "reference" not in converters:
        return library.visible_points(viewer).filter(pk=names["point_id"]).exists()
    return None
