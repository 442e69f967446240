"""One measure a module: each takes tables and returns a table, and none knows another."""
