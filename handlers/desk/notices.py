"""แจ้งเตือน, first page: the month's messages, the plan of the round, what was sent; and one person's last messages."""

from __future__ import annotations

from flask import Blueprint, Response, abort

from bot.conversation.broadcast import delivery
from bot.conversation.broadcast.card import audience_name, purposes
from bot.conversation.broadcast.remind import owing_areas
from bot.conversation.broadcast_facts import Budget, LastDelivery, NewestBroadcasts
from bot.conversation.overview_facts import CurrentOverview
from bot.messages.bubbles import Text, text
from handlers.desk.by_hand import ENTRY, Hand
from handlers.desk.frame import Frame
from handlers.doors import opens_to_roles
from models.people import STAFF_ROLES
from services.broadcasts.broadcasts import current_round
from services.desk.sessions import DESK_ROLES
from services.ledger.rounds import called_by_date
from services.people.standing import Standing, standing_of
from services.reminders.duty_dates import duty_dates
from services.reminders.timetable import timetable
from services.sending.told import Told, last_told, waiting_notices

POLL_SECONDS = 30


def blueprint(frame: Frame) -> Blueprint:
    pages = Blueprint("desk_notices", __name__, url_prefix="/desk/notices", template_folder="templates")
    hand = Hand(frame)

    @pages.get("")
    @opens_to_roles(DESK_ROLES)
    def overview() -> Response:
        """The province sees what is sent; an office what was sent to the visitor."""
        if not frame.visitor.roles & set(STAFF_ROLES):
            return _messages(frame, frame.visitor.person_id, Text("desk.notices.told.own"))
        return _overview(frame, hand)

    @pages.get("/people/<int:person>")
    @opens_to_roles(STAFF_ROLES)
    def person(person: int) -> Response:
        """ไม่ได้รับข้อความ: what became of somebody's last ten messages."""
        return _messages(frame, person, None)

    return pages


def _overview(frame: Frame, hand: Hand) -> Response:
    now = frame.runtime.clock.now()
    with hand.asking() as (asking, campaign):
        rnd = current_round(asking.session, campaign, now)
        round_now, budget = asking.ask(CurrentOverview()), asking.ask(Budget())
        last = asking.ask(LastDelivery())
        sendings = [
            (each, asking.say(audience_name(each.audience, each.areas))) for each in asking.ask(NewestBroadcasts())
        ]
        plan = timetable(asking.session, campaign, rnd, now) if rnd is not None else ()
        duties = [
            (asking.say(called_by_date(campaign, each.round, frame.words.locale)), each)
            for each in duty_dates(asking.session, campaign, now)
        ]
        lines = [asking.say(line) for line in delivery.lines(last)] if last is not None else []
        gives_way = asking.say(text("broadcast.dropped_first", list=purposes(budget.first_dropped)))
        seen = [(name, each.opened, each.owing, each.total, each.plan) for name, each in duties]
        tag, same = frame.unchanged(now.date(), budget, round_now, plan, seen, last, sendings)
        if same is not None:
            return same
        answer = frame.page(
            "notices.html",
            Text("desk.notices.title"),
            ENTRY,
            rnd=rnd,
            round_now=round_now,
            owing=owing_areas(round_now) if round_now is not None else (),
            budget=budget,
            gives_way=gives_way if budget.first_dropped else "",
            plan=plan,
            duties=duties,
            last=last,
            lines=lines,
            sendings=sendings,
            what=lambda key: asking.say(text(f"quota.purpose.{key}")),
            poll=POLL_SECONDS,
            tag=tag,
        )
    answer.set_etag(tag)
    return answer


def _messages(frame: Frame, person_id: int, title: Text | None) -> Response:
    words = frame.words
    with frame.runtime.sessions() as session:
        standing = standing_of(session, person_id, words)
        if standing is None or not (title or _in_scope(frame, standing)):
            abort(404)
        told = last_told(session, person_id, words.locale)
        waiting = waiting_notices(session, person_id)
    return frame.page(
        "told.html",
        title or text("desk.notices.told.title", name=standing.name),
        ENTRY,
        standing=standing,
        told=[(each, words.say(_what(each))) for each in told],
        waiting=waiting,
        own=title is not None,
    )


def _in_scope(frame: Frame, standing: Standing) -> bool:
    return any(frame.visitor.scope.sees(held.code) for held in standing.held)


def _what(told: Told) -> Text:
    """The kind of word, by the plan's name for it; what somebody's own doing has brought about is an answer."""
    if told.purpose in {"", "notice"}:
        return text("desk.notices.told.answer")
    name = text(f"quota.purpose.{told.purpose.rpartition(':')[2]}")
    return name if told.round is None else text("desk.notices.told.of_round", what=name, round=told.round)
