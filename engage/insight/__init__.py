"""Where results are read: the stored snapshot as a page, and the files of a report."""
