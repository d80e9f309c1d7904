"""A documented JSON API for other systems."""
