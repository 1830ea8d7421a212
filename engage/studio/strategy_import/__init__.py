"""From a strategy document to a survey's themes: choosing the document, looking through what was found, using it."""
