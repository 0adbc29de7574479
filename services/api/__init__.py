"""Data out to other programs: their tokens, and what they read. Ids, codes and values, never a person's name."""
