"""One row per item of feedback, case, remedy and action, and how much was done, without personal data, for counting."""
