"""Learning, read: on a case, as a list of actions, by the person, and by the public."""

from heed.learning.queries.plans import (
    OPEN,
    Line,
    counts,
    detail,
    evidence_file,
    history,
    listed,
    may_see_case,
    may_work_on,
    of_ids,
    owed,
    possible_owners,
    version_of,
    visible,
)
from heed.learning.queries.points import arising_from, for_case
from heed.learning.queries.told import Change, Published, for_person, published, timeline_for_case

__all__ = [
    "OPEN",
    "Change",
    "Line",
    "Published",
    "arising_from",
    "counts",
    "detail",
    "evidence_file",
    "for_case",
    "for_person",
    "history",
    "listed",
    "may_see_case",
    "may_work_on",
    "of_ids",
    "owed",
    "possible_owners",
    "published",
    "timeline_for_case",
    "version_of",
    "visible",
]
