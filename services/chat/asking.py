"""Asking what the chat's steps ask, outside a turn: pushed cards, and pages that decide as the chat does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from sqlalchemy.orm import Session

from bot.conversation.facts import Facts, Missing
from models.people import LineAccount
from services.chat.facts import FactsLoader

MAX_QUERIES = 12
"""Whoever asks for more facts than this is asking in circles."""
Answer = TypeVar("Answer")


def answered(
    session: Session, loader: FactsLoader, account: LineAccount, facts: Facts, work: Callable[[Facts], Answer]
) -> Answer:
    """What `work` (pure) returns once every fact that it asks for has been found, for that account.

    Raises RuntimeError when it asks for too many.
    """
    for _ in range(MAX_QUERIES):
        try:
            return work(facts)
        except Missing as missing:
            answer = loader.find(session, account, facts, missing.query)
            facts = replace(facts, found={**facts.found, missing.query: answer})
    raise RuntimeError("a card asked for too many facts")
