"""Names in a button's data: LINE takes 300 characters, a box deep in nested repeats may have a longer address."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from urllib.parse import quote_plus

MOST = 64
"""Characters of one name as it stands in a button's data. Three such are under 300."""
_MARK = "~"


def token(name: str) -> str:
    """The name itself, or what stands for one that is too long. `named` finds it again."""
    if len(quote_plus(name)) <= MOST:
        return name
    return _MARK + hashlib.sha256(name.encode()).hexdigest()[:24]


def named(said: str, names: Iterable[str]) -> str:
    """Which of `names` a token stands for; what stands for none is returned as it is."""
    if not said.startswith(_MARK):
        return said
    return next((name for name in names if token(name) == said), said)
