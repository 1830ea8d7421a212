"""The history of answers that are not sent yet."""
