"""The pages on which officers write a report's commentary beside its figures, and make it final."""
