"""Where to share: the activity planner with its codes, what is printed for them, and the words to send them with."""
