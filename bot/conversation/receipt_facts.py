"""What was sent and how it stands: the receipts of a person's areas."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bot.conversation.facts import AreaFacts, Query
from bot.messages.bubbles import Text


@dataclass(frozen=True, slots=True)
class ReceiptFacts:
    """A report that was sent, as it stands now."""

    round_number: int
    area: AreaFacts
    reference: str
    version: int
    sent_at: dt.datetime
    due_at: dt.datetime
    by: str
    state: str
    """submitted, late, returned, accepted, waived."""
    decided_at: dt.datetime | None = None
    """When the province accepted it, or gave it back."""
    duty: str = ""
    """Key of the duty whose date it is; empty for the campaign's own rounds."""
    label: Text | None = None
    """What its round is called where that is not its number."""
    obligation_id: int = 0
    phoned_by: str = ""
    """Who told it on the telephone, where staff of the province wrote it down."""

    @property
    def called(self) -> int | Text:
        """The round in a sentence, in place of {round}."""
        return self.round_number if self.label is None else self.label


@dataclass(frozen=True, slots=True)
class Receipts(Query[tuple[ReceiptFacts, ...]]):
    """The newest version of each report that the person's areas have sent, oldest round first."""
