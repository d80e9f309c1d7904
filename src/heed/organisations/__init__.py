"""Organisations, their services, and the procedure and code lists that each follows."""
