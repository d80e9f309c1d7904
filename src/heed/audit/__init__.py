"""Who did or saw what, for accountability: the actor, the refusal and the audit trail."""
