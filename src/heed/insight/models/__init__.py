"""Insight's own tables: what people said of the quality of records, of what steps cost and of where limits begin anew;
figures that were kept; what Heed learned and suggested; early warnings; and whether actions worked."""

from heed.insight.models.coding import Coding, CodingRound, CodingText
from heed.insight.models.cost import StepCost
from heed.insight.models.groups import GroupFigures
from heed.insight.models.kept import KeptFigures, KeptMeasure
from heed.insight.models.rebase import Rebase
from heed.insight.models.recheck import Recheck, RecheckAnswer, RecheckCase
from heed.insight.models.subjects import SubjectModel, Suggestion
from heed.insight.models.themes import NewTheme, ThemeLook
from heed.insight.models.verdicts import Verdict
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
    "GroupFigures",
    "KeptFigures",
    "KeptMeasure",
    "NewLevel",
    "NewTheme",
    "Rebase",
    "Recheck",
    "RecheckAnswer",
    "RecheckCase",
    "Repeated",
    "StaffThread",
    "StepCost",
    "SubjectModel",
    "Suggestion",
    "ThemeLook",
    "Verdict",
    "Watch",
    "WatchCalibration",
    "WatchRun",
]
