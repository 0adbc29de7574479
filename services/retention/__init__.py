"""Removing what people sent once the work that it was sent for is over, and what remains of it."""
