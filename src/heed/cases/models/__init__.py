"""The tables of a case: the case and its log, what is being looked into, how it is answered."""

from heed.cases.models.answer import Remedy, Response, ResponsePart
from heed.cases.models.case import Case, CaseEvent
from heed.cases.models.work import (
    Acknowledgement,
    ComplainedAbout,
    Contact,
    Evidence,
    Extension,
    Finding,
    Issue,
    Plan,
    Reason,
    RiskRating,
)

__all__ = [
    "Acknowledgement",
    "Case",
    "CaseEvent",
    "ComplainedAbout",
    "Contact",
    "Evidence",
    "Extension",
    "Finding",
    "Issue",
    "Plan",
    "Reason",
    "Remedy",
    "Response",
    "ResponsePart",
    "RiskRating",
]
