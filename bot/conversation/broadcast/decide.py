"""Deciding on a preview: send it, cancel it, look at the words. Whatever is tapped or typed twice is done once."""

from __future__ import annotations

import datetime as dt

from bot.conversation.broadcast import announce, place, remind
from bot.conversation.broadcast.card import REMINDER, as_received, audience_name, buttons, reach_of
from bot.conversation.broadcast.ruling import Ruling, Says, ruling
from bot.conversation.broadcast_effects import CancelBroadcast, ConfirmBroadcast
from bot.conversation.broadcast_facts import BroadcastBy, BroadcastFacts, ReachOf
from bot.conversation.facts import Facts
from bot.conversation.say import bubble, command, heard, sentence, tap
from bot.conversation.state import IDLE, State
from bot.conversation.turn import Turn
from bot.messages.bubbles import Bubble, Day, Text, text


def send(state: State, facts: Facts, key: str, at: dt.datetime | None = None, sure: str = "") -> Turn:
    """ยืนยัน: now, or at a civil time that was set."""
    found = facts.ask(BroadcastBy(key))
    settled = frozenset(sure.split(","))
    ruled = ruling(found, facts, at, settled)
    if found is None or ruled.says is Says.GONE:
        return Turn(IDLE, (sentence("broadcast.gone", command("button.menu")),))
    if ruled.says is Says.DONE:
        return Turn(state, (_done_already(found, facts),))
    if at is not None and ruled.says in {Says.PAST, Says.FAR}:
        return Turn(place.at(place.WHEN, key=key), (announce.untimely_words(ruled.says, at),))
    if ruled.says is Says.MOVED:
        return _anew(found, facts, at)
    if ruled.says is Says.SEND:
        return _confirmed(found, facts, at)
    return _asked(ruled, found, facts, at or facts.now, settled)


def _confirmed(found: BroadcastFacts, facts: Facts, at: dt.datetime | None) -> Turn:
    reach, _budget = reach_of(facts, found.audience, found.kind)
    effect = ConfirmBroadcast(found.key, at or facts.now)
    if at is not None:
        see = command("broadcast.button.scheduled")
        shown = sentence("broadcast.scheduled", see, day=Day(at.date()), time=at)
    else:
        shown = sentence("broadcast.sending", command("broadcast.button.delivery"), people=reach.people)
    return Turn(place.at(place.PREVIEW, key=found.key), (shown,), (effect,))


def _anew(found: BroadcastFacts, facts: Facts, at: dt.datetime | None) -> Turn:
    """Things have moved since: what is true now is shown, and decided on."""
    moved, drop = sentence("broadcast.moved"), CancelBroadcast(found.key)
    if found.kind == REMINDER:
        return remind.prepared(facts, found.audience, IDLE).before(moved).also(drop)
    return announce.prepared(facts, found.audience, found.words, at).before(moved).also(drop)


def _asked(ruled: Ruling, found: BroadcastFacts, facts: Facts, at: dt.datetime, sure: frozenset[str]) -> Turn:
    """A doubt, with the buttons that settle it."""
    settled = ",".join(sorted({*sure, ruled.says.value} - {""}))
    later = at if at > facts.now else None
    ways = buttons(found.kind, found.key, later, settled)
    state = place.at(place.PREVIEW, key=found.key, sure=settled, **({"at": later.isoformat()} if later else {}))
    return Turn(state, (bubble(doubt_words(ruled, at, facts.now), buttons=ways),))


def doubt_words(ruled: Ruling, at: dt.datetime, now: dt.datetime) -> Text:
    """What is asked of a doubt about a word that would go out `at` (civil)."""
    if ruled.former is None:
        return text("broadcast.quiet", time=at.astimezone(now.tzinfo))
    former = ruled.former
    then = (former.send_at or former.confirmed_at or former.created_at).astimezone(now.tzinfo)
    key = "broadcast.again" if then <= now else "broadcast.again_scheduled"
    return text(key, day=Day(then.date()), time=then, who=former.by)


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
