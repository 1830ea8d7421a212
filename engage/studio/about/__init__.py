"""What a survey says about itself: why, when, who, about whom, and what there is to read. Each is one short form."""
