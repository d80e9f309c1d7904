"""What an organisation's people may change about it; each change in the audit trail."""

from heed.organisations.actions.activity import choose_activity, enter_activity, undo_activity
from heed.organisations.actions.groups import remove_population, set_group_questions, set_population
from heed.organisations.actions.settings import (
    add_closure,
    add_service,
    change_service,
    remove_closure,
    set_contact,
    set_look,
    set_risk_matrix,
)

__all__ = [
    "add_closure",
    "add_service",
    "change_service",
    "choose_activity",
    "enter_activity",
    "remove_closure",
    "remove_population",
    "set_contact",
    "set_group_questions",
    "set_look",
    "set_population",
    "set_risk_matrix",
    "undo_activity",
]
