"""What insight writes: only into its own tables, and e-mails through correspondence."""
