"""From stored answers to numbers, and from numbers to paper.

Code in this package may import ``surveys`` and never ``engage``. It is the only package that knows pandas, scipy and
WeasyPrint, and nothing that a respondent's phone reaches may import it. Every figure that leaves it has passed
``reports.disclosure``: renderers accept only disclosed results.
"""
