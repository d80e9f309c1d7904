"""Pages for bodies that watch many organisations: compare, question, assure."""
