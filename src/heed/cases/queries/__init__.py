"""Cases, read: worklists, one case, its timeline, and what the person themselves may see."""
