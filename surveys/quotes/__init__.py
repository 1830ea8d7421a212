"""Quotes: words of comments that may be printed, once they have passed every gate and two people have looked."""
