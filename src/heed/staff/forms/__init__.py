"""Forms of the staff, a module a step."""
