"""What else needs doing: requests to join, pairs of photos, findings, messages that did not arrive, stuck jobs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import exists, func, select

from bot.messages.bubbles import Day, Text, Value
from models.campaign import Round
from models.chat import Delivery, OutboxRequest, OutboxState
from models.people import STAFF_ROLES, JoinRequest, LineAccount, Membership, RequestState, Role
from models.quality import QualityCount
from services.calendar import BANGKOK, day_of
from services.campaigns.stored_settings import working_days_of
from services.desk.stuck import count_stuck
from services.desk.today.lines import Line, Urgency
from services.desk.today.sight import Sight
from services.evidence.pictures import look_alikes
from services.quality.counts import totals
from services.quota.book import Budget, budget
from services.reconciliation.open import open_differences
from services.reminders.dropped import dropped_since
from services.reminders.entries import Entry
from services.reminders.plan import plan_of, recipients
from services.reminders.plan_rows import PlanRows

RECENT = dt.timedelta(days=3)
"""How long a message that failed is told of."""
LOW = 5
"""The quota is low when less than one in so many messages is left."""


@dataclass(frozen=True, slots=True)
class Coming:
    """The reminder that is planned next."""

    called: int | Text
    at: dt.datetime
    people: int
    """Whom it would go to if nobody reported until then."""


def others(sight: Sight, coming: Coming | None) -> Iterator[Line]:
    """Lines for everybody, then those for whoever watches over the province."""
    yield from _requests(sight)
    yield from _pairs(sight)
    yield from _sums(sight)
    yield from _findings(sight)
    if sight.province:
        yield from _quota(sight, coming)
        yield from _unsent(sight)
        yield from _jobs(sight)


def others_of_many(sight: Sight) -> Iterator[Line]:
    """Of many provinces: what one statement counts in all of them. Totals that do not agree stand on each province's
    own page, and so does its next reminder."""
    yield from _requests(sight)
    yield from _pairs(sight)
    yield from _findings_of_many(sight)
    yield from _quota(sight, None)
    yield from _unsent(sight)
    yield from _jobs(sight)


def _findings_of_many(sight: Sight) -> Iterator[Line]:
    """Provinces of which the last count of the register has found something."""
    found = select(func.count(QualityCount.area_code.distinct())).where(
        QualityCount.area_code.in_(sight.scope.codes), QualityCount.total > 0
    )
    number = sight.session.scalar(found) or 0
    if number:
        yield Line("many_findings", Urgency.LOOK, {"provinces": number}, place="quality")


def _requests(sight: Sight) -> Iterator[Line]:
    """As in the chat: the province decides all of them, an office those of its leaders."""
    asked = select(func.count(JoinRequest.id)).where(
        JoinRequest.state == RequestState.PENDING.value, sight.scope.within(JoinRequest.area_code)
    )
    if not sight.province:
        asked = asked.where(JoinRequest.role == Role.LEADER.value)
    number = sight.session.scalar(asked) or 0
    if number:
        yield Line("requests", Urgency.PEOPLE, {"n": number}, place="requests", typed=Text("desk.today.typed.requests"))


def _pairs(sight: Sight) -> Iterator[Line]:
    number = look_alikes.waiting(sight.session, sight.scope)
    if number:
        yield Line("pairs", Urgency.LOOK, {"n": number}, place="pairs")


def _sums(sight: Sight) -> Iterator[Line]:
    """Totals that do not agree, of the campaign that the page of reconciliation is about."""
    for campaign in sight.campaigns[:1]:
        found = open_differences(sight.session, campaign, sight.scope, sight.now)
        if found.count:
            # the province settles it; an office may look
            urgency = Urgency.SUMS if sight.province else Urgency.LOOK
            yield Line("sums", urgency, found.values(sight.areas), place="sums")


def _findings(sight: Sight) -> Iterator[Line]:
    """Of the area that the page of findings opens on."""
    found, _counted_at = totals(sight.session, sight.scope.codes[0]) if sight.scope.codes else ({}, None)
    number = sum(total > 0 for total in found.values())
    if number:
        yield Line("findings", Urgency.LOOK, {"n": number}, place="quality")


def _quota(sight: Sight, coming: Coming | None) -> Iterator[Line]:
    standing = budget(sight.session, sight.channel_id, sight.now)
    if _is_low(standing, coming):
        values: dict[str, Value] = {"left": standing.left or 0, "limit": standing.limit or 0}
        yield Line("quota", Urgency.UNHEARD, values, place="notices")
    month = dt.datetime.combine(day_of(sight.now).replace(day=1), dt.time(), BANGKOK)
    dropped = dropped_since(sight.session, [campaign.id for campaign in sight.campaigns], month)
    if dropped:
        yield Line("dropped", Urgency.UNHEARD, {"n": dropped}, place="notices")


def _is_low(standing: Budget, coming: Coming | None) -> bool:
    if standing.left is None or standing.limit is None:
        return False
    return standing.left < (coming.people if coming else 0) or standing.left * LOW < standing.limit


def _unsent(sight: Sight) -> Iterator[Line]:
    """Recipients in the scope of words that LINE did not take, or of which it is not known."""
    held = exists().where(
        LineAccount.id == Delivery.account_id,
        Membership.person_id == LineAccount.person_id,
        sight.scope.within(Membership.area_code),
    )
    of_scope = (
        select(func.count(Delivery.id))
        .join(OutboxRequest, OutboxRequest.id == Delivery.outbox_id)
        .where(OutboxRequest.created_at > sight.real - RECENT, OutboxRequest.conversation_id.is_(None), held)
    )
    failed = sight.session.scalar(of_scope.where(OutboxRequest.state == OutboxState.FAILED.value)) or 0
    if failed:
        yield Line("failed", Urgency.UNHEARD, {"n": failed}, place="notices")
    pending = OutboxRequest.state == OutboxState.PENDING.value, OutboxRequest.frozen, OutboxRequest.attempts > 1
    unclear = sight.session.scalar(of_scope.where(*pending)) or 0
    if unclear:
        yield Line("unclear", Urgency.UNHEARD, {"n": unclear}, place="notices")


def _jobs(sight: Sight) -> Iterator[Line]:
    number = count_stuck(sight.session)
    if number:
        yield Line("jobs", Urgency.UNHEARD, {"n": number}, place="system")


def next_reminder(sight: Sight) -> Coming | None:
    """The first entry of any plan that is still to come and speaks to districts."""
    campaigns = {each.id: each for each in sight.campaigns}
    days = {each.id: working_days_of(each.settings) for each in sight.campaigns}
    found: list[tuple[dt.datetime, int, Round, Entry]] = []
    for rnd in sight.session.scalars(select(Round).where(Round.campaign_id.in_(campaigns))):
        if rnd.closes_at is not None and rnd.closes_at <= sight.now:
            continue
        for entry in plan_of(campaigns[rnd.campaign_id], rnd):
            at = entry.planned(day_of(rnd.due_at), days[rnd.campaign_id])
            if at > sight.now and not set(entry.to) <= set(STAFF_ROLES):
                found.append((at, rnd.id, rnd, entry))
    if not found:
        return None
    at, _round_id, rnd, entry = min(found, key=lambda item: item[:2])
    people = recipients(PlanRows(sight.session), campaigns[rnd.campaign_id], rnd, entry, sight.now)
    return Coming(sight.called(rnd), at, people)


def coming_note(coming: Coming) -> Text:
    day = day_of(coming.at)
    values: dict[str, Value] = {"round": coming.called, "day": Day(day), "time": coming.at, "n": coming.people}
    return Text("desk.today.coming", values)
