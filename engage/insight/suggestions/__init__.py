"""The page on which codes are suggested from what people have coded, and the job that works them out."""
