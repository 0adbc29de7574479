"""What the conversation asks about signing on the screen."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bot.conversation.facts import Query


@dataclass(frozen=True, slots=True)
class SignPageFacts:
    address: str
    good_until: dt.datetime
    key: str = ""
    """What the signature that comes through it is known by."""


@dataclass(frozen=True, slots=True)
class SignAddress(Query[SignPageFacts]):
    """A new address of the page on which one household of a village signs."""

    village_code: str
    house_no: str
    """Empty: the village's leader signs its summary."""
    role: str = "respondent"
    """Who is to sign (models.signature.SignerRole); it can be changed on the page."""
