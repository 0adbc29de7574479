"""Data out: what was reported, for people's spreadsheets and other people's programs."""
