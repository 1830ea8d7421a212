"""The pages on which passages of comments are taken out, wrong masks lifted, and comments translated."""
