"""The page on which ideas that people raised become the themes of the next survey."""
