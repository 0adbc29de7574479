"""What people type about a signed sheet: the word for it, and the households that it covers as rows or numbers."""

from __future__ import annotations

from dataclasses import dataclass

from bot.conversation.household.house_facts import HouseFacts
from bot.conversation.household.many import names_of, no_such_row
from bot.conversation.household.meant import meant
from bot.messages.bubbles import Bubble
from bot.reading.outcome import Action
from bot.reading.reader import Reader

SHEET, ALL_SENT = "sheet", "sheet_all"
"""Typed orders (bot/reading/data/orders.yaml)."""


@dataclass(frozen=True, slots=True)
class SheetOrder:
    houses: str = ""
    """What follows the word: households, to be read."""
    all_sent: bool = False
    """All that were sent on the sheet's day."""


def asked_words(words: str, reader: Reader) -> SheetOrder | None:
    """ใบลายเซ็น, ใบลายเซ็น 12 14, ครอบคลุมทุกหลังที่ส่งวันนี้; None for any other words."""
    order = reader.order(words)
    if order is None or order.verb not in {SHEET, ALL_SENT}:
        return None
    if order.verb == ALL_SENT:
        return SheetOrder(all_sent=True) if not order.about else None
    inner = reader.order(order.about) if order.about else None
    if inner is not None and inner.verb == ALL_SENT:
        return SheetOrder(all_sent=True)
    return SheetOrder(order.about)


def names_in(words: str, houses: HouseFacts, reader: Reader) -> tuple[str, ...] | Bubble:
    """The households that were typed, some perhaps unsure; what is said of a row that the list lacks; () for none."""
    found = reader.house_numbers(words) or reader.house_rows(words)
    if found is not None:
        return no_such_row(found, houses) or names_of(found, houses)
    reading = reader.house_number(words)
    if reading.value is None or reading.action is not Action.ACCEPT or reading.value.exception:
        return ()
    name = meant(reading.value, reader.plain(words), houses)
    return (name,) if name else ()
