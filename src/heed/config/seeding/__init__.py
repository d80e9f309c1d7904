"""Makes plausible feedback, cases and learning in bulk, below the actions, with the words of `demo/words.toml`; what
follows from the rows (dates, next steps, facts, search entries) comes from the same projections as everywhere."""
