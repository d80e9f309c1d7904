"""The portal's pages, a module a step."""
