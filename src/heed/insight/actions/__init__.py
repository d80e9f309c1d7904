"""What insight writes: only into its own tables."""
