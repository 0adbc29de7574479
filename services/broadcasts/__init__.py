"""Words from provincial staff to many, and what became of them."""
