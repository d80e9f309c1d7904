"""One module a command; `heed.config.cli` says what a module needs."""
