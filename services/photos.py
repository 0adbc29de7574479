"""Fetching a photo's bytes from LINE at once (LINE keeps them for an unstated time), and forgetting them again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from models.base import Sessions
from models.chat import Notice
from models.media import Media, MediaState
from models.people import LineAccount
from models.upsert import insert_or_ignore
from services.calendar import BANGKOK
from services.owed import LaterError
from services.ports import Clock, Content, ContentState, LineGateway, MediaStore


@dataclass
class _Counted:
    """Passes chunks on while it counts and digests them."""

    chunks: Iterator[bytes]
    size: int = 0

    def __post_init__(self) -> None:
        self.digest = hashlib.sha256()

    def close(self) -> None:
        """Give LINE's connection back, also when the bytes were not read to their end."""
        close = getattr(self.chunks, "close", None)
        if close is not None:
            close()

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self.chunks:
            self.size += len(chunk)
            self.digest.update(chunk)
            yield chunk


@dataclass(frozen=True)
class Photos:
    sessions: Sessions
    clock: Clock
    line: LineGateway
    store: MediaStore

    def fetch(self, media_id: int) -> None:
        """Store the bytes of a photo. Raises LaterError while LINE is not ready or cannot be reached."""
        with self.sessions() as session:
            media = session.get(Media, media_id)
        if media is not None and media.state == MediaState.UNSENT.value:
            # an earlier try may have been cut off after it stored the bytes
            self._remove(media_id)
        if media is None or media.state != MediaState.WANTED.value:
            return
        content = self.line.content(media.line_message_id)
        if content.state is ContentState.GONE:
            self._lost(media_id)
        elif content.state is ContentState.READY:
            self._keep(media_id, content)
        else:
            raise LaterError(f"media {media_id}: {content.state}")

    def _keep(self, media_id: int, content: Content) -> None:
        key = _key(media_id)
        counted = _Counted(content.chunks)
        try:
            self.store.put(key, counted)
        except OSError as error:
            raise LaterError(f"media {media_id}: {type(error).__name__}") from error
        finally:
            counted.close()
        with self.sessions() as session, session.begin():
            media = session.get_one(Media, media_id, with_for_update=True)
            taken_back = media.state == MediaState.UNSENT.value
            if not taken_back:
                media.state, media.storage_key, media.size = MediaState.STORED.value, key, counted.size
                media.sha256, media.content_type = counted.digest.hexdigest(), content.content_type
        if taken_back:
            self._remove(media_id)

    def _remove(self, media_id: int) -> None:
        try:
            self.store.delete(_key(media_id))
        except OSError as error:
            raise LaterError(f"media {media_id}: {type(error).__name__}") from error

    def _lost(self, media_id: int) -> None:
        """LINE no longer has it: the sender is asked to send it again, at the next contact."""
        now = self.clock.now()
        with self.sessions() as session, session.begin():
            media = session.get_one(Media, media_id, with_for_update=True)
            if media.state != MediaState.WANTED.value:
                return
            media.state = MediaState.LOST.value
            account = session.get_one(LineAccount, media.account_id)
            if account.person_id is None:
                return
            insert_or_ignore(
                session,
                Notice,
                {
                    "person_id": account.person_id,
                    "key": "notice.photo_lost",
                    "values": {"time": media.sent_at.astimezone(BANGKOK).strftime("%H.%M")},
                    "subject": f"media {media_id}",
                    "created_at": now,
                },
            )

    def forget(self, media_id: int) -> None:
        """Remove the bytes of a photo that was taken back or is not wanted."""
        with self.sessions() as session:
            media = session.get(Media, media_id)
        if media is None or media.state != MediaState.UNSENT.value:
            return
        self._remove(media_id)
        with self.sessions() as session, session.begin():
            stored = session.get_one(Media, media_id)
            stored.storage_key, stored.sha256, stored.size = "", "", None


def _key(media_id: int) -> str:
    return f"media/{media_id // 1000:05d}/{media_id}"
