"""Measurements of the package: what it costs and what it withstands. Each module prints a table and stores it."""
