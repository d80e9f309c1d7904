"""What arrives, by any channel, and the people behind it."""
