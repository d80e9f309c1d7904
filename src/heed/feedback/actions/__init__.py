"""The verbs of feedback: record, draft, pass on, check a code."""
