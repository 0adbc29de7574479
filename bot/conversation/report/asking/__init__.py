"""Asking one question: its bubble, headings, buttons, lists by the page."""
