"""Who answers while something is being sent to many: the step that is open, or a button of it, however old."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from bot.conversation.broadcast import announce, decide, place
from bot.conversation.broadcast_facts import Audience
from bot.conversation.facts import Facts
from bot.conversation.inputs import Incoming
from bot.conversation.say import command, sentence
from bot.conversation.state import IDLE, State
from bot.conversation.turn import Turn
from bot.messages.bubbles import Bubble

_REFUSALS = frozenset({"no", "cancel"})
_AGREED = frozenset({"yes", "submit"})
_COMMANDS = frozenset(
    {"menu", "help", "who_missing", "remind", "announce", "summary", "quota", "delivery", "scheduled"}
)
"""Orders that are obeyed where the words of an announcement are asked for: nobody announces a single one of them."""


def take(state: State, said: Incoming, facts: Facts) -> Turn | None:
    """The open step's answer; None for what is no answer to it."""
    if not place.may_send(facts):
        return None
    step = state.data.get("step")
    intent = facts.reader.control(said.text).value
    if step == place.PREVIEW:
        return _decided(state, intent, facts)
    if intent == "cancel":
        return decide.cancel(state, facts, str(state.data.get("key", "")))
    return None if intent in _COMMANDS else _answered(state, said, facts, intent)


def _answered(state: State, said: Incoming, facts: Facts, intent: str | None) -> Turn:
    """To whom, the words, or the time, whichever was asked for."""
    step = state.data.get("step")
    if step == place.WHEN and "key" in state.data:
        return announce.timed(state, said, facts)
    if step == place.WORDS and "to" in state.data and intent != "back":
        return announce.written(state, said, facts)
    return announce.addressed(said, facts) or _again(state, facts)


def question(state: State, facts: Facts) -> tuple[Bubble, ...]:
    """What is open, asked once more."""
    data, step = state.data, state.data.get("step")
    if not place.may_send(facts):
        return ()
    if step == place.WORDS and "to" in data:
        return announce.ask_words(facts, Audience.from_json(data["to"]))
    if step == place.WHEN and "key" in data:
        return (announce.when(facts, str(data["key"])),)
    return (announce.ask_to(facts),) if step == place.TO else ()


def _again(state: State, facts: Facts) -> Turn:
    return announce.begin(state, facts).unclear(state)


def _decided(state: State, intent: str | None, facts: Facts) -> Turn | None:
    key = str(state.data.get("key", ""))
    if intent in _AGREED:
        return decide.send(state, facts, key, _time(state.data.get("at")), str(state.data.get("sure", "")))
    if intent in _REFUSALS:
        return decide.cancel(state, facts, key)
    ways: dict[str, Callable[[State, Facts, str], Turn]] = {
        "schedule": announce.ask_when,
        "edit_words": announce.edit,
        "see_words": decide.words,
    }
    return ways[intent](state, facts, key) if intent in ways else None


def tapped(state: State, said: Incoming, facts: Facts) -> Turn:
    """A button of a preview; it says which one, so that an old one means what it meant."""
    if not place.may_send(facts):
        return Turn(state, (sentence("broadcast.gone", command("button.menu")),))
    key, do = said.tap.get("k", ""), said.tap["do"]
    if do == "many_send":
        return decide.send(state, facts, key, _time(said.tap.get("at")), said.tap.get("sure", ""))
    if do == "many_at" and said.moment is not None:
        return announce.set_for(state, facts, key, said.moment)
    gone = Turn(IDLE, (sentence("broadcast.gone", command("button.menu")),))
    return _TAPS[do](state, facts, key) if do in _TAPS else gone


_TAPS: dict[str, Callable[[State, Facts, str], Turn]] = {
    "many_words": decide.words,
    "many_edit": announce.edit,
    "many_when": announce.ask_when,
    "many_cancel": decide.cancel,
}


def _time(stored: object) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(str(stored)) if stored else None
    except ValueError:
        return None
