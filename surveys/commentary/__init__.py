"""An officer's commentary on a survey's results: what a report says that numbers alone cannot.

Its texts name figures by reference (``[[fair-care chosen patients]]``), so that what is printed always follows from
the stored results. It goes from draft to for comment to final; a final one never changes, and a new edition begins
from it.
"""
