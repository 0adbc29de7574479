"""What is true of a report before a turn, and the queries by which a step asks for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.conversation.facts import ObligationFacts, Query
from bot.forms.compiled import CompiledForm
from bot.forms.explained import Explained
from bot.forms.values import Values
from bot.messages.bubbles import Text


@dataclass(frozen=True, slots=True)
class LastReport:
    """What the area sent for the nearest earlier round that it reported."""

    round_number: int
    values: Values
    """Under the form of the report that is under way: boxes that it lacks are left out."""
    explained: Explained = field(default_factory=dict)
    """Reasons that were given then for remarks."""
    label: Text | None = None
    """What the round is called where that is not its number."""

    @property
    def called(self) -> int | Text:
        """The round in a sentence, in place of {round}."""
        return self.round_number if self.label is None else self.label


@dataclass(frozen=True, slots=True)
class ApprovalFacts:
    """The head of office's consent, where the campaign wants it before a report leaves the office."""

    wanted: bool = False
    """The campaign wants it of this area."""
    heads: tuple[str, ...] = ()
    """Names of those who can be asked; empty while none has joined."""
    hold: bool = False
    """Without a head the report waits for one; otherwise it may be sent directly."""
    may_agree: bool = False
    """The person is one of the heads: agrees, sends back, sends directly."""
    asked_by: str = ""
    """Name of who has asked; empty while nothing waits."""
    asked_at: dt.datetime | None = None
    sent_back_by: str = ""
    sent_back_reason: str = ""

    @property
    def must_ask(self) -> bool:
        return self.wanted and not self.may_agree and (self.hold or bool(self.heads))


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """The draft of an obligation, or what a new one would start from."""

    obligation: ObligationFacts
    form: CompiledForm
    form_version_id: int
    values: Values
    skipped: frozenset[str]
    row_version: int | None
    """None: nothing is stored yet."""
    updated_by: int | None
    updated_by_name: str
    updated_at: dt.datetime | None
    amends: int | None
    """The version that a submission would change; None for the first report."""
    sent: Values | None
    """The latest version's values; None when nothing was sent yet."""
    known_sources: Mapping[str, str]
    """Box name to source (register, province, calendar, evidence, last) for values that need not be asked."""
    reference: str
    """The reference number that the next version will carry."""
    rounds: tuple[ObligationFacts, ...]
    """All rounds of this form and area, for the receipt; also those that are not open yet."""
    explained: Explained = field(default_factory=dict)
    """Reasons that were given for remarks (bot.forms.explained)."""
    approval: ApprovalFacts = ApprovalFacts()
    people: Mapping[int, str] = field(default_factory=dict)
    """Names of those who typed something of it, by person id."""
    last: LastReport | None = None
    """The earlier round's report that this one can be filled in from."""
    newer_form: int | None = None
    """The form version that the draft could go over to; None when it is on the newest, or changes a sent report."""
    withdrawn: bool = False
    """The draft's form version may no longer be used."""


@dataclass(frozen=True, slots=True)
class ReportOf(Query[ReportFacts]):
    obligation_id: int


@dataclass(frozen=True, slots=True)
class NewerForm:
    """A draft as it would stand under the form that was loaded since it was begun."""

    version_id: int
    form: CompiledForm
    values: Values
    skipped: frozenset[str]
    kept: int
    """Answers that stay."""
    lost: tuple[str, ...]
    """Boxes of the version begun on whose answers have no place any more."""
    fresh: tuple[str, ...]
    """Boxes that are asked anew."""


@dataclass(frozen=True, slots=True)
class NewerFormOf(Query[NewerForm | None]):
    """What a draft could go over to; None when it is on the newest form already."""

    obligation_id: int


@dataclass(frozen=True, slots=True)
class ColleagueFacts:
    id: int
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class ColleaguesOf(Query[tuple[ColleagueFacts, ...]]):
    """Who else may answer for the area, the longest member first; without the person who asks."""

    area_code: str


@dataclass(frozen=True, slots=True)
class QuotedFacts:
    """What a message was about: a report, the question that it asked, the boxes that it told or answered."""

    obligation_id: int
    step: str = ""
    only: str = ""
    """The one box of the question that was asked for."""
    boxes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quoted(Query[QuotedFacts | None]):
    """What the message that is quoted was about, one of ours or the person's own; None when that is not known."""

    message_id: str
