"""What provincial staff ask before they send something: whom it would reach, what is left, what has been sent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from bot.conversation import broadcast_facts as ask
from bot.conversation.receipt_facts import Receipts
from bot.conversation.summary_facts import SummaryOf
from bot.messages.bubbles import Bubble
from models.broadcast import Broadcast, BroadcastKind, BroadcastState
from models.obligation import Draft, Obligation
from models.people import LineAccount, Role
from services.broadcasts import audience as broadcast_audience
from services.broadcasts import broadcasts
from services.broadcasts.audience import Asked
from services.broadcasts.result import broadcast_facts, result
from services.calendar import BANGKOK
from services.ledger import summary
from services.quota import book as quota
from services.quota.forecast import expected
from services.reminders.asked import AskedWriter, ByHand
from services.reminders.entries import quiet_hours
from services.reminders.letters import Letter, LetterWriter
from services.reminders.words import Writer
from services.reports import receipts

if TYPE_CHECKING:
    from bot.conversation.facts import AreaFacts
    from services.chat.facts import Lookup

SAME_AGAIN = dt.timedelta(hours=24)
"""The same words to the same people within this time are asked about."""
USUAL_QUIET = {"from": "20:00", "until": "07:00"}
NOBODY = ask.Reach(0, 0)


def asked_of(look: Lookup) -> Asked | None:
    campaign = look.campaign
    if campaign is None or look.account.person_id is None:
        return None
    rnd = broadcasts.current_round(look.session, campaign, look.facts.now)
    return Asked(look.session, campaign, rnd, look.account.person_id)


def reach(look: Lookup, query: ask.ReachOf) -> ask.Reach:
    asked = asked_of(look)
    if asked is None:
        return NOBODY
    return _reminded(look, asked, query.audience) if query.reminder else _told(look, asked, query.audience)


def _told(look: Lookup, asked: Asked, audience: ask.Audience) -> ask.Reach:
    found = broadcast_audience.accounts(asked, audience)
    areas = _areas(look, audience.areas)
    return ask.Reach(len({account.person_id for account in found}), len(found), areas)


def _reminded(look: Lookup, asked: Asked, audience: ask.Audience) -> ask.Reach:
    if asked.round is None:
        return NOBODY
    now = look.facts.now
    writer = AskedWriter(LetterWriter(look.texts, look.forms), now)
    found = writer.prepare(look.session, ByHand(asked.campaign, asked.round, audience.areas))
    accounts = {account_id for letter in found.letters for account_id in letter.account_ids}
    people = look.session.scalar(
        select(func.count(LineAccount.person_id.distinct())).where(LineAccount.id.in_(accounts))
    )
    codes = dict.fromkeys(look.session.get_one(Obligation, letter.obligation_id).area_code for letter in found.letters)
    return ask.Reach(
        people=people or 0,
        messages=found.people,
        areas=_areas(look, tuple(sorted(codes))),
        nobody=_areas(look, found.silent),
        lately=len({account_id for account_id, _obligation in found.lately}),
        sample=tuple(sample(look, letter, now) for letter in found.letters[:1]),
    )


def sample(look: Lookup, letter: Letter, now: dt.datetime) -> Bubble:
    """The words in the reader's own language, without their buttons: a sample is nobody's to begin with."""
    obligation = look.session.get_one(Obligation, letter.obligation_id)
    draft = look.session.scalar(select(Draft).where(Draft.obligation_id == obligation.id))
    writer = Writer(look.session, look.forms, letter.due, look.facts.catalogue, now)
    return replace(writer.to_district(obligation, draft, Role.OFFICER), buttons=())


def _areas(look: Lookup, codes: tuple[str, ...]) -> tuple[AreaFacts, ...]:
    return look.areas.facts(codes)


def budget(look: Lookup, query: ask.Budget) -> ask.BudgetFacts:
    """By the last reading of LINE's figures; nothing is asked of LINE inside a turn."""
    now, channel = look.facts.now, look.account.channel_id
    standing, coming = quota.budget(look.session, channel, now), expected(look.session, now)
    seen = quota.preview(look.session, channel, query.purpose, query.cost, now, coming)
    planned = sum(item.messages for item in coming)
    return ask.BudgetFacts(
        standing.limit,
        seen.left,
        standing.used,
        planned,
        seen.dropped_first,
        allowed=seen.allowed,
        room=quota.room(look.session, channel, query.purpose, now, coming),
    )


