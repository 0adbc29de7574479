"""แจ้งเตือน, reminding: who owes, ticked; a form that makes the preview of what would be sent."""

from __future__ import annotations

import datetime as dt

from flask import Blueprint, Response, request, url_for

from bot.conversation.broadcast import group_text, remind
from bot.conversation.broadcast.card import budget_line
from bot.conversation.broadcast_facts import ASKED, NAMED, OWING, Audience, Budget
from bot.conversation.facts import Facts
from bot.conversation.overview_facts import CurrentOverview, Overview
from bot.conversation.state import IDLE
from bot.conversation.turn import Turn
from bot.messages.bubbles import Day, Text, text
from handlers.desk.by_hand import ENTRY, Hand, told
from handlers.desk.frame import Frame
from handlers.doors import opens_to_roles
from models.people import STAFF_ROLES
from services.broadcasts.broadcasts import current_round
from services.calendar import BANGKOK
from services.reminders.asked import AskedWriter
from services.reminders.letters import LetterWriter
from services.reminders.owing import OwingReader

_AGO = (("days", dt.timedelta(days=1)), ("hours", dt.timedelta(hours=1)), ("minutes", dt.timedelta(minutes=1)))


def blueprint(frame: Frame) -> Blueprint:
    pages = Blueprint("desk_reminding", __name__, url_prefix="/desk/notices/remind", template_folder="templates")
    hand = Hand(frame)

    @pages.get("")
    @opens_to_roles(STAFF_ROLES)
    def owing() -> Response:
        """Of the newest round: an older one is not reminded of, as in the chat."""
        runtime, now = frame.runtime, frame.runtime.clock.now()
        with hand.asking() as (asking, campaign):
            rnd = current_round(asking.session, campaign, now)
            asked = request.args.get("round", "")
            overview = asking.ask(CurrentOverview())
            if rnd is None or overview is None:
                return frame.page("reminding.html", Text("desk.notices.owing.title"), ENTRY, rnd=None)
            writer = AskedWriter(LetterWriter(runtime.texts, runtime.forms), now)
            reader = OwingReader(asking.session, asking.areas, writer, runtime.clock.real())
            budget = asking.ask(Budget(0, ASKED))
            paste = asking.work(lambda facts: group_text.words(facts, None))
            return frame.page(
                "reminding.html",
                text("desk.notices.owing.title_of", round=rnd.number),
                ENTRY,
                rnd=rnd,
                older=asked.isdigit() and asked != str(rnd.id),
                overview=overview,
                standing=asking.say(_standing(overview)),
                owing=reader.of_round(campaign, rnd),
                budget=budget,
                left=asking.say(budget_line(budget)),
                paste=asking.say(paste) if paste is not None else "",
                ago=lambda since: asking.say(_ago(since)),
            )

    @pages.post("")
    @opens_to_roles(STAFF_ROLES)
    def prepare() -> Response:
        """Keep the preview of a reminder to the ticked districts, and show it."""
        ticked = frozenset(request.form.getlist("area"))
        outcome = hand.take(lambda facts: _remind(facts, ticked)) if ticked else None
        if outcome is None:
            return frame.done(url_for("desk_reminding.owing"), Text("desk.notices.owing.none_ticked"))
        if outcome.key:
            return frame.done(url_for("desk_sending.sending", sending=outcome.key))
        return frame.done(url_for("desk_reminding.owing", _anchor="paste"), told(outcome.said))

    return pages


def _remind(facts: Facts, ticked: frozenset[str]) -> Turn:
    """As เตือน of the chat: of all who owe, or of those that were named."""
    overview = facts.ask(CurrentOverview())
    if overview is None:
        return remind.remind(IDLE, facts)
    usual = tuple(area.code for area in remind.owing_areas(overview))
    returned = tuple(area.code for area in overview.returned)
    chosen = tuple(code for code in dict.fromkeys((*usual, *returned)) if code in ticked)
    if not chosen:
        return Turn(IDLE, (remind.nobody_owes(overview, None),))
    return remind.prepared(facts, Audience(OWING if chosen == usual else NAMED, chosen), IDLE)


def _standing(overview: Overview) -> Text:
    """S-01's first line."""
    due = Day(overview.due_at.astimezone(BANGKOK).date())
    return text("staff.sent", round=overview.round_number, due=due, sent=overview.sent, total=overview.total)


def _ago(since: dt.timedelta) -> Text:
    """How long ago, roughly: the two clocks of a demonstration agree on that."""
    for name, unit in _AGO:
        if since >= unit:
            return text(f"desk.notices.ago.{name}", n=since // unit)
    return text("desk.notices.ago.now")
