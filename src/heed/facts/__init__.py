"""One row per item of feedback, case, remedy, action and survey answer, and how much was done: no personal data."""
