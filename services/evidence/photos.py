"""Fetching what people send from LINE at once (LINE keeps it for an unstated time), and forgetting it again.

A photo is looked into before anything of it is kept (services.evidence.pictures.look): what is stored and shown are
copies drawn here, and the digest of the bytes as they were sent. Other media are stored as they come.
"""

from __future__ import annotations

from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from models.base import Sessions
from models.media import Media, MediaState
from models.people import LineAccount
from services.evidence import figures_promises, sheets
from services.evidence.lost_photos import tell
from services.evidence.pictures import kept
from services.evidence.pictures.kept import Counted, Kept, Keys
from services.evidence.pictures.look import Refusal, RefusedError, look
from services.evidence.pictures.look_alikes import forget_pairs, remember
from services.owed import LaterError, owes
from services.ports import Clock, Content, ContentState, ContentTooLargeError, LineGateway, MediaStore
from services.retention.discarding import discard

FETCH = "fetch_media"
"""The job that calls `Photos.fetch`."""

_IN_MEMORY = 1024 * 1024
"""Bytes of a content that are held in memory; what is more goes to a temporary file."""
_IMAGE = "image"
_GONE = frozenset({MediaState.UNSENT.value, MediaState.PURGED.value})
"""Nothing of it is to be kept."""


@dataclass(frozen=True)
class Photos:
    sessions: Sessions
    clock: Clock
    line: LineGateway
    store: MediaStore

    def fetch(self, media_id: int) -> None:
        """Store what a message holds. Raises LaterError while LINE is not ready or something cannot be reached."""
        with self.sessions() as session:
            media = session.get(Media, media_id)
        if media is not None and media.state in _GONE:
            # an earlier try may have been cut off after it stored the bytes
            self._remove(media_id, fetched=True)
        if media is None or media.state != MediaState.WANTED.value:
            return
        content = self.line.content(media.line_message_id)
        if content.state is ContentState.GONE:
            self._end(media_id, MediaState.LOST)
        elif content.state is ContentState.READY:
            self._take(media, content)
        else:
            raise LaterError(f"media {media_id}: {content.state}")

    def _take(self, media: Media, content: Content) -> None:
        counted = Counted(content.chunks)
        try:
            with SpooledTemporaryFile(_IN_MEMORY) as file:
                for chunk in counted:
                    file.write(chunk)
                file.seek(0)
                self._keep(media, content, counted, cast("BinaryIO", file))
        except (RefusedError, ContentTooLargeError) as error:
            refusal = error.refusal if isinstance(error, RefusedError) else Refusal.TOO_LARGE
            self._end(media.id, MediaState.REFUSED, refusal)
        except OSError as error:
            raise LaterError(f"media {media.id}: {type(error).__name__}") from error
        finally:
            counted.close()

    def _keep(self, media: Media, content: Content, counted: Counted, file: BinaryIO) -> None:
        """Raises RefusedError, and OSError when the store is away."""
        picture = look(file) if media.kind == _IMAGE else None
        wanted = Kept(counted.sha256, counted.size, content.content_type, picture)
        keys = kept.keys_of(media.id, wanted)
        with self.sessions() as session, session.begin():
            claimed = kept.claimed(session, media.id)
            if kept.share_twin(session, media.id, wanted):
                discard(session, (claimed.main, claimed.thumbnail), self.clock.real())
                remember(session, media.id, self.clock.now())
                return
            if not kept.claim(session, media.id, keys):
                return
        kept.put(self.store, keys, wanted, file)
        if not self._stored(media.id, wanted, keys):
            self._remove(media.id, fetched=True)

    def _stored(self, media_id: int, wanted: Kept, keys: Keys) -> bool:
        """Note that the bytes stand; False when the message was taken back meanwhile."""
        with self.sessions() as session, session.begin():
            media = session.get_one(Media, media_id, with_for_update=True)
            media.storage_key, media.thumbnail_key = keys.main, keys.thumbnail
            if media.state != MediaState.WANTED.value:
                return False
            kept.write(media, wanted, keys)
            remember(session, media_id, self.clock.now())
            return True

    def _end(self, media_id: int, state: MediaState, problem: str = "") -> None:
        """It will never come, or cannot be used: the sender is told what to do, at the next contact, or once known."""
        now = self.clock.now()
        with self.sessions() as session, session.begin():
            media = session.get_one(Media, media_id, with_for_update=True)
            if media.state != MediaState.WANTED.value:
                return
            figures_promises.of_photo(session, media, self.clock.real())
            media.state, media.problem = state.value, problem
            # an earlier try may have stored something before it was cut off
            discard(session, (media.storage_key, media.thumbnail_key), self.clock.real())
            kept.let_go(media)
            of_sheet = media.sheet
            if of_sheet:
                sheets.uncover(session, media, now)
            account = session.get_one(LineAccount, media.account_id)
            person_id = account.person_id or account.former_person_id
            if person_id is not None:
                tell(session, media, person_id, now, of_sheet=of_sheet)

    def forget(self, media_id: int) -> None:
        """Remove what is stored of something that was taken back or is not wanted. Raises LaterError."""
        self._remove(media_id, fetched=False)

    def _remove(self, media_id: int, *, fetched: bool) -> None:
        """`fetched`: nothing more will be stored. While a fetch may be under way, its keys are remembered for it: it
        removes what it stores after this."""
        with self.sessions() as session:
            media = session.get(Media, media_id)
            if media is None or media.state not in _GONE:
                return
            keys = kept.unshared(session, media)
        try:
            kept.remove(self.store, keys)
        except OSError as error:
            raise LaterError(f"media {media_id}: {type(error).__name__}") from error
        with self.sessions() as session, session.begin():
            forget_pairs(session, media_id)
            if fetched or not owes(session, FETCH, media_id):
                kept.let_go(session.get_one(Media, media_id, with_for_update=True))
