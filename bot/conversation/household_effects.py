"""What leaders' messages ask the service to do about photos, sheets and cases."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


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
    said_in: str = ""
    """The message that named the house; taken back, the house is not known any more. Empty: a button."""


@dataclass(frozen=True, slots=True)
class CoverSheet:
    """A photo is of a signed sheet: these households signed it, and no others."""

    message_id: str
    village_code: str
    houses: tuple[str, ...]
    """Names (bot.conversation.household.names)."""
    said_in: str = ""
    """The message that named them; taken back, they go."""


@dataclass(frozen=True, slots=True)
class DropPhoto:
    """Forget a photo that the account sent of a house."""

    message_id: str


@dataclass(frozen=True, slots=True)
class MarkCase:
    """A case holds of a household. `note` with the message that gave it; an empty one leaves what was noted before."""

    village_code: str
    house: str
    case: str
    note: str = ""
    message_id: str = ""


@dataclass(frozen=True, slots=True)
class NoteCase:
    """What a case asks for, of one that stands: its note, or who of the household confirmed it."""

    village_code: str
    house: str
    case: str
    note: str = ""
    confirmed_by: str = ""
    message_id: str = ""


@dataclass(frozen=True, slots=True)
class DropCase:
    """A case does not hold of a household after all."""

    village_code: str
    house: str
    case: str


@dataclass(frozen=True, slots=True)
class SummariseBurst:
    """Photos are coming in: sum them up once nothing has come for a moment, as an answer, never as a push."""


@dataclass(frozen=True, slots=True)
class ChooseSigning:
    """How the person takes signatures from now on."""

    way: str
    """paper, screen, or asked: the question has been put (bot.conversation.household.signing)."""
