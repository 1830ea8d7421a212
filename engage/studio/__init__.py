"""Where an officer looks after surveys: their collectors, posters and leaflets, and answers that do not belong."""
