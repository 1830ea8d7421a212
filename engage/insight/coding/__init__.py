"""The pages on which comments are coded: frames of codes, one comment after another, searching, and how far it is."""
