"""Reads feedback out of files that others made: pure, no tables."""
