"""Trying a survey before anybody answers it: the respondents' own pages made from its design, and what readers say.

Nothing that is answered here is kept on this side: it travels in a cookie of the preview alone, and is never counted.
"""
