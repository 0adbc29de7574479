"""The photos that one account sent of houses: found by message, put right, dropped."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from bot.conversation.household.house_facts import HousePhoto
from bot.conversation.household.names import House, name_of
from bot.conversation.household_effects import BindPhoto, CoverSheet
from models.area import Household
from models.chat import Conversation, InboxEvent, OutboxRequest
from models.media import Media, MediaState
from models.people import LineAccount, Membership, Role
from services.calendar import BANGKOK
from services.evidence import figures_promises, sheets
from services.evidence.households import bind_photo
from services.owed import owe
from services.ports import Clock

_KEPT = (MediaState.WANTED.value, MediaState.STORED.value)
NEWEST = 200
"""Answers of a chat that are looked through for a quoted receipt."""
_MESSAGE = "message"


def _all(account: LineAccount) -> Select[Media]:
    return select(Media).where(
        Media.account_id == account.id,
        Media.state.in_(_KEPT),
        Media.obligation_id.is_(None),
        _theirs_to_change(account),
    )


def _theirs_to_change(account: LineAccount) -> ColumnElement[bool]:
    """What shows a house stays with its village unless its leader changes it: whoever sent it may lead another one by
    now, and the account may be somebody else's."""
    led = select(Membership.area_code).where(
        Membership.person_id == account.person_id,
        Membership.role == Role.LEADER.value,
        Membership.ended_at.is_(None),
    )
    loose = Media.household_id.is_(None) & ~Media.sheet
    return or_(loose, Media.village_code.in_(led))


def _own(account: LineAccount) -> Select[Media]:
    """Those that were sent of a village."""
    return _all(account).where(Media.village_code.is_not(None))


def _seen(session: Session, media: Media) -> HousePhoto:
    house = session.get(Household, media.household_id) if media.household_id else None
    name = name_of(House(house.house_no, house.near, house.ordinal)) if house else ""
    covers = sheets.covered(session, media) if media.sheet else None
    return HousePhoto(media.line_message_id, media.sent_at.astimezone(BANGKOK), name, covers)


def sent_photos(session: Session, account: LineAccount, message_ids: tuple[str, ...]) -> tuple[HousePhoto, ...]:
    """See SentPhotos. Bytes that have not been fetched yet cannot be compared."""
    found = _own(account).where(~Media.sheet, Media.line_message_id.in_(message_ids)).order_by(Media.sent_at, Media.id)
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


def bind(session: Session, account: LineAccount, effect: BindPhoto, clock: Clock) -> None:
    """Say which house a photo of the account's own shows; "" takes that back. Another's photo is left alone.

    A sheet that is said to show a house is one no more: its signatures go.
    """
    media = session.scalar(_all(account).where(Media.line_message_id == effect.message_id))
    if media is None:
        return
    forget_what_it_shows(session, media, clock)
    if effect.house_no:
        bind_photo(session, media.id, effect.village_code, effect.house_no)
        media.said_in = effect.said_in
        figures_promises.changed(session, effect.village_code, clock.real())


def cover(session: Session, account: LineAccount, effect: CoverSheet, clock: Clock) -> None:
    """Say that a photo of the account's own is of a sheet, and who signed it. Raises LookupError for a guest."""
    media = session.scalar(_all(account).where(Media.line_message_id == effect.message_id))
    if media is None:
        return
    forget_what_it_shows(session, media, clock)
    sheets.cover(session, media, account, effect, clock)
    figures_promises.changed(session, effect.village_code, clock.real())


def forget_what_it_shows(session: Session, media: Media, clock: Clock) -> int:
    """Neither a house nor a sheet any more. Returns how many signatures went with it."""
    figures_promises.of_photo(session, media, clock.real())
    media.household_id, media.said_in = None, ""
    return sheets.uncover(session, media, clock.now())


def drop(session: Session, account: LineAccount, message_id: str, clock: Clock) -> None:
    """Forget a photo of the account's own, its bytes included."""
    media = session.scalar(_own(account).where(Media.line_message_id == message_id))
    if media is not None:
        forget_what_it_shows(session, media, clock)
        media.state = MediaState.UNSENT.value
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
