"""Code lists as versioned data: one readable file each, with effective dates and provenance."""

from heed.organisations.code_lists.loading import default_risk_matrix, keys, load, load_all, risk_matrix
from heed.organisations.code_lists.schema import CodeList, Item, RiskMatrix
from heed.organisations.code_lists.versions import Unknown

__all__ = [
    "CodeList",
    "Item",
    "RiskMatrix",
    "Unknown",
    "default_risk_matrix",
    "keys",
    "load",
    "load_all",
    "risk_matrix",
]
