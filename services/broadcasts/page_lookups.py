"""What the desk asks about words to many, beside what the chat asks (lookups): each letter, each receiver, the list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from bot.conversation import broadcast_facts as ask
from models.broadcast import Broadcast
from models.obligation import Obligation
from models.people import LineAccount, Person
from services.broadcasts.lookups import asked_of, row_of, sample
from services.broadcasts.result import broadcast_facts, result
from services.reminders.asked import AskedWriter, ByHand
from services.reminders.letters import Letter, LetterWriter
from services.sending.told import receivers

if TYPE_CHECKING:
    from services.chat.facts import Lookup


def newest(look: Lookup, query: ask.NewestBroadcasts) -> tuple[ask.BroadcastFacts, ...]:
    campaign = look.campaign
    if campaign is None:
        return ()
    rows = look.session.scalars(
        select(Broadcast)
        .where(Broadcast.campaign_id == campaign.id, Broadcast.confirmed_at.is_not(None))
        .order_by(Broadcast.send_at.desc(), Broadcast.id.desc())
        .limit(query.most)
    )
    return tuple(broadcast_facts(look.session, row, look.areas) for row in rows)


def delivery_of(look: Lookup, query: ask.DeliveryOf) -> ask.DeliveryFacts | None:
    row = row_of(look, query.key)
    return result(look.session, row, look.areas) if row is not None else None


def receivers_of(look: Lookup, query: ask.ReceiversOf) -> tuple[ask.ReceiverFacts, ...]:
    row = row_of(look, query.key)
    return tuple(
        ask.ReceiverFacts(
            each.person_id or 0, each.name, look.areas[each.area_code] if each.area_code else None, each.fate
        )
        for each in (receivers(look.session, row) if row is not None else ())
    )


def letters_of(look: Lookup, query: ask.LettersOf) -> tuple[ask.LetterFacts, ...]:
    asked = asked_of(look)
    if asked is None or asked.round is None:
        return ()
    now = look.facts.now
    writer = AskedWriter(LetterWriter(look.texts, look.forms), now)
    found = writer.prepare(look.session, ByHand(asked.campaign, asked.round, query.audience.areas))
    return tuple(_letter(look, letter, now) for letter in found.letters)


def _letter(look: Lookup, letter: Letter, now: dt.datetime) -> ask.LetterFacts:
    code = look.session.get_one(Obligation, letter.obligation_id).area_code
    people = look.session.scalars(
        select(Person.name)
        .join(LineAccount, LineAccount.person_id == Person.id)
        .where(LineAccount.id.in_(letter.account_ids))
        .order_by(LineAccount.id)
    )
    return ask.LetterFacts(look.areas[code], tuple(people), sample(look, letter, now))


FINDERS: Mapping[type, Callable[[Lookup, Any], Any]] = {
    ask.NewestBroadcasts: newest,
    ask.DeliveryOf: delivery_of,
    ask.ReceiversOf: receivers_of,
    ask.LettersOf: letters_of,
}
