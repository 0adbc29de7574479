"""Who somebody is, and how they became it."""