def next_key(look: Lookup, _query: ask.NextKey) -> str:
    written = select(func.count(Broadcast.id)).where(Broadcast.created_by == look.account.person_id)
    return f"{look.account.person_id}-{(look.session.scalar(written) or 0) + 1}"


def broadcast_by(look: Lookup, query: ask.BroadcastBy) -> ask.BroadcastFacts | None:
    row = row_of(look, query.key)
    return broadcast_facts(look.session, row, look.areas) if row is not None else None


def quiet_at(look: Lookup, query: ask.QuietAt) -> bool:
    """By the campaign's own quiet hours, or the usual ones."""
    campaign = look.campaign
    rules = campaign.settings.get("reminder_rules", {}) if campaign is not None else {}
    quiet = quiet_hours(rules.get("quiet", USUAL_QUIET))
    return quiet is not None and quiet.holds(query.at.astimezone(BANGKOK).time())


def row_of(look: Lookup, key: str) -> Broadcast | None:
    """Of the person's own campaign: nobody's button reaches another province's."""
    campaign = look.campaign
    row = look.session.scalar(select(Broadcast).where(Broadcast.key == key))
    return row if row is not None and campaign is not None and row.campaign_id == campaign.id else None


def former(look: Lookup, query: ask.Former) -> ask.BroadcastFacts | None:
    row = row_of(look, query.key)
    if row is None:
        return None
    since = look.facts.now - SAME_AGAIN
    found = look.session.scalars(
        select(Broadcast)
        .where(
            Broadcast.campaign_id == row.campaign_id,
            Broadcast.kind == row.kind,
            Broadcast.words == row.words,
            Broadcast.id != row.id,
            Broadcast.state.in_([BroadcastState.SCHEDULED.value, BroadcastState.SENT.value]),
            Broadcast.send_at >= since,
        )
        .order_by(Broadcast.id.desc())
    )
    same = next((item for item in found if _same(item.audience, row.audience)), None)
    return broadcast_facts(look.session, same, look.areas) if same is not None else None


def _same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return one.get("group") == other.get("group") and sorted(one.get("areas", ())) == sorted(other.get("areas", ()))


def scheduled(look: Lookup, _query: ask.Scheduled) -> tuple[ask.BroadcastFacts, ...]:
    campaign = look.campaign
    if campaign is None:
        return ()
    rows = look.session.scalars(
        select(Broadcast)
        .where(
            Broadcast.campaign_id == campaign.id,
            Broadcast.kind == BroadcastKind.ANNOUNCEMENT.value,
            Broadcast.state == BroadcastState.SCHEDULED.value,
        )
        .order_by(Broadcast.send_at, Broadcast.id)
    )
    return tuple(broadcast_facts(look.session, row, look.areas) for row in rows)


def last_delivery(look: Lookup, _query: ask.LastDelivery) -> ask.DeliveryFacts | None:
    campaign = look.campaign
    if campaign is None:
        return None
    row = look.session.scalar(
        select(Broadcast)
        .where(
            Broadcast.campaign_id == campaign.id,
            Broadcast.state.in_([BroadcastState.SCHEDULED.value, BroadcastState.SENT.value]),
            Broadcast.send_at <= look.facts.now,
        )
        .order_by(Broadcast.send_at.desc(), Broadcast.id.desc())
        .limit(1)
    )
    return result(look.session, row, look.areas) if row is not None else None


FINDERS: Mapping[type, Callable[[Lookup, Any], Any]] = {
    ask.ReachOf: reach,
    ask.Budget: budget,
    ask.NextKey: next_key,
    ask.BroadcastBy: broadcast_by,
    ask.Former: former,
    ask.QuietAt: quiet_at,
    ask.Scheduled: scheduled,
    ask.LastDelivery: last_delivery,
    SummaryOf: summary.summary_of,
    Receipts: receipts.receipts,
}
