"""One case, for somebody who may see it."""

from heed.accounts.permissions import Viewer
from heed.cases.models import Case


def visible_case(viewer: Viewer, reference: str) -> Case | None:
    """The case with its people and words, None when the person may not see it (the page then answers 404)."""
    return (
        Case.objects.visible_to(viewer)
        .select_related(
            "organisation",
            "service",
            "handler",
            "investigator",
            "feedback__narrative",
            "feedback__service",
            "feedback__thread",
            "feedback__complainant__correspondent",
            "feedback__person_affected__correspondent",
            "feedback__representative__correspondent",
        )
        .filter(reference=reference)
        .first()
    )
