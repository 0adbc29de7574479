"""What is kept of a medium, and where: keys carry the digest of the bytes as sent, and twins share one copy.

Two messages with the same bytes (somebody sends a photo again because the signal went) need no second copy. Who
shares is decided under a lock on the row that has the copy, so none is removed while somebody takes a share in it.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.media import Media, MediaState
from services.evidence.pictures.look import Picture
from services.ports import MediaStore

_CHUNK = 256 * 1024


@dataclass
class Counted:
    """Passes chunks on while it counts and digests them."""

    chunks: Iterator[bytes]
    size: int = 0

    def __post_init__(self) -> None:
        self._digest = hashlib.sha256()

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self.chunks:
            self.size += len(chunk)
            self._digest.update(chunk)
            yield chunk

    @property
    def sha256(self) -> str:
        """Of what has passed so far, in hexadecimal digits."""
        return self._digest.hexdigest()

    def close(self) -> None:
        """Give LINE's connection back, also when the bytes were not read to their end."""
        close = getattr(self.chunks, "close", None)
        if close is not None:
            close()


@dataclass(frozen=True, slots=True)
class Kept:
    """A medium that is to be kept."""

    sha256: str
    size: int
    content_type: str
    picture: Picture | None
    """None for what is no image."""


@dataclass(frozen=True, slots=True)
class Keys:
    """Where it stands in the media store; empty: nowhere."""

    main: str = ""
    thumbnail: str = ""


def keys_of(media_id: int, kept: Kept) -> Keys:
    place = f"{kept.sha256[:2]}/{kept.sha256}-{media_id}"
    if kept.picture is None:
        return Keys(f"files/{place}")
    return Keys(f"photos/{place}.jpg", f"photos/{place}.small.jpg")


def put(store: MediaStore, keys: Keys, kept: Kept, file: BinaryIO) -> None:
    """Store the copies of a photo, or the bytes of anything else. Raises OSError. Safe to repeat."""
    if kept.picture is None:
        file.seek(0)
        store.put(keys.main, iter(lambda: file.read(_CHUNK), b""))
        return
    store.put(keys.main, _chunks(kept.picture.shown))
    store.put(keys.thumbnail, _chunks(kept.picture.thumbnail))


def _chunks(content: bytes) -> Iterator[bytes]:
    file = io.BytesIO(content)
    return iter(lambda: file.read(_CHUNK), b"")


def remove(store: MediaStore, keys: Keys) -> None:
    """Raises OSError."""
    for key in filter(None, (keys.main, keys.thumbnail)):
        store.delete(key)


def share_twin(session: Session, media_id: int, kept: Kept) -> bool:
    """Take a share in the copy of the same bytes, if there is one; False otherwise."""
    twin = session.scalar(
        select(Media)
        .where(
            Media.sha256 == kept.sha256,
            Media.state == MediaState.STORED.value,
            Media.id != media_id,
            (Media.thumbnail_key != "") if kept.picture else (Media.thumbnail_key == ""),
        )
        .order_by(Media.id)
        .limit(1)
        .with_for_update()
    )
    media = session.get_one(Media, media_id, with_for_update=True)
    if twin is None or media.state != MediaState.WANTED.value:
        return False
    write(media, kept, Keys(twin.storage_key, twin.thumbnail_key))
    return True


def claim(session: Session, media_id: int, keys: Keys) -> bool:
    """Note where the bytes are about to stand: whoever takes the message back then knows what to remove.

    False when it has been taken back already.
    """
    media = session.get_one(Media, media_id, with_for_update=True)
    if media.state != MediaState.WANTED.value:
        return False
    media.storage_key, media.thumbnail_key = keys.main, keys.thumbnail
    return True


def claimed(session: Session, media_id: int) -> Keys:
    """Where an earlier try to store it has put its bytes, or was about to."""
    media = session.get_one(Media, media_id)
    return Keys(media.storage_key, media.thumbnail_key)


def write(media: Media, kept: Kept, keys: Keys) -> None:
    """Note on the row what is kept."""
    media.state = MediaState.STORED.value
    media.sha256, media.size = kept.sha256, kept.size
    media.storage_key, media.thumbnail_key = keys.main, keys.thumbnail
    media.content_type = "image/jpeg" if kept.picture else kept.content_type
    if kept.picture is not None:
        media.width, media.height = kept.picture.width, kept.picture.height
        media.fingerprint = kept.picture.fingerprint


def unshared(session: Session, media: Media) -> Keys:
    """Of the keys of a row that was taken back, those that nobody else shares: their bytes can be removed.

    Nobody can take a share any more: only what is stored is shared.
    """
    others = select(Media.id).where(
        Media.storage_key == media.storage_key, Media.id != media.id, Media.state == MediaState.STORED.value
    )
    shared = bool(media.storage_key) and session.scalar(others.limit(1)) is not None
    return Keys() if shared else Keys(media.storage_key, media.thumbnail_key)


def let_go(media: Media) -> None:
    """Forget what the row held."""
    media.storage_key = media.thumbnail_key = media.sha256 = media.fingerprint = ""
    media.size = media.width = media.height = None
