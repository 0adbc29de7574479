"""What somebody else would be shown of a report now, in their own words: cards that are pushed to colleagues."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from sqlalchemy.orm import Session

from bot.conversation.report.context import Context
from bot.conversation.report_facts import ReportOf
from bot.messages.bubbles import Bubble
from models.people import LineAccount
from services.chat.asking import answered
from services.chat.facts import FactsLoader

Say = Callable[[Context], tuple[Bubble, ...]]


def seen_by(
    session: Session, loader: FactsLoader, account: LineAccount, obligation_id: int, now: dt.datetime, say: Say
) -> tuple[Bubble, ...]:
    """What `say` tells of the report as that account's person would see it; `now` is civil."""
    session.flush()
    facts = loader.load(session, account, now)
    return answered(
        session, loader, account, facts, lambda known: say(Context.of(known, known.ask(ReportOf(obligation_id))))
    )
