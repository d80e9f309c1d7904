"""Insight's own tables: what was asked of people about the quality of records, and what they say that steps cost."""

from heed.insight.models.coding import Coding, CodingRound, CodingText
from heed.insight.models.cost import StepCost
from heed.insight.models.recheck import Recheck, RecheckAnswer, RecheckCase

__all__ = ["Coding", "CodingRound", "CodingText", "Recheck", "RecheckAnswer", "RecheckCase", "StepCost"]
