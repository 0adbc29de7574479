"""Deciding on a preview: send it, cancel it, look at the words. Whatever is tapped or typed twice is done once."""

from __future__ import annotations

import datetime as dt

from bot.conversation.broadcast import place, remind
from bot.conversation.broadcast.card import REMINDER, as_received, audience_name, buttons, preview, reach_of
from bot.conversation.broadcast_facts import BroadcastBy, BroadcastFacts, Former, QuietAt, ReachOf
from bot.conversation.effects import CancelBroadcast, ConfirmBroadcast
from bot.conversation.facts import Facts
from bot.conversation.say import bubble, command, heard, sentence, tap
from bot.conversation.state import IDLE, State
from bot.conversation.turn import Turn
from bot.messages.bubbles import Bubble, Day, text

GOOD_FOR = dt.timedelta(hours=1)
"""What a preview says of people and cost is believed so long."""
QUIET, AGAIN = "quiet", "again"
"""Doubts that are asked about once; `sure` names those that were settled."""


def send(state: State, facts: Facts, key: str, at: dt.datetime | None = None, sure: str = "") -> Turn:
    """ยืนยัน: now, or at a civil time that was set."""
    found = facts.ask(BroadcastBy(key))
    if found is None or found.state == "cancelled":
        return Turn(IDLE, (sentence("broadcast.gone", command("button.menu")),))
    if found.state != "preview":
        return Turn(state, (_done_already(found, facts),))
    if at is not None and at <= facts.now:
        return Turn(place.at(place.WHEN, key=key), (_past(at),))
    if facts.now - found.created_at > GOOD_FOR:
        return _anew(found, facts, at)
    doubt = _doubt(found, facts, at or facts.now, frozenset(sure.split(",")))
    if doubt is not None:
        return doubt
    return _confirmed(found, facts, at)


def _past(at: dt.datetime) -> Bubble:
    return sentence("broadcast.when_past", time=at, day=Day(at.date()), example=text("broadcast.example_when"))


def _confirmed(found: BroadcastFacts, facts: Facts, at: dt.datetime | None) -> Turn:
    reach, budget = reach_of(facts, found.audience, found.kind)
    if at is None and (not budget.allowed or reach.messages == 0):
        return _anew(found, facts, at)
    effect = ConfirmBroadcast(found.key, at or facts.now)
    if at is not None:
        see = command("broadcast.button.scheduled")
        shown = sentence("broadcast.scheduled", see, day=Day(at.date()), time=at)
    else:
        shown = sentence("broadcast.sending", command("broadcast.button.delivery"), people=reach.people)
    return Turn(place.at(place.PREVIEW, key=found.key), (shown,), (effect,))


def _anew(found: BroadcastFacts, facts: Facts, at: dt.datetime | None) -> Turn:
    """Things have moved since: what is true now is shown, and decided on."""
    if found.kind == REMINDER:
        anew = remind.prepared(facts, found.audience, IDLE)
        return anew.before(sentence("broadcast.moved")).also(CancelBroadcast(found.key))
    card = preview(facts, found.audience, found.kind, found.key, at)
    return Turn(place.at(place.PREVIEW, key=found.key), (sentence("broadcast.moved"), as_received(found.words), card))


def _doubt(found: BroadcastFacts, facts: Facts, at: dt.datetime, sure: frozenset[str]) -> Turn | None:
    """What is asked about once before it goes out."""
    local = at.astimezone(facts.now.tzinfo)
    former = facts.ask(Former(found.key)) if found.kind != REMINDER and AGAIN not in sure else None
    shown: Bubble | None = None
    if former is not None and former.confirmed_at is not None:
        then = (former.send_at or former.confirmed_at).astimezone(facts.now.tzinfo)
        says = "broadcast.again" if then <= facts.now else "broadcast.again_scheduled"
        shown, doubt = sentence(says, day=Day(then.date()), time=then, who=former.by), AGAIN
    elif QUIET not in sure and facts.ask(QuietAt(at)):
        shown, doubt = sentence("broadcast.quiet", time=local), QUIET
    if shown is None:
        return None
    settled = ",".join(sorted({*sure, doubt} - {""}))
    later = at if at > facts.now else None
    ways = buttons(found.kind, found.key, later, settled)
    state = place.at(place.PREVIEW, key=found.key, sure=settled, **({"at": later.isoformat()} if later else {}))
    return Turn(state, (bubble(*shown.lines, buttons=ways),))


def _done_already(found: BroadcastFacts, facts: Facts) -> Bubble:
    """A second ยืนยัน sends nothing a second time."""
    then = (found.confirmed_at or found.created_at).astimezone(facts.now.tzinfo)
    if found.state == "scheduled" and found.send_at is not None and found.send_at > facts.now:
        at = found.send_at.astimezone(facts.now.tzinfo)
        return sentence("broadcast.scheduled", command("broadcast.button.scheduled"), day=Day(at.date()), time=at)
    return sentence("broadcast.sent_before", command("broadcast.button.delivery"), time=then, day=Day(then.date()))


def cancel(state: State, facts: Facts, key: str) -> Turn:
    """ยกเลิก: nothing goes out; too late for what has gone."""
    found = facts.ask(BroadcastBy(key)) if key else None
    if found is not None and found.state == "sent":
        return Turn(state, (_done_already(found, facts),))
    effects = (CancelBroadcast(key),) if found is not None and found.state != "cancelled" else ()
    return Turn(IDLE, (sentence("broadcast.cancelled", command("button.menu")),), effects)


def words(state: State, facts: Facts, key: str) -> Turn:
    """ดูข้อความ: as the first of those who get it will see it."""
    found = facts.ask(BroadcastBy(key))
    if found is None:
        return Turn(state, (sentence("broadcast.gone", command("button.menu")),))
    if found.kind != REMINDER:
        return Turn(state, (as_received(found.words), *_ways(found)))
    reach = facts.ask(ReachOf(found.audience, reminder=True))
    if not reach.sample:
        return Turn(state, (sentence("broadcast.moved"),))
    intro = sentence("broadcast.sample", district=reach.areas[0].short)
    return Turn(state, (intro, *reach.sample, *_ways(found)))


def _ways(found: BroadcastFacts) -> tuple[Bubble, ...]:
    if found.state != "preview":
        return ()
    return (bubble(text("broadcast.decide"), buttons=buttons(found.kind, found.key)),)


def listed(found: BroadcastFacts, facts: Facts) -> Bubble:
    """A scheduled announcement with the button that stops it."""
    at = (found.send_at or facts.now).astimezone(facts.now.tzinfo)
    to = audience_name(found.audience, found.areas)
    stop = tap("broadcast.button.cancel_announcement", "many_cancel", k=found.key)
    return sentence("broadcast.scheduled_line", stop, day=Day(at.date()), time=at, to=to, words=heard(found.words))
