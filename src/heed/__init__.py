"""Heed: listen to people, put things right, and prove that it was learned from."""
