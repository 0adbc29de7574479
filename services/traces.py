"""What went wrong, without a word that somebody wrote: for logs, which are read by others and kept elsewhere."""

from __future__ import annotations


class WordlessError(Exception):
    """Stands for an error by the name of its type."""


def without_words(error: BaseException) -> WordlessError:
    """The error's type and place. Its message may quote what a person wrote: a ValueError quotes its value."""
    return WordlessError(type(error).__name__).with_traceback(error.__traceback__)
