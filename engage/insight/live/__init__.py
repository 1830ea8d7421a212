"""Watching a survey while it is open: is it working, whom does it reach, where does it lose people."""
