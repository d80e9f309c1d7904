"""What was learned, what was promised because of it, and whether it was done and lasted."""

from heed.learning.models.aims import Aim
from heed.learning.models.plans import Action, ActionEvent, ActionFile, ActionQuerySet, ActionReason, Check
from heed.learning.models.points import LearningPoint
from heed.learning.models.telling import Publication

__all__ = [
    "Action",
    "ActionEvent",
    "ActionFile",
    "ActionQuerySet",
    "ActionReason",
    "Aim",
    "Check",
    "LearningPoint",
    "Publication",
]
