"""Fills a new database with the demonstration, from the readable data in `demo/`, through the pages' own actions."""
