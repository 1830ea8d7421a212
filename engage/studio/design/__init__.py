"""The pages on which officers write a survey: its themes, questions, scales and the changes made to them."""
