"""ส่งหนังสือแล้ว: the signed letter is kept with its number and day, so that everybody sees what has gone out on paper.

A file is what its bytes say, never its name. Of a photo only a copy drawn anew is kept, without EXIF.
"""

from __future__ import annotations

import datetime as dt
import io
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.reading.national_id import mask
from models.base import Sessions
from models.obligation import Obligation
from models.sent_letter import SentLetter
from models.work import Audit
from services.evidence.pictures.look import RefusedError, look
from services.ports import Clock, MediaStore

LARGEST = 10_000_000
"""Bytes of a file."""
LONGEST_NUMBER = 60
FOLDER = "letters/"
_PDF, _JPEG = "application/pdf", "image/jpeg"


class LetterError(Exception):
    """The letter is not kept. `key`: no_number, future, too_large, not_readable, empty."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True, slots=True)
class NewLetter:
    round_id: int
    obligation_id: int | None
    area_code: str
    number: str
    day: dt.date
    content: bytes


@dataclass(frozen=True)
class SentLetters:
    sessions: Sessions
    clock: Clock
    store: MediaStore

    def add(self, letter: NewLetter, person_id: int, today: dt.date) -> None:
        """Keep it. Raises LetterError, and OSError when the store is away; nothing is kept then."""
        number = mask(" ".join(letter.number.split()))[:LONGEST_NUMBER]
        if not number:
            raise LetterError("no_number")
        if letter.day > today:
            raise LetterError("future")
        content, content_type, ending = _kept(letter.content)
        key = f"{FOLDER}{uuid.uuid4().hex}.{ending}"  # one letter's alone: it may be removed without looking for others
        self.store.put(key, [content])
        now = self.clock.now()
        with self.sessions() as session, session.begin():
            row = SentLetter(
                round_id=letter.round_id,
                obligation_id=letter.obligation_id,
                area_code=letter.area_code,
                number=number,
                day=letter.day,
                storage_key=key,
                content_type=content_type,
                added_by=person_id,
                added_at=now,
            )
            session.add(row)
            session.flush()
            session.add(
                Audit(
                    at=now,
                    person_id=person_id,
                    action="letter_sent",
                    subject=f"letter {row.id}",
                    area_code=letter.area_code,
                    detail={},
                )
            )


def _kept(content: bytes) -> tuple[bytes, str, str]:
    """What is kept of a file, its type and its ending. Raises LetterError."""
    if not content:
        raise LetterError("empty")
    if len(content) > LARGEST:
        raise LetterError("too_large")
    if content.startswith(b"%PDF-"):
        return content, _PDF, "pdf"
    try:
        return look(io.BytesIO(content)).shown, _JPEG, "jpg"
    except RefusedError:
        raise LetterError("not_readable") from None


def letter_of(session: Session, obligation_ids: Collection[int]) -> dict[int, SentLetter]:
    """The newest letter of each report that has one."""
    found = select(SentLetter).where(SentLetter.obligation_id.in_(list(obligation_ids))).order_by(SentLetter.id)
    return {row.obligation_id: row for row in session.scalars(found) if row.obligation_id is not None}


def letter_of_round(session: Session, round_id: int) -> SentLetter | None:
    """The newest letter of the round as a whole."""
    return letters_of_rounds(session, [round_id]).get(round_id)


def letters_of_rounds(session: Session, round_ids: Collection[int]) -> dict[int, SentLetter]:
    """The newest letter of each round as a whole that has one."""
    whole = select(SentLetter).where(SentLetter.round_id.in_(list(round_ids)), SentLetter.obligation_id.is_(None))
    return {row.round_id: row for row in session.scalars(whole.order_by(SentLetter.id))}


def of_report(obligation: Obligation, number: str, day: dt.date, content: bytes) -> NewLetter:
    return NewLetter(obligation.round_id, obligation.id, obligation.area_code, number, day, content)
