"""What the conversation asks about printed documents."""

from __future__ import annotations

from dataclasses import dataclass

from bot.conversation.facts import Query


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """Addresses of a report as the office prints it, for one person, good for a while."""

    form: str
    """The printed form as PDF."""
    letter: str
    """Covering letter and form as a Word file, to be signed."""


@dataclass(frozen=True, slots=True)
class PictureFacts:
    """Addresses of a draft as the printed form would show it, for one person, good for a while."""

    large: str
    small: str


@dataclass(frozen=True, slots=True)
class PictureOf(Query[PictureFacts | None]):
    """Of the draft as it was stored under `row_version`; None where nothing is printed."""

    obligation_id: int
    row_version: int


@dataclass(frozen=True, slots=True)
class DocumentsOf(Query[DocumentFacts | None]):
    """Of the version that stands when they are opened; None where nothing is printed, as when a form is tried out."""

    obligation_id: int
