"""The photos that one account sent of houses: found by message, put right, dropped."""

from __future__ import annotations

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from bot.conversation.facts import HousePhoto
from models.area import Household
from models.chat import Conversation, InboxEvent, OutboxRequest
from models.media import Media, MediaState
from models.people import LineAccount
from services.calendar import BANGKOK
from services.evidence.households import bind_photo
from services.owed import owe
from services.ports import Clock

_KEPT = (MediaState.WANTED.value, MediaState.STORED.value)
NEWEST = 200
"""Answers of a chat that are looked through for a quoted receipt."""
_MESSAGE = "message"


def _all(account: LineAccount) -> Select[Media]:
    return select(Media).where(Media.account_id == account.id, Media.state.in_(_KEPT), Media.obligation_id.is_(None))


def _own(account: LineAccount) -> Select[Media]:
    """Those that were sent of a village."""
    return _all(account).where(Media.village_code.is_not(None))


def _seen(session: Session, media: Media) -> HousePhoto:
    house = session.get(Household, media.household_id) if media.household_id else None
    return HousePhoto(media.line_message_id, media.sent_at.astimezone(BANGKOK), house.house_no if house else "")


def sent_photos(session: Session, account: LineAccount, message_ids: tuple[str, ...]) -> tuple[HousePhoto, ...]:
    """See SentPhotos. Bytes that have not been fetched yet cannot be compared."""
    found = _own(account).where(Media.line_message_id.in_(message_ids)).order_by(Media.sent_at, Media.id)
    once = {media.sha256 or media.line_message_id: media for media in session.scalars(found)}
    return tuple(_seen(session, media) for media in once.values())


def last_photo(session: Session, account: LineAccount) -> HousePhoto | None:
    """See LastPhoto."""
    media = session.scalar(_own(account).order_by(Media.sent_at.desc(), Media.id.desc()).limit(1))
    return _seen(session, media) if media is not None else None


def quoted_photo(session: Session, account: LineAccount, message_id: str) -> HousePhoto | None:
    """See QuotedHouse: by the photo's own message, or by an answer that said whose photo it was."""
    media = session.scalar(_own(account).where(Media.line_message_id == message_id))
    if media is None:
        told = _told(session, account, message_id)
        media = session.scalar(_own(account).where(Media.line_message_id == told)) if told else None
    return _seen(session, media) if media is not None else None


def _told(session: Session, account: LineAccount, message_id: str) -> str:
    """The photo that our message with this id was about."""
    rows = session.execute(
        select(OutboxRequest.line_message_ids, OutboxRequest.about)
        .join(Conversation, Conversation.id == OutboxRequest.conversation_id)
        .where(Conversation.account_id == account.id)
        .order_by(OutboxRequest.id.desc())
        .limit(NEWEST)
    )
    return next((str(row.about.get("photo", "")) for row in rows if message_id in row.line_message_ids), "")


def bind(session: Session, account: LineAccount, message_id: str, village_code: str, house_no: str) -> None:
    """Say which house a photo of the account's own shows; "" takes that back. Another's photo is left alone."""
    media = session.scalar(_all(account).where(Media.line_message_id == message_id))
    if media is None:
        return
    if house_no:
        bind_photo(session, media.id, village_code, house_no)
    else:
        media.household_id = None


def drop(session: Session, account: LineAccount, message_id: str, clock: Clock) -> None:
    """Forget a photo of the account's own, its bytes included."""
    media = session.scalar(_own(account).where(Media.line_message_id == message_id))
    if media is not None:
        media.state, media.household_id = MediaState.UNSENT.value, None
        owe(session, "forget_media", media.id, clock.real())


def more_waits(session: Session, event: InboxEvent) -> bool:
    """Whether a further message of the chat has come in that nobody has answered yet."""
    further = select(InboxEvent.id).where(
        InboxEvent.conversation_id == event.conversation_id,
        InboxEvent.handled_at.is_(None),
        InboxEvent.id != event.id,
        InboxEvent.kind == _MESSAGE,
    )
    return session.scalar(further.limit(1)) is not None
