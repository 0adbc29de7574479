"""What a turn wants to happen besides being said. Data only: services.chat.effects carries it out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


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
class KeepPhoto:
    """Fetch the bytes of a photo, or of any other medium that was asked for, at once; they are kept for the person's
    village or as an attachment of a report."""

    message_id: str
    sent_at: dt.datetime
    village_code: str | None = None
    obligation_id: int | None = None
    kind: str = "image"
    """LINE's type of the message: image, video, audio or file."""


@dataclass(frozen=True, slots=True)
class BindPhoto:
    """Say which household a photo of the account shows. A house that the register does not know is added, marked so."""

    message_id: str
    village_code: str
    house_no: str
    """Empty: it is not known after all."""


@dataclass(frozen=True, slots=True)
class DropPhoto:
    """Forget a photo that the account sent of a house."""

    message_id: str


@dataclass(frozen=True, slots=True)
class SummariseBurst:
    """Photos are coming in: sum them up once nothing has come for a moment, as an answer, never as a push."""


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
class PrepareBroadcast:
    """A preview was shown: keep it under its key, so that one word, once, sends it."""

    key: str
    kind: str
    audience: Mapping[str, Any]
    """bot.conversation.broadcast_facts.Audience as JSON."""
    words: str
    cost: int
    """Messages that the preview named."""


@dataclass(frozen=True, slots=True)
class ConfirmBroadcast:
    """Let a preview go out at `send_at` (civil); refused, and the turn taken again, when it has been decided on."""

    key: str
    send_at: dt.datetime


@dataclass(frozen=True, slots=True)
class CancelBroadcast:
    """Drop a preview, or stop what has not gone; refused, and the turn taken again, when it has."""

    key: str


@dataclass(frozen=True, slots=True)
class ToldDelivery:
    """Who confirmed a broadcast has seen what became of it: no notice is due any more."""

    key: str


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
    | DropPhoto
    | SummariseBurst
    | DropMedia
    | AttachPhotos
    | PrepareBroadcast
    | ConfirmBroadcast
    | CancelBroadcast
    | ToldDelivery
)
