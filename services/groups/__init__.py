"""LINE groups of districts: what is kept of them, their turns, and leaving them."""
