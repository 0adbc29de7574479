"""What is kept in pictures: photos, scanned sheets, drawn signatures. Those on a certificate are official records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import ColumnElement, CompoundSelect, and_, or_, select, union, update
from sqlalchemy.orm import Session

from models.certificate import Certificate
from models.media import Media, MediaState
from models.signature import Signature
from services.retention.belonging import Bounds, accounts, by_code, by_people
from services.retention.discarding import discard, let_media_go


def _media(bounds: Bounds, *, sheets: bool) -> ColumnElement[bool]:
    return and_(
        Media.sheet == sheets,
        Media.obligation_id.is_(None),
        of_no_certificate(),
        or_(
            Media.state.in_((MediaState.WANTED.value, MediaState.STORED.value)),
            # a fetch that had begun before ended after
            and_(Media.state == MediaState.PURGED.value, Media.storage_key != ""),
        ),
        by_people(Media.account_id, accounts(), bounds, lambda limit: Media.sent_at < limit),
    )


def empty_media(session: Session, ids: Sequence[int], now: dt.datetime) -> None:
    let_media_go(session, session.scalars(select(Media).where(Media.id.in_(ids)).order_by(Media.id)).all(), now)


def photos(bounds: Bounds) -> ColumnElement[bool]:
    return _media(bounds, sheets=False)


def sheets(bounds: Bounds) -> ColumnElement[bool]:
    return _media(bounds, sheets=True)


def on_no_certificate() -> ColumnElement[bool]:
    """A signature that no certificate bears: those are official records."""
    return Signature.id.not_in(_certified())


def _certified() -> CompoundSelect[int]:
    """Ids of the signatures on certificates."""
    bearing = (Certificate.leader_signature_id, Certificate.inspector_signature_id)
    return union(*(select(column).where(column.is_not(None)) for column in bearing))


def of_no_certificate() -> ColumnElement[bool]:
    """A photo on which no signature of a certificate stands."""
    signed = select(Signature.media_id).where(Signature.media_id.is_not(None), Signature.id.in_(_certified()))
    return Media.id.not_in(signed)


def drawings(bounds: Bounds) -> ColumnElement[bool]:
    return and_(
        Signature.storage_key != "",
        on_no_certificate(),
        by_code(Signature.village_code, bounds, lambda limit: Signature.signed_at < limit),
    )


def empty_drawings(session: Session, ids: Sequence[int], now: dt.datetime) -> None:
    """That somebody signed remains; the drawing goes, and its digest, by which it could be known again."""
    mine = Signature.id.in_(ids)
    discard(session, session.scalars(select(Signature.storage_key).where(mine)), now)
    session.execute(update(Signature).where(mine).values(storage_key="", sha256=""))
