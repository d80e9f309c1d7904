"""Pages for the people who work there: worklist, case, learning, insight and settings."""
