"""Known answers from published tables and independent software, and the public data that some of them are about."""
