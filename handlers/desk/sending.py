"""แจ้งเตือน, one word to many: its preview with the cost, the yes, and what became of it, on one address."""

from __future__ import annotations

import datetime as dt

from flask import Blueprint, Response, abort, request, url_for

from bot.conversation.broadcast import decide, delivery
from bot.conversation.broadcast.announce import untimely_words
from bot.conversation.broadcast.card import REMINDER, as_received, audience_name, budget_line, cost_lines
from bot.conversation.broadcast.ruling import Says, ruling, untimely
from bot.conversation.broadcast_facts import (
    BroadcastBy,
    BroadcastFacts,
    Budget,
    DeliveryOf,
    LettersOf,
    ReceiversOf,
)
from bot.conversation.facts import Facts
from bot.conversation.state import IDLE
from bot.messages.bubbles import Text
from handlers.desk.by_hand import ENTRY, Hand, lines_of, told
from handlers.desk.frame import Frame
from handlers.desk.reading import MomentField, moment_field
from handlers.doors import opens_to_roles
from models.people import STAFF_ROLES
from services.broadcasts.by_hand import Asking, Outcome

POLL_SECONDS = 3
_DOUBTS = {Says.AGAIN, Says.QUIET}


def blueprint(frame: Frame) -> Blueprint:
    pages = Blueprint("desk_sending", __name__, url_prefix="/desk/notices/sendings", template_folder="templates")
    hand = Hand(frame)

    @pages.get("/<sending>")
    @opens_to_roles(STAFF_ROLES)
    def sending(sending: str) -> Response:
        with hand.asking() as (asking, _campaign):
            found = asking.ask(BroadcastBy(sending))
            if found is None or (found.state == "cancelled" and found.confirmed_at is None):
                abort(404)
            if found.state == "preview":
                return _preview(frame, asking, found, moment_field(frame, request.args.get("at", "")))
            return _result(frame, asking, found)

    @pages.post("/<sending>/send")
    @opens_to_roles(STAFF_ROLES)
    def send(sending: str) -> Response:
        """The yes. Pressed twice, or by two, it sends once."""
        at, sure = moment_field(frame, request.form.get("at", "")).moment, request.form.get("sure", "")
        outcome = hand.take(lambda facts: decide.send(IDLE, facts, sending, at, sure))
        return _after(frame, hand, sending, at, outcome)

    @pages.post("/<sending>/cancel")
    @opens_to_roles(STAFF_ROLES)
    def cancel(sending: str) -> Response:
        """Nothing goes out; too late for what has gone, which is shown."""
        hand.take(lambda facts: decide.cancel(IDLE, facts, sending))
        with hand.asking() as (asking, _campaign):
            found = asking.ask(BroadcastBy(sending))
        if found is not None and found.state == "sent":
            return frame.done(url_for("desk_sending.sending", sending=sending), Text("desk.notices.sending.too_late"))
        return frame.done(url_for("desk_notices.overview"), Text("desk.notices.sending.cancelled"))

    return pages


def _after(frame: Frame, hand: Hand, sending: str, at: dt.datetime | None, outcome: Outcome) -> Response:
    """Where a yes leads: to what it has sent, to a preview that is true now, or to what is still asked."""
    here = url_for("desk_sending.sending", sending=outcome.key or sending)
    if outcome.sent:
        return frame.done(here, Text(f"desk.notices.sending.{'scheduled' if at else 'under_way'}"))
    with hand.asking() as (asking, _campaign):
        found = asking.ask(BroadcastBy(outcome.key or sending))
    if found is None or (found.state == "cancelled" and found.confirmed_at is None):
        return frame.done(url_for("desk_notices.overview"), told(outcome.said))
    if found.state == "preview" and not outcome.key and at is not None:
        here = url_for("desk_sending.sending", sending=sending, at=at.isoformat())
    return frame.done(here, told(outcome.said))


def _preview(frame: Frame, asking: Asking, found: BroadcastFacts, wanted: MomentField) -> Response:
    """The exact words, who gets them, what it costs, and the doubts that the yes settles."""
    at = wanted.moment
    wrong = untimely(at, asking.facts.now) if at is not None else None
    letters = asking.ask(LettersOf(found.audience)) if found.kind == REMINDER else ()
    costs = asking.work(lambda facts: cost_lines(facts, found.audience, found.kind))
    doubts, sure, moved = asking.work(lambda facts: _doubts(found, facts, at if wrong is None else None))
    return frame.page(
        "sending_preview.html",
        Text(f"desk.notices.sending.title_{found.kind}"),
        ENTRY,
        sending=found,
        to=asking.say(audience_name(found.audience, found.areas)),
        costs=[asking.say(line) for line in costs],
        letters=[(each, lines_of(asking, each.words)) for each in letters],
        words=lines_of(asking, as_received(found.words)) if found.kind != REMINDER else [],
        doubts=[asking.say(doubt) for doubt in doubts],
        sure=sure,
        moved=moved,
        at=at if wrong is None else None,
        wanted=wanted,
        wrong=" ".join(lines_of(asking, untimely_words(wrong, at))) if wrong is not None and at is not None else "",
        earliest=asking.facts.now,
    )


def _doubts(found: BroadcastFacts, facts: Facts, at: dt.datetime | None) -> tuple[list[Text], str, bool]:
    """All that the chat would ask about one after the other, and whether the preview has to be made anew."""
    doubts: list[Text] = []
    sure: list[str] = []
    ruled = ruling(found, facts, at, sure)
    while ruled.says in _DOUBTS:
        doubts.append(decide.doubt_words(ruled, at or facts.now, facts.now))
        sure.append(ruled.says.value)
        ruled = ruling(found, facts, at, sure)
    return doubts, ",".join(sorted(sure)), ruled.says is Says.MOVED


def _result(frame: Frame, asking: Asking, found: BroadcastFacts) -> Response:
    """S-03: it stays current while the last ones leave."""
    result, receivers = asking.ask(DeliveryOf(found.key)), asking.ask(ReceiversOf(found.key))
    lines = [asking.say(line) for line in delivery.lines(result)] if result is not None else []
    left = asking.say(budget_line(asking.ask(Budget())))
    later = found.state == "scheduled" and found.send_at is not None and found.send_at > asking.facts.now
    tag, same = frame.unchanged(found, lines, receivers, left, later)
    if same is not None:
        return same
    answer = frame.page(
        "sending_result.html",
        Text(f"desk.notices.sending.title_{found.kind}"),
        ENTRY,
        sending=found,
        to=asking.say(audience_name(found.audience, found.areas)),
        lines=lines,
        left=left,
        receivers=receivers,
        words=lines_of(asking, as_received(found.words)) if found.kind != REMINDER else [],
        later=later,
        poll=POLL_SECONDS,
        tag=tag,
    )
    answer.set_etag(tag)
    return answer
