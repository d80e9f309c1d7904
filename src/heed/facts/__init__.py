"""One row per item of feedback, case, remedy and action, without personal data, for counting."""
