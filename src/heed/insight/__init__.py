"""Measures, signals, themes, computed verdicts and snapshots; reads facts, never writes them."""
