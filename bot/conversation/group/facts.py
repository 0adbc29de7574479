"""What is true of a group before a turn, frozen. Groups write to us seldom, so all of it is read at once.

Nothing here names a person but the one who asks, and nothing holds a figure of a report.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bot.conversation.facts import AreaFacts, PersonFacts
from bot.messages.bubbles import Text
from bot.messages.catalogue import Catalogue
from bot.reading.reader import Reader


@dataclass(frozen=True, slots=True)
class RoundState:
    """How far a district is with one round."""

    called: int | Text
    """In place of {round}: its number; of a duty, what it is called."""
    due_at: dt.datetime
    opened: bool
    state: str
    """sent, returned, asked (waits for the head of office), half (begun), open, closed (never sent) or waived."""
    left: int = 0
    """Questions left of what has been begun."""
    own: bool = True
    """Of the campaign's own rounds; otherwise a date of one of its duties."""

    @property
    def owed(self) -> bool:
        return self.state in {"returned", "asked", "half", "open"}


@dataclass(frozen=True, slots=True)
class GroupFacts:
    now: dt.datetime
    """Civil time, aware, in the zone of the campaign."""
    catalogue: Catalogue
    reader: Reader
    allowed: bool
    """Whether the campaign lets the account stay in groups, and this is a group (not LINE's old kind of room)."""
    days: int
    """Within how many days somebody has to say whose group it is."""
    overdue: bool
    """Those days are over."""
    districts: tuple[AreaFacts, ...] = ()
    """All of the province: of the group's or, while it is nobody's, of the one that the speaker works in."""
    area: AreaFacts | None = None
    """The district whose group it is."""
    person: PersonFacts | None = None
    """Who speaks, when they have joined the work."""
    rounds: tuple[RoundState, ...] = ()
    """The district's, by their dates; those that have yet to open as well."""

    @property
    def staff(self) -> bool:
        """Provincial staff of the group's district, or of those that it may become the group of."""
        here = self.area or next(iter(self.districts), None)
        watched = self.person.areas("staff", "admin") if self.person is not None else ()
        return here is not None and any(here.code.startswith(area.code) for area in watched)

    @property
    def may_see(self) -> bool:
        """Who works in the district or for the province hears how far its reports are; others are strangers here."""
        if self.person is None or self.area is None:
            return False
        return self.staff or any(item.area.code.startswith(self.area.code) for item in self.person.roles)
