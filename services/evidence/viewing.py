"""The one door through which pictures of the evidence leave: whose area it is, who looked, and never the original.

Photos are shown as the copy without EXIF that was made when they came in (services.evidence.pictures). A picture that
is looked at is written down once for each session and a few minutes; the small ones of a page as one row with their
number, when the page is made. A small picture therefore opens only with the key that such a page was given.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.area import Household
from models.base import Sessions
from models.media import Media, MediaState
from models.obligation import Obligation
from models.register import Volunteer, VolunteerSignature
from models.sent_letter import SentLetter
from models.signature import Signature
from models.work import Audit
from services.desk.sessions import Visitor
from services.ports import Clock, MediaStore

VIEWED = "viewed"
LISTED = "viewed_small"
AGAIN_AFTER = dt.timedelta(minutes=5)
"""Looking at the same picture once more within this time is the same look."""
_JPEG, _PNG = "image/jpeg", "image/png"
_SHOWN = "photos/"
"""Where the copies that may be shown lie in the media store; whatever else people sent is no picture."""


class Shelf(StrEnum):
    """Which table a picture's number is of."""

    PHOTO = "photo"
    SIGNATURE = "signature"
    """Of a household or a village's summary."""
    VOLUNTEER = "volunteer_signature"
    LETTER = "letter"
    """A signed letter: a picture, or a PDF."""


class NotShownError(LookupError):
    """There is no such picture, or not in the visitor's area: the answer is the same."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that may be shown."""

    shelf: Shelf
    id: int
    area_code: str
    key: str
    """In the media store."""
    content_type: str

    @property
    def tag(self) -> str:
        return hashlib.sha256(self.key.encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Viewing:
    sessions: Sessions
    clock: Clock
    store: MediaStore
    secret_key: str = field(repr=False)

    def open_media(self, visitor: Visitor, shelf: Shelf, number: int) -> Picture:
        """A picture at its full size, and the note of who looks at it. Raises NotShownError."""
        with self.sessions() as session:
            found = self._find(session, visitor, shelf, number, small=False)
            noted = self._noted(session, visitor, found)
        if not noted:
            with self.sessions() as session, session.begin():
                session.add(self._row(visitor, VIEWED, _subject(found), found.area_code, {}))
        return found

    def open_small(self, visitor: Visitor, shelf: Shelf, number: int, key: str) -> Picture:
        """A small picture, for whoever was given its page. Raises NotShownError."""
        if not hmac.compare_digest(key.encode(), self.small_key(visitor, shelf, number).encode()):
            raise NotShownError(number)
        with self.sessions() as session:
            return self._find(session, visitor, shelf, number, small=True)

    def small_key(self, visitor: Visitor, shelf: Shelf, number: int) -> str:
        """Opens one small picture to one session. Only for pages that have called `list_small`."""
        subject = f"{visitor.session_id} {shelf.value} {number}"
        return hmac.digest(f"small picture {self.secret_key}".encode(), subject.encode(), hashlib.sha256).hex()[:32]

    def list_small(self, visitor: Visitor, shelf: Shelf, numbers: Collection[int], area_code: str) -> None:
        """Note that a page shows these small pictures of an area."""
        if not numbers:
            return
        detail = {"n": len(numbers), "first": min(numbers), "last": max(numbers)}
        row = self._row(visitor, LISTED, f"{shelf.value} {area_code}", area_code, detail)
        with self.sessions() as session:
            seen = self._recent(session, visitor, LISTED, row.subject)
        if any({name: value for name, value in each.items() if name != "session"} == detail for each in seen):
            return
        with self.sessions() as session, session.begin():
            session.add(row)

    def read(self, picture: Picture) -> Iterator[bytes]:
        """Its bytes. Raises NotShownError when the store has it no more, OSError when the store is away."""
        try:
            return self.store.get(picture.key)
        except KeyError:
            raise NotShownError(picture.id) from None

    def _find(self, session: Session, visitor: Visitor, shelf: Shelf, number: int, *, small: bool) -> Picture:
        finders = {Shelf.PHOTO: _photo, Shelf.SIGNATURE: _signature, Shelf.VOLUNTEER: _volunteer, Shelf.LETTER: _letter}
        found = finders[shelf](session, number, small)
        if found is None or not visitor.scope.sees(found.area_code):
            raise NotShownError(number)
        return found

    def _noted(self, session: Session, visitor: Visitor, picture: Picture) -> bool:
        return bool(self._recent(session, visitor, VIEWED, _subject(picture)))

    def _recent(self, session: Session, visitor: Visitor, action: str, subject: str) -> list[dict[str, object]]:
        """What this session was noted for a moment ago."""
        rows = session.scalars(
            select(Audit.detail).where(
                Audit.person_id == visitor.person_id,
                Audit.at > self.clock.now() - AGAIN_AFTER,
                Audit.action == action,
                Audit.subject == subject,
            )
        )
        return [row for row in rows if row.get("session") == visitor.session_id]

    def _row(self, visitor: Visitor, action: str, subject: str, area_code: str, detail: Mapping[str, object]) -> Audit:
        return Audit(
            at=self.clock.now(),
            person_id=visitor.person_id,
            action=action,
            subject=subject,
            area_code=area_code,
            detail={**detail, "session": visitor.session_id},
        )


def _subject(picture: Picture) -> str:
    return f"{picture.shelf.value} {picture.id}"


def _photo(session: Session, number: int, small: bool) -> Picture | None:  # noqa: FBT001 - finders share a signature
    media = session.get(Media, number)
    if media is None or media.state != MediaState.STORED.value:
        return None
    key = media.thumbnail_key if small else media.storage_key
    # a pair of a photo and its small copy; anything else that was sent (a file, a voice) is no picture
    if not key.startswith(_SHOWN):
        return None
    return Picture(Shelf.PHOTO, media.id, area_of(session, media), key, _JPEG)


def area_of(session: Session, media: Media) -> str:
    """Where a photo belongs: its household's village, else the village or report that it was sent for."""
    if media.household_id is not None:
        return session.get_one(Household, media.household_id).village_code
    if media.village_code is not None:
        return media.village_code
    return session.get_one(Obligation, media.obligation_id).area_code if media.obligation_id is not None else ""


def _signature(session: Session, number: int, small: bool) -> Picture | None:  # noqa: ARG001, FBT001 - see above
    row = session.get(Signature, number)
    if row is None or not row.storage_key:
        return None
    return Picture(Shelf.SIGNATURE, row.id, row.village_code, row.storage_key, _PNG)


def _volunteer(session: Session, number: int, small: bool) -> Picture | None:  # noqa: ARG001, FBT001 - see above
    row = session.get(VolunteerSignature, number)
    if row is None:
        return None
    area = session.get_one(Volunteer, row.volunteer_id).area_code
    return Picture(Shelf.VOLUNTEER, row.id, area, row.storage_key, _JPEG)


def _letter(session: Session, number: int, small: bool) -> Picture | None:  # noqa: ARG001, FBT001 - see above
    row = session.get(SentLetter, number)
    if row is None or not row.storage_key:
        return None
    return Picture(Shelf.LETTER, row.id, row.area_code, row.storage_key, row.content_type)
