"""From a design to a live survey and to its end: checks, publishing, versions, dates, closing and withdrawing."""
