"""Comments from their arrival to their use: screened, read by a person, moderated, translated, searched."""
