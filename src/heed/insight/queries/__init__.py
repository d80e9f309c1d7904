"""Figures, read from facts only."""
