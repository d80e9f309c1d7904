"""What a learning point is found by. Written by the action that changed it, compared by `heed check`."""

from typing import Any

from heed.learning.models import LearningPoint


def entry(point: LearningPoint) -> dict[str, Any]:
    """Its search entry: its words, where it comes from, and the names of what it is linked to."""
    links = [f"{link.name} {link.reference} {link.change}" for link in point.links.all()]
    return {
        "kind": "learning",
        "object_id": point.pk,
        "organisation_id": point.organisation_id,
        "title": "",
        "text": "\n".join([point.text, point.origin_sentence, *links]),
        "at": point.at,
    }
