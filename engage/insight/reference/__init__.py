"""The page on which a survey is given a population to compare its answers with."""
