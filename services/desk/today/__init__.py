"""What the desk's first page shows: what needs doing, who has sent what, and how it goes."""
