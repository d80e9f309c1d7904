"""Procedures as versioned data: one readable file each, with calendar, times, stages, routes, duties and provenance."""

from heed.organisations.code_lists.versions import Unknown
from heed.organisations.procedures.loading import keys, load, load_all
from heed.organisations.procedures.ombudsmen import OmbudsmanCard
from heed.organisations.procedures.schema import Procedure

__all__ = ["OmbudsmanCard", "Procedure", "Unknown", "keys", "load", "load_all"]
