"""What was learned and why it happened, what was promised because of it, and whether it was done and lasted."""

from heed.learning.models.aims import Aim
from heed.learning.models.chasing import ReaderThread, Reminder
from heed.learning.models.factors import (
    Analysis,
    AnalysisCase,
    AnalysisDecision,
    AnalysisEvent,
    AnalysisReason,
    Contribution,
    FactorFinding,
    at_work,
)
from heed.learning.models.outside import Dependency, OutsideOwner
from heed.learning.models.part import Informing, Part, Satisfaction
from heed.learning.models.plans import Action, ActionEvent, ActionFile, ActionQuerySet, ActionReason, Check
from heed.learning.models.points import LearningPoint, PointFactor, PointLink, Recurrence, against
from heed.learning.models.telling import Consent, Piece, PieceEvent, StoryUse, Told, Wording

__all__ = [
    "Action",
    "ActionEvent",
    "ActionFile",
    "ActionQuerySet",
    "ActionReason",
    "Aim",
    "Analysis",
    "AnalysisCase",
    "AnalysisDecision",
    "AnalysisEvent",
    "AnalysisReason",
    "Check",
    "Consent",
    "Contribution",
    "Dependency",
    "FactorFinding",
    "Informing",
    "LearningPoint",
    "OutsideOwner",
    "Part",
    "Piece",
    "PieceEvent",
    "PointFactor",
    "PointLink",
    "ReaderThread",
    "Recurrence",
    "Reminder",
    "Satisfaction",
    "StoryUse",
    "Told",
    "Wording",
    "against",
    "at_work",
]
