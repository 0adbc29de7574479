"""One step of the conversation: (state, input, facts) -> turn. Pure; everything it knows is in its arguments."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import commands, household, join, menu, taps
from bot.conversation.effects import MarkFollowing
from bot.conversation.facts import Facts
from bot.conversation.inputs import Incoming, Kind
from bot.conversation.report import begin, flow
from bot.conversation.say import EXAMPLE_CODE, heard, sentence
from bot.conversation.state import IDLE, State
from bot.conversation.turn import Turn
from bot.messages.bubbles import Bubble, text

LONGEST = 2000
"""Characters beyond which a message is no answer to anything."""


def step(state: State, said: Incoming, facts: Facts) -> Turn:
    """Take one turn. Raises bot.conversation.facts.Missing when it needs a fact that was not loaded."""
    if said.kind is Kind.SILENT:
        return Turn(state)
    if said.kind is Kind.UNFOLLOW:
        return Turn(state, effects=(MarkFollowing(following=False),))
    if said.kind is Kind.FOLLOW:
        return join.greet(facts).also(MarkFollowing(following=True))
    return _answer(replace(state, unclear=0), said, facts, state.unclear)


def _answer(state: State, said: Incoming, facts: Facts, unclear: int) -> Turn:
    counted = replace(state, unclear=unclear)
    if said.masked:
        return Turn(state, (sentence("general.national_id", example=EXAMPLE_CODE),))
    if said.late and said.kind in {Kind.TEXT, Kind.TAP}:
        return _late(state, said, facts)
    if len(said.text) > LONGEST:
        return Turn(state, (sentence("general.too_long", n=len(said.text), example="900 850"),))
    by_kind = {Kind.TEXT: _text, Kind.TAP: taps.tapped, Kind.PHOTO: _photo, Kind.STICKER: _sticker}
    return by_kind.get(said.kind, _unsupported)(counted, said, facts)


def _late(state: State, said: Incoming, facts: Facts) -> Turn:
    """Sent before something that has been answered already: never stored silently."""
    when = (said.sent_at or facts.now).astimezone(facts.now.tzinfo)
    first = sentence("general.late", time=when, example=heard(said.text) if said.text else "900 850")
    return Turn(state, (first, *_open_question(state, facts)))


def _open_question(state: State, facts: Facts) -> tuple[Bubble, ...]:
    """Where the person stands, in one line; nothing when no report is under way."""
    if state.flow != "report":
        return ()
    context = flow.open_context(state, facts)
    return flow.where_we_are(state, context) if context is not None else ()


def _text(state: State, said: Incoming, facts: Facts) -> Turn:
    named = menu.chosen(state, said.text, facts)
    if named is not None:
        return commands.obey(menu.under(state), replace(said, text=named), facts) or Turn(state)
    under = menu.under(state)
    for flow_name, take in _JOINING.items():
        if under.flow == flow_name:
            return commands.obey(under, said, facts, among=commands.EVERYWHERE) or take(under, said, facts)
    if under.flow == "report" and facts.person is not None:
        return commands.obey_in_report(under, said, facts) or flow.words(under, said, facts)
    return _at_rest(under, said, facts)


_JOINING = {
    "join_name": join.take_name,
    "join_district": join.take_district,
    "join_confirm": join.take_consent,
}


def _at_rest(state: State, said: Incoming, facts: Facts) -> Turn:
    """No flow is under way: a command, a code, a house number, an edit of a sent report, or a greeting."""
    turn = commands.obey(state, said, facts)
    if turn is not None:
        return turn
    if facts.person is None:
        return join.guest(IDLE, said, facts)
    turn = join.code_or_village(said, facts) or commands.edit_sent(state, said, facts)
    if turn is None and facts.person.holds("leader"):
        turn = household.house_number(state, said, facts)
    return turn or _not_understood(state, said, facts)


def _not_understood(state: State, said: Incoming, facts: Facts) -> Turn:
    """Never an echo of the menu alone: what was heard, and what can be done; a waiting report is offered."""
    waiting = [item for item in facts.obligations if item.draft_exists and not item.settled and not item.closed]
    if waiting:
        return begin.begin(waiting[0], facts)
    shown = menu.show(State(), facts)
    first = sentence("general.not_understood", heard=heard(said.text), example=facts.catalogue.say(text("menu.title")))
    return Turn(shown.state, (first, *shown.bubbles)).unclear(state)


def _photo(state: State, said: Incoming, facts: Facts) -> Turn:
    under = menu.under(state)
    if facts.person is None:
        if facts.waiting is not None and facts.waiting.role == "leader":
            return household.photo_while_waiting(under, said, facts)
        return join.guest(under, said, facts)
    if under.flow == "report":
        context = flow.open_context(under, facts)
        if context is not None:
            return flow.photo(under, said, context)
    return household.photo(under, said, facts)


def _sticker(state: State, said: Incoming, facts: Facts) -> Turn:
    under = menu.under(state)
    if facts.person is None:
        return join.guest(under, said, facts)
    return Turn(under, (sentence("general.thanks"), *_open_question(under, facts)))


def _unsupported(state: State, said: Incoming, facts: Facts) -> Turn:
    under = menu.under(state)
    if facts.person is None:
        return join.guest(under, said, facts)
    first = sentence("general.unsupported.idle", example=facts.catalogue.say(text("menu.title")))
    return Turn(under, (first, *_open_question(under, facts)))
