"""ประกาศ: to whom, the words, a look at them, then now or at a time that is set."""

from __future__ import annotations

import datetime as dt

from bot.conversation.broadcast import place
from bot.conversation.broadcast.card import as_received, audience_name, preview, reach_of
from bot.conversation.broadcast.group_text import no_room
from bot.conversation.broadcast.remind import unknown_district
from bot.conversation.broadcast.ruling import FARTHEST, Says, untimely
from bot.conversation.broadcast_effects import CancelBroadcast, PrepareBroadcast
from bot.conversation.broadcast_facts import ALL, LEADERS, OWING, SENT, STAFF, Audience, BroadcastBy, NextKey
from bot.conversation.facts import Districts, Facts
from bot.conversation.inputs import Incoming, tap_data
from bot.conversation.say import command, sentence, tap
from bot.conversation.state import IDLE, State
from bot.conversation.turn import Turn
from bot.messages.bubbles import Bubble, Day, PickMoment, text

KIND = "announcement"
GROUPS = (ALL, OWING, SENT, LEADERS, STAFF)
LONGEST = 1000
"""Letters of an announcement: what people still read."""


def begin(state: State, facts: Facts) -> Turn:  # noqa: ARG001 - commands share a signature
    return Turn(place.at(place.TO), (ask_to(facts),))


def ask_to(facts: Facts) -> Bubble:
    example = " ".join(area.short for area in facts.ask(Districts())[:2])
    ways = tuple(command(f"broadcast.button.to_{group}") for group in GROUPS)
    return sentence("broadcast.ask_to", *ways, example=example)


def addressed(said: Incoming, facts: Facts) -> Turn | None:
    """To whom, as typed; None when nobody was named."""
    districts = facts.ask(Districts())
    reading = facts.reader.audience(said.text, [area.short for area in districts])
    if reading is None:
        return None
    if reading.value is None:
        unknown = unknown_district(facts, str(reading.notes.get("typed", said.text)))
        return Turn(place.at(place.TO), (unknown, ask_to(facts)))
    if not reading.value.group:
        return None
    named = tuple(area for area in districts if area.short in reading.value.districts)
    return to(facts, Audience(reading.value.group, tuple(area.code for area in named)))


def straight(state: State, said: Incoming, facts: Facts) -> Turn | None:
    """ประกาศ ผู้นำชุมชน ภูเรือ: to whom is said at once; None when it is no such order."""
    districts = facts.ask(Districts()) if place.may_send(facts) else ()
    reading = facts.reader.audience(said.text, [area.short for area in districts], "announce") if districts else None
    if reading is None:
        return None
    if reading.value is None or not reading.value.group:
        return begin(state, facts) if reading.value is None else None
    named = tuple(area for area in districts if area.short in reading.value.districts)
    return to(facts, Audience(reading.value.group, tuple(area.code for area in named)))


def to(facts: Facts, audience: Audience) -> Turn:
    """The audience is known: the words are asked for, with how many will read them."""
    reach, _budget = reach_of(facts, audience, KIND)
    if reach.people == 0:
        nobody = sentence("broadcast.nobody_to", to=audience_name(audience, reach.areas))
        return Turn(place.at(place.TO), (nobody, ask_to(facts)))
    return Turn(place.at(place.WORDS, to=audience.to_json()), ask_words(facts, audience))


def ask_words(facts: Facts, audience: Audience) -> tuple[Bubble, ...]:
    reach, _budget = reach_of(facts, audience, KIND)
    name, cancel = audience_name(audience, reach.areas), tap("button.cancel", "many_cancel")
    return (sentence("broadcast.ask_words", cancel, to=name, people=reach.people),)


def written(state: State, said: Incoming, facts: Facts) -> Turn:
    """The words as typed; they are shown as people will get them."""
    words = said.text.strip()
    if len(words) > LONGEST:
        return Turn(state, (sentence("broadcast.words_too_long", n=len(words), most=LONGEST),))
    return prepared(facts, Audience.from_json(state.data["to"]), words)


