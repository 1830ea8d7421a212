"""The pages on which somebody reads every comment that came in: their hub, the queue, and one comment."""
