"""The pages on which officers enter what workshops said, theme by theme."""
