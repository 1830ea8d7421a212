"""Where administrators look after the tree of organisations, and after what these share with one another."""
