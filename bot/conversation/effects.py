"""What a turn wants to happen besides being said. Data only: services.chat.effects carries it out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.conversation.broadcast_effects import (
    CancelBroadcast,
    ConfirmBroadcast,
    PrepareBroadcast,
    SawWaitingSummaries,
    ShowSummary,
    ToldDelivery,
)
from bot.conversation.household_effects import (
    BindPhoto,
    ChooseSigning,
    CoverSheet,
    DropCase,
    DropPhoto,
    KeepPhoto,
    MarkCase,
    NoteCase,
    SummariseBurst,
)


@dataclass(frozen=True, slots=True)
class CountWrongCode:
    """An unknown, used or expired invitation code was typed."""


@dataclass(frozen=True, slots=True)
class RedeemInvitation:
    invitation_id: int
    name: str
    privacy_version: int


@dataclass(frozen=True, slots=True)
class RequestToJoin:
    name: str
    role: str
    area_code: str
    privacy_version: int


@dataclass(frozen=True, slots=True)
class DecideRequest:
    request_id: int
    approve: bool


@dataclass(frozen=True, slots=True)
class ChooseLanguage:
    language: str


@dataclass(frozen=True, slots=True)
class MarkFollowing:
    following: bool


@dataclass(frozen=True, slots=True)
class SaveDraft:
    """Store a draft; refused (and the turn taken again) when someone else has stored since `row_version`."""

    obligation_id: int
    form_version_id: int
    row_version: int | None
    answers: dict[str, Any]
    skipped: tuple[str, ...]
    amends: int | None
    explained: Mapping[str, Any] = field(default_factory=dict)
    """Reasons for remarks (bot.forms.explained)."""


@dataclass(frozen=True, slots=True)
class DropDraft:
    obligation_id: int
    row_version: int


@dataclass(frozen=True, slots=True)
class SubmitReport:
    obligation_id: int
    row_version: int


@dataclass(frozen=True, slots=True)
class AskApproval:
    """Ask the head of office to agree to the draft as it stands; the heads get the card."""

    obligation_id: int
    row_version: int


@dataclass(frozen=True, slots=True)
class ApproveReport:
    """Agree and send the report for whoever asked, who gets the receipt as well."""

    obligation_id: int
    row_version: int


@dataclass(frozen=True, slots=True)
class SendBack:
    """Do not agree: whoever asked is told the reason, word for word, and goes on with the draft."""

    obligation_id: int
    row_version: int
    reason: str


@dataclass(frozen=True, slots=True)
class OfferedForm:
    """The newer form version was offered for the draft: not again."""

    obligation_id: int
    version_id: int


@dataclass(frozen=True, slots=True)
class HandOver:
    """The round's report is somebody else's from now on (None: the officer's again). They are told."""

    obligation_id: int
    person_id: int | None


@dataclass(frozen=True, slots=True)
class ReturnReport:
    """The province gives a report back; its officer is told at once."""

    obligation_id: int
    boxes: Mapping[str, str]
    """Reasons by the box's address; "" is the report as a whole."""


@dataclass(frozen=True, slots=True)
class AcceptReport:
    """The province takes the report as it stands: it is not changed any more."""

    obligation_id: int


@dataclass(frozen=True, slots=True)
class WaiveReport:
    """The province asks for the report no more."""

    obligation_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class ReopenReport:
    """The province takes its acceptance, or its waiver, back."""

    obligation_id: int


@dataclass(frozen=True, slots=True)
class CloseRound:
    """No report of the round is taken any more; `closed` False: late ones are taken again."""

    round_id: int
    closed: bool


@dataclass(frozen=True, slots=True)
class DropMedia:
    """Forget a medium that answered a box of a report and has been replaced, or taken out again."""

    message_id: str
    obligation_id: int


@dataclass(frozen=True, slots=True)
class AttachPhotos:
    """Keep the account's loose photos as attachments of a report, or (obligation None) drop them."""

    obligation_id: int | None


@dataclass(frozen=True, slots=True)
class EndDeskSessions:
    """Sign the person out of the desk in every browser."""


Effect = (
    CountWrongCode
    | RedeemInvitation
    | RequestToJoin
    | DecideRequest
    | ChooseLanguage
    | MarkFollowing
    | SaveDraft
    | DropDraft
    | SubmitReport
    | AskApproval
    | ApproveReport
    | SendBack
    | OfferedForm
    | HandOver
    | ReturnReport
    | AcceptReport
    | WaiveReport
    | ReopenReport
    | CloseRound
    | KeepPhoto
    | BindPhoto
    | CoverSheet
    | DropPhoto
    | MarkCase
    | NoteCase
    | DropCase
    | SummariseBurst
    | ChooseSigning
    | DropMedia
    | AttachPhotos
    | ShowSummary
    | SawWaitingSummaries
    | PrepareBroadcast
    | ConfirmBroadcast
    | CancelBroadcast
    | ToldDelivery
    | EndDeskSessions
)
