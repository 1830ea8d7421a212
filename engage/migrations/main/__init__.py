"""The history of everything that is kept."""
