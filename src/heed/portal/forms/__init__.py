"""The questions of the portal's pages, a module a step."""
