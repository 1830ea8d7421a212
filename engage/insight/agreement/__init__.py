"""The pages of a second coder: drawing a sample, coding it blind, how far both agree, and where they differ."""
