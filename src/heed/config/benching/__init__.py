"""Measures how quick the pages are, over HTTP against the real server, and compares what they answer with a direct count."""
