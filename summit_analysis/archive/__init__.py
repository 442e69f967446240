"""The measures of the small path over an archive of millions of articles."""
