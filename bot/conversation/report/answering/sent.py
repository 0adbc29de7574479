"""A photo, sound, film, file or place as the answer to the open question."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.household_effects import KeepPhoto
from bot.conversation.inputs import Incoming
from bot.conversation.report import begin, flow
from bot.conversation.report.answering import gather
from bot.conversation.report.answering.store import store
from bot.conversation.report.asking.buttons import buttons
from bot.conversation.report.context import Context
from bot.conversation.report.kinds.media import stored_name
from bot.conversation.report.kinds.places import LEAST, PLACES, stored_place
from bot.conversation.report.kinds.table import asking
from bot.conversation.say import sentence
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.forms.compiled import MEDIA, Question, Step
from bot.messages.bubbles import Bubble, text

_NAMED = frozenset({"image", "audio", "video", "file", "location"})


def sent(state: State, said: Incoming, context: Context) -> Turn | None:
    """The turn that a message without words makes; None where the open question wants nothing of the sort.

    One that comes late, from before something that has been answered, is nobody's answer.
    """
    step = flow.step_of(state, context)
    asked = flow.asked_of(state, context, step) if step is not None else ()
    if step is None or len(asked) != 1 or asked[0].kind not in MEDIA | PLACES or said.late:
        return None
    gone = flow.sent_meanwhile(state, context)
    if gone is not None:
        return gone
    question = asked[0]
    if said.album and said.album == state.data.get("album"):
        return _rest_of_album(state, context, step, question)
    if question.kind in PLACES:
        return _place(state, said, context, step, question)
    value = stored_name(question, said)
    return _medium(state, said, context, question, value) if value else _other(state, said, context, step, question)


def _medium(state: State, said: Incoming, context: Context, question: Question, value: str) -> Turn:
    """LINE keeps the bytes for an unstated time: they are fetched at once, for this report."""
    sent_at = said.sent_at or context.facts.now
    owed = context.report.obligation.id
    keep = KeepPhoto(said.message_id, sent_at, obligation_id=owed, kind=said.what or "image")
    turn = store(state, said, context, {question.name: value}).also(keep)
    return replace(turn, state=turn.state.with_data(album=said.album)) if said.album else turn


def _rest_of_album(state: State, context: Context, step: Step, question: Question) -> Turn:
    """Several pictures at once answer one question: the others must not slip into the next."""
    turn = begin.ask_again(context, step, (sentence("kinds.rest_of_album"),), _only(state, question))
    return replace(turn, state=turn.state.with_data(album=state.data["album"]))


def _only(state: State, question: Question) -> Question | None:
    return question if state.data.get("only") == question.name else None


def _place(state: State, said: Incoming, context: Context, step: Step, question: Question) -> Turn:
    if said.place is None:
        return _other(state, said, context, step, question)
    value = stored_place(said.place)
    if question.kind in LEAST:
        return gather.add_places(state, said, context, step, question, [value])
    return store(state, said, context, {question.name: value})


def _other(state: State, said: Incoming, context: Context, step: Step, question: Question) -> Turn:
    """Another kind of message than was asked for: what it was, what is wanted, how to send that. It is not kept."""
    own = asking(question)
    what = said.what if said.what in _NAMED else "other"
    if own is None:
        return flow.again(state, context, Bubble((text("general.choose"),)))
    first = text("kinds.wrong_medium", what=text(f"kinds.what_{what}"), need=own.need(question))
    ways = buttons(context, step, (question,))
    return Turn(state, (Bubble((first, *own.request(context, question)), ways, quick=own.quick(context, question)),))
