"""Word lists, each with its source and licence in the file itself."""
