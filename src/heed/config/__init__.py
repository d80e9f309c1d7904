"""Settings, addresses, the heed command line, and what the worker drives."""
