"""Known values that change while a report is filled in, such as what leaders send: said at the next message, and never
sent before whoever confirms has seen them. The chat's state keeps what was shown last.
"""

from __future__ import annotations

from bot.conversation.facts import Facts
from bot.conversation.report.context import Context
from bot.conversation.report_facts import ReportOf
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.messages.bubbles import Bubble, Text, text

SHOWN = "known"
"""In the state: the boxes that nobody had to fill in, with what they held."""
MOST = 6
"""Changes named in one bubble."""


def moved(state: State, context: Context) -> tuple[str, ...]:
    """Addresses of the boxes that hold another known value than this chat has shown; none where it showed no report."""
    shown = state.data.get(SHOWN)
    if shown is None or state.data.get("o") != context.report.obligation.id:
        return ()
    now = context.values.supplied_now()
    gone = (name for name in shown if name not in now and context.values.held(name) == "")
    fresh = (name for name, value in now.items() if shown.get(name, "") != value)
    open_ones = [name for name in (*fresh, *gone) if name in context.questions and context.values.relevant(name)]
    return tuple(name for name in context.questions if name in open_ones) if open_ones else ()


def told(turn: Turn, before: State, facts: Facts) -> Turn:
    """The same turn, with what has changed since the message before it said first."""
    here = before.data.get("o")
    owed = next((item for item in facts.obligations if item.id == here), None)
    if before.flow != "report" or SHOWN not in before.data or owed is None or owed.closed:
        return turn
    context = Context.of(facts, facts.ask(ReportOf(owed.id)))
    changes = moved(before, context)
    if not changes:
        return turn
    if turn.state.flow == "report" and turn.state.data.get("o") == here:
        shown = {**before.data[SHOWN], **turn.state.data.get(SHOWN, {}), **_held(changes, context)}
        turn = Turn(turn.state.with_data(**{SHOWN: shown}), turn.bubbles, turn.effects, turn.stored)
    return turn.before(Bubble((text("report.known_changed"), *_lines(changes, before, context))))


def _held(changes: tuple[str, ...], context: Context) -> dict[str, str]:
    return {name: context.values.held(name) for name in changes}


def _lines(changes: tuple[str, ...], before: State, context: Context) -> tuple[Text, ...]:
    shown = before.data[SHOWN]
    lines = []
    for name in changes[:MOST]:
        question = context.questions[name]
        lines.append(context.change(question, context.write(question, shown.get(name, ""))))
    if len(changes) > MOST:
        lines.append(text("report.more_changes", n=len(changes) - MOST))
    return tuple(lines)
