"""What is true before a turn, frozen. A step asks for more by naming a query; the service answers and steps again.

`step` stays pure that way: given the same state, input and facts it always says the same. Most turns need only
`Facts` itself; a report, a register or an overview is fetched when a flow first asks for it (`Missing`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar, cast

from bot.messages.bubbles import Text
from bot.messages.catalogue import Catalogue
from bot.reading.reader import Reader

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class AreaFacts:
    code: str
    kind: str
    name: str
    """With its kind as people say it: อำเภอภูเรือ."""
    short: str
    """Without: ภูเรือ."""


@dataclass(frozen=True, slots=True)
class RoleFacts:
    role: str
    area: AreaFacts


@dataclass(frozen=True, slots=True)
class PersonFacts:
    id: int
    name: str
    roles: tuple[RoleFacts, ...]

    def areas(self, *roles: str) -> tuple[AreaFacts, ...]:
        return tuple(dict.fromkeys(item.area for item in self.roles if item.role in roles))

    def holds(self, *roles: str) -> bool:
        return any(item.role in roles for item in self.roles)


@dataclass(frozen=True, slots=True)
class ObligationFacts:
    """One report that is owed or has been sent, by an area that the person answers for."""

    id: int
    form_key: str
    round_number: int
    area: AreaFacts
    opens_at: dt.datetime
    due_at: dt.datetime
    closed: bool
    settled: bool
    late: bool
    draft_exists: bool
    versions: int
    """How many report versions stand (0: none sent)."""
    asked: bool = False
    """Its draft waits for the head of office to agree."""
    assigned_to: int | None = None
    """The person that the round's report was handed over to."""
    assigned_name: str = ""
    newer_form: int | None = None
    """The form version that the draft could go over to, as long as it has not been offered."""
    edited_by: int | None = None
    """Who changed the draft last."""
    state: str = ""
    """Of the ledger: open, partly, submitted, late, returned, accepted, waived."""
    returned: tuple[tuple[str, str], ...] = ()
    """What the province wants looked at again: (box, reason); box "" is the whole report. Empty unless returned."""

    duty: str = ""
    """Key of the duty whose date it is; empty for the campaign's own rounds."""
    label: Text | None = None
    """What its round is called where that is not its number."""

    @property
    def called(self) -> int | Text:
        """The round in a sentence, in place of {round}."""
        return self.round_number if self.label is None else self.label

    @property
    def locked(self) -> bool:
        """The province has accepted or waived it: nothing is sent or changed any more."""
        return self.state in {"accepted", "waived"}


@dataclass(frozen=True, slots=True)
class RequestFacts:
    id: int
    name: str
    role: str
    area: AreaFacts


@dataclass(frozen=True, slots=True)
class Facts:
    now: dt.datetime
    """Civil time, aware."""
    catalogue: Catalogue
    """The words of the person's language, for what must be written out: form labels with values in them."""
    reader: Reader
    privacy_version: int
    rounds: Mapping[int, dt.date]
    """Due dates by round number."""
    person: PersonFacts | None = None
    known_account: bool = False
    """The account has written before."""
    codes_left: int = 5
    """Wrong invitation codes that may still be typed; 0: blocked for a while."""
    waiting: RequestFacts | None = None
    """A request of this account that nobody has decided yet."""
    obligations: tuple[ObligationFacts, ...] = ()
    """Opened ones, of every area and form that the person answers for, oldest round first."""
    kept_days: Mapping[str, int | None] = field(default_factory=dict)
    """Days after the last due date that photos, signatures and chats are kept; None: as the records rules say."""
    found: Mapping[Query[Any], Any] = field(default_factory=dict)

    def ask(self, query: Query[T]) -> T:
        """The answer to `query`. Raises Missing when the service has not looked it up yet."""
        if query not in self.found:
            raise Missing(query)
        return cast("T", self.found[query])


class Missing(Exception):  # noqa: N818 - not an error: a question to the service
    """A step needs a fact that was not loaded. The service loads `query` and steps again."""

    def __init__(self, query: Query[Any]) -> None:
        super().__init__(query)
        self.query = query


class Query(Generic[T]):
    """A fact that can be asked for, with the type of its answer. Frozen dataclasses below."""


@dataclass(frozen=True, slots=True)
class InvitationFacts:
    id: int
    role: str
    area: AreaFacts
    name: str
    state: str
    """usable, used or expired."""


@dataclass(frozen=True, slots=True)
class InvitationBy(Query[InvitationFacts | None]):
    code: str


@dataclass(frozen=True, slots=True)
class AreaBy(Query["VillageFacts | None"]):
    """A village by its 8-digit code."""

    code: str


@dataclass(frozen=True, slots=True)
class VillageFacts:
    area: AreaFacts
    leader_name: str


@dataclass(frozen=True, slots=True)
class Districts(Query[tuple[AreaFacts, ...]]):
    """All districts of the province."""


@dataclass(frozen=True, slots=True)
class OpenRequests(Query[tuple[RequestFacts, ...]]):
    """Join requests that this person may decide."""
