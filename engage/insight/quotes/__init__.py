"""Choosing quotes and letting a second person check them."""
