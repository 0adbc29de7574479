"""A case's question behind a turn about something else: the one that is open again, or the next that waits."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.facts import Facts
from bot.conversation.household import case_steps as steps
from bot.conversation.household import case_talk, run
from bot.conversation.household.names import called
from bot.conversation.say import sentence
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.messages.bubbles import Bubble

MOST_BUTTONS = 3
"""Above a question with buttons of its own: a reply stays below 3 KB."""
_SILENT = frozenset({run.BURST, run.PAIRS, run.MEANT})
"""While one of these is open nothing further is asked."""


def again(turn: Turn, facts: Facts) -> Turn:
    """The same turn about photos, with the question that is still open behind it."""
    talk = case_talk.open_talk(turn.state)
    if talk is None or not turn.bubbles:
        return turn
    if _SILENT & turn.state.data.keys():
        return replace(turn, state=case_talk.put_off(case_talk.settled(turn.state), [talk]))
    asked = steps.question(talk, facts)
    if _is_long(turn):  # its buttons stand further up in the chat
        return replace(
            turn, bubbles=(*turn.bubbles, replace(asked, buttons=())) if len(turn.bubbles) == 1 else turn.bubbles
        )
    return replace(turn, bubbles=(*turn.bubbles, asked))


def _is_long(turn: Turn) -> bool:
    return sum(len(bubble.buttons) for bubble in turn.bubbles) > MOST_BUTTONS


def told(turn: Turn, facts: Facts, *, quiet: bool = False) -> Turn:
    """The same turn, with a question about the next case that waits, where nothing else is open.

    Under a long list of buttons it is only said that it waits.
    """
    if turn.state.flow != "idle" or not (turn.bubbles or quiet) or _SILENT & turn.state.data.keys():
        return turn
    if case_talk.open_talk(turn.state) is not None or not case_talk.waiting(turn.state):
        return turn
    here, talk = case_talk.taken(turn.state)
    if talk is None:
        return turn
    if _is_long(turn):
        kept = (sentence("household.case.kept", house=called(talk.house)),) if talk.house else ()
        return replace(turn, bubbles=(*turn.bubbles, *kept)) if len(turn.bubbles) == 1 else turn
    asked = (
        Turn(case_talk.asked(here, talk), (steps.question(talk, facts),))
        if talk.step in case_talk.STORED
        else steps.ask(here, talk, facts)
    )
    return replace(turn, state=asked.state, bubbles=(*turn.bubbles, *asked.bubbles))


def open_question(state: State, facts: Facts) -> tuple[Bubble, ...]:
    """The question about a case that is open, again."""
    talk = case_talk.open_talk(state)
    return (steps.question(talk, facts),) if talk is not None and facts.person is not None else ()
