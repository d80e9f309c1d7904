"""Insight's own tables: what was asked of people about the quality of records."""

from heed.insight.models.coding import Coding, CodingRound, CodingText
from heed.insight.models.recheck import Recheck, RecheckAnswer, RecheckCase

__all__ = ["Coding", "CodingRound", "CodingText", "Recheck", "RecheckAnswer", "RecheckCase"]
