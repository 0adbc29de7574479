"""The reminder plan: whose turn it is, in which words, once."""
