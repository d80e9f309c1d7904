"""What was learned, the change that was promised, and the human review that it happened and lasted."""
