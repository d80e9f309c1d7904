"""Insight's own tables: what was asked of people about the quality of records, what they say that steps cost, what Heed
learned and suggested, and early warnings."""

from heed.insight.models.coding import Coding, CodingRound, CodingText
from heed.insight.models.cost import StepCost
from heed.insight.models.recheck import Recheck, RecheckAnswer, RecheckCase
from heed.insight.models.subjects import SubjectModel, Suggestion
from heed.insight.models.warning import (
    Alarm,
    AlarmPoint,
    AlarmStep,
    AlarmTold,
    NewLevel,
    Repeated,
    StaffThread,
    Watch,
    WatchCalibration,
    WatchRun,
)

__all__ = [
    "Alarm",
    "AlarmPoint",
    "AlarmStep",
    "AlarmTold",
    "Coding",
    "CodingRound",
    "CodingText",
    "NewLevel",
    "Recheck",
    "RecheckAnswer",
    "RecheckCase",
    "Repeated",
    "StaffThread",
    "StepCost",
    "SubjectModel",
    "Suggestion",
    "Watch",
    "WatchCalibration",
    "WatchRun",
]
