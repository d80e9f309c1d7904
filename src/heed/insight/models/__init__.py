"""Insight's own tables: what was asked of people about the quality of records, what they say that steps cost,
and what Heed learned and suggested."""

from heed.insight.models.coding import Coding, CodingRound, CodingText
from heed.insight.models.cost import StepCost
from heed.insight.models.recheck import Recheck, RecheckAnswer, RecheckCase
from heed.insight.models.subjects import SubjectModel, Suggestion

__all__ = [
    "Coding",
    "CodingRound",
    "CodingText",
    "Recheck",
    "RecheckAnswer",
    "RecheckCase",
    "StepCost",
    "SubjectModel",
    "Suggestion",
]
