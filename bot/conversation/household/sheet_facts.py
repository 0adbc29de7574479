"""What the conversation asks about signed paper sheets."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bot.conversation.facts import Query


@dataclass(frozen=True, slots=True)
class UnsignedOf(Query[tuple[str, ...]]):
    """Names of the households of which something was sent on a day and that still lack a signature, in list order."""

    village_code: str
    day: dt.date
    """Of the photo of their sheet, in Bangkok."""
