"""The life of a case, from receipt to close, and its event log."""
