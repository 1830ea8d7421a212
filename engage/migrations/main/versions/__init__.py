"""One revision each, in order."""
