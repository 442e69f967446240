"""What leaves the project: figures with their data and words, executed notebooks, tables."""
