"""Changing one's mind: back, by box or name, from a list or a quoted message, instances of repeats."""
