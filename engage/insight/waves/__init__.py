"""The page on which officers say which earlier survey a survey asks again, and how well each question compares."""
