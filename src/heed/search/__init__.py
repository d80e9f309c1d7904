"""Search entries with their audience, found alike on both databases."""
