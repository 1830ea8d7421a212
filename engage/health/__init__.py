"""What monitoring asks: is the process alive, can it serve, how is it doing. No personal data."""
