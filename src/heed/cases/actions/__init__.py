"""The verbs of a case, a module a step. They are the only writers."""
