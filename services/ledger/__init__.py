"""Obligations: who owes what by when, each step of it, and what the province decides and asks about them."""
