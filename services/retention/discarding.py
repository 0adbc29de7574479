"""Removing bytes from the media store in two steps that may be cut off anywhere.

First, in one transaction, the rows that show the bytes let go of them and their keys are written down; from then on
nothing serves them. Then the bytes are removed, and their keys forgotten. Whoever dies in between leaves keys behind
that the next run finds; to remove bytes twice does no harm, for no key is ever used anew.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from models.base import Sessions
from models.discarded import Discarded
from models.media import Media, MediaState
from models.upsert import insert_all_or_ignore
from services.evidence.pictures import kept
from services.evidence.pictures.look_alikes import forget_pairs
from services.ports import MediaStore

AT_ONCE = 100
"""Keys whose bytes are removed between two transactions."""


def discard(session: Session, keys: Iterable[str], now: dt.datetime) -> None:
    """Write down that nobody needs what is stored under these keys. `now` is mechanical."""
    wanted = dict.fromkeys(filter(None, keys))
    insert_all_or_ignore(session, Discarded, [{"storage_key": key, "at": now} for key in wanted])


def let_media_go(session: Session, media: Sequence[Media], now: dt.datetime) -> None:
    """Photos and other media are kept no longer: their rows stay, without anything of what they held.

    The rows are locked by the caller. Bytes that a photo outside of them shares stay for that one.
    """
    _lock_twins(session, media)
    for each in media:
        each.state = MediaState.PURGED.value
    session.flush()
    for each in media:
        keys = kept.unshared(session, each)
        discard(session, (keys.main, keys.thumbnail), now)
        forget_pairs(session, each.id)
    for each in media:
        kept.let_go(each)


def _lock_twins(session: Session, media: Sequence[Media]) -> None:
    """Nobody else lets go of the other share meanwhile: each of the two would take the other for the last owner."""
    keys = {each.storage_key for each in media if each.storage_key}
    session.execute(select(Media.id).where(Media.storage_key.in_(keys)).order_by(Media.id).with_for_update())


@dataclass(frozen=True)
class Discarding:
    sessions: Sessions
    store: MediaStore

    def carry_out(self, go_on: Callable[[], bool] = lambda: True) -> int:
        """Remove the bytes of everything discarded; returns how many keys. Raises OSError when the store is away."""
        removed = 0
        while go_on():
            with self.sessions() as session:
                found = session.execute(
                    select(Discarded.id, Discarded.storage_key).order_by(Discarded.id).limit(AT_ONCE)
                )
                rows = list(found)
            if not rows:
                break
            for _id, key in rows:
                self.store.delete(key)
            with self.sessions() as session, session.begin():
                session.execute(delete(Discarded).where(Discarded.id.in_([row_id for row_id, _key in rows])))
            removed += len(rows)
        return removed
