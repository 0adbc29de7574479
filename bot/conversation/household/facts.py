"""What the conversation asks about a village's households: cases, checks, how signatures are taken."""

from __future__ import annotations

from dataclasses import dataclass

from bot.conversation.facts import Query
from bot.conversation.household.checks import Case, HouseCheck, VillageCounts, count


@dataclass(frozen=True, slots=True)
class VillageChecks:
    """All that has been sent of a village so far."""

    cases: tuple[Case, ...]
    """The campaign's, in the reader's language."""
    checks: tuple[HouseCheck, ...]
    """Every household, in the order of the list."""
    signing: str = ""
    """How the person takes signatures (bot.conversation.household.signing); empty: not asked yet."""

    @property
    def counts(self) -> VillageCounts:
        return count(self.checks, self.cases)

    def of(self, house: str) -> HouseCheck:
        """One household by its name; a new one where nobody has heard of it."""
        return next((check for check in self.checks if check.house == house), HouseCheck(house, registered=False))


@dataclass(frozen=True, slots=True)
class ChecksOf(Query[VillageChecks]):
    village_code: str


@dataclass(frozen=True, slots=True)
class CaseReceipt:
    """What an answer of ours said was stored."""

    village_code: str
    house: str
    cases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuotedCase(Query[CaseReceipt | None]):
    """The cases that a quoted answer of ours was about; None for one of a village that the person leads no more."""

    message_id: str
