"""Charts take one table and the words around it and return a `Figure`; they compute nothing."""
