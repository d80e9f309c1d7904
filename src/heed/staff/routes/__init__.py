"""Addresses of the staff pages, a module a step; all stand under `/<organisation>/staff/`."""
