"""What somebody else would be shown of a report now, in their own words: cards that are pushed to colleagues."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from sqlalchemy.orm import Session

from bot.conversation.facts import Missing
from bot.conversation.report.context import Context
from bot.conversation.report_facts import ReportOf
from bot.messages.bubbles import Bubble
from models.people import LineAccount
from services.chat.facts import FactsLoader

Say = Callable[[Context], tuple[Bubble, ...]]
MAX_QUERIES = 12
"""A card that asks for more facts than this is asking in circles."""


def seen_by(
    session: Session, loader: FactsLoader, account: LineAccount, obligation_id: int, now: dt.datetime, say: Say
) -> tuple[Bubble, ...]:
    """What `say` tells of the report as that account's person would see it; `now` is civil."""
    session.flush()
    facts = loader.load(session, account, now)
    for _ in range(MAX_QUERIES):
        try:
            return say(Context.of(facts, facts.ask(ReportOf(obligation_id))))
        except Missing as missing:
            answer = loader.find(session, account, facts, missing.query)
            facts = replace(facts, found={**facts.found, missing.query: answer})
    raise RuntimeError("a card asked for too many facts")
