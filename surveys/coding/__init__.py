"""Coding comments: frames of codes, the codes that people give to comments, and how far two people agree."""
