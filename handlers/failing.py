"""What nobody foresaw, in the log: its kind, the route, and where in our code it arose; never its words, which may be
somebody's."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path

from flask import request

log = logging.getLogger(__name__)

_ROOT = Path(__file__).parents[1]
_OURS = {"adapters", "bot", "handlers", "models", "services"}


def note(error: Exception) -> None:
    log.error("request failed: %s in %s at %s", type(error).__name__, request.endpoint, place_of(error))


def place_of(error: Exception) -> str:
    """File and line of the innermost of our own calls: services/ledger/rounds.py:12. "" where there is none."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        path = Path(frame.filename)
        if path.is_relative_to(_ROOT) and path.relative_to(_ROOT).parts[0] in _OURS:
            return f"{path.relative_to(_ROOT)}:{frame.lineno}"
    return ""