def prepared(facts: Facts, audience: Audience, words: str, at: dt.datetime | None = None) -> Turn:
    """The words as people will see them and the card with their cost, or why they cannot be sent."""
    reach, budget = reach_of(facts, audience, KIND)
    if not budget.allowed:
        return Turn(IDLE, (no_room(budget, reach.messages), sentence("broadcast.words_to_copy"), as_received(words)))
    key = facts.ask(NextKey())
    effect = PrepareBroadcast(key, KIND, audience.to_json(), words, reach.messages)
    shown = (sentence("broadcast.looks_like"), as_received(words), preview(facts, audience, KIND, key, at))
    later = {"at": at.isoformat()} if at is not None else {}
    return Turn(place.at(place.PREVIEW, key=key, **later), shown, (effect,))


def edit(state: State, facts: Facts, key: str) -> Turn:
    """แก้ข้อความ: new words for the same people."""
    found = facts.ask(BroadcastBy(key))
    if found is None or found.state != "preview" or found.kind != KIND:
        return Turn(state, (sentence("broadcast.gone", command("button.menu")),))
    return to(facts, found.audience).also(CancelBroadcast(key))


def ask_when(state: State, facts: Facts, key: str) -> Turn:
    """ตั้งเวลา: typed, or picked on the phone."""
    found = facts.ask(BroadcastBy(key))
    if found is None or found.state != "preview" or found.kind != KIND:
        return Turn(state, (sentence("broadcast.gone", command("button.menu")),))
    return Turn(place.at(place.WHEN, key=key), (when(facts, key),))


def when(facts: Facts, key: str, says: str = "broadcast.ask_when") -> Bubble:
    first = (facts.now + dt.timedelta(days=1)).replace(hour=9, minute=0, second=0, microsecond=0, tzinfo=None)
    pick = PickMoment(text("kinds.button.moment"), tap_data("many_at", k=key), first)
    return sentence(says, pick, tap("button.cancel", "many_cancel", k=key), example=text("broadcast.example_when"))


def timed(state: State, said: Incoming, facts: Facts) -> Turn:
    """A time as typed: a day with its time; a time alone is the next such hour."""
    key = str(state.data["key"])
    now = facts.now
    reading = facts.reader.moment(said.text, now=now, rounds=facts.rounds)
    moment = reading.value
    if moment is None and reading.why == "date_missing":
        time = facts.reader.time(said.text).value
        moment = dt.datetime.combine(now.date(), time) if time is not None else None
        if moment is not None and moment.replace(tzinfo=now.tzinfo) <= now:
            moment += dt.timedelta(days=1)
    if moment is None:
        missing = "broadcast.when_time_missing" if reading.why == "time_missing" else "broadcast.when_unclear"
        missing = "broadcast.when_not" if reading.why == "not_a_moment" else missing
        return Turn(state, (when(facts, key, missing),))
    return set_for(state, facts, key, moment)


def set_for(state: State, facts: Facts, key: str, moment: dt.datetime) -> Turn:
    """The preview once more, with the time; `moment` is civil and has no zone."""
    found = facts.ask(BroadcastBy(key))
    if found is None or found.state != "preview":
        return Turn(IDLE, (sentence("broadcast.gone", command("button.menu")),))
    at = moment.replace(tzinfo=facts.now.tzinfo)
    wrong = untimely(at, facts.now)
    if wrong is not None:
        return Turn(state, (untimely_words(wrong, at),))
    shown = (as_received(found.words), preview(facts, found.audience, KIND, key, at))
    return Turn(place.at(place.PREVIEW, key=key, at=at.isoformat()), shown)


def untimely_words(wrong: Says, at: dt.datetime) -> Bubble:
    """Why a time cannot be set, with an example of one that can."""
    example = text("broadcast.example_when")
    if wrong is Says.FAR:
        return sentence("broadcast.when_far", day=Day(at.date()), days=FARTHEST.days, example=example)
    return sentence("broadcast.when_past", time=at, day=Day(at.date()), example=example)
