"""The typed twins of the three ways to fill in a later round: on their card, and where a reminder showed them."""

from __future__ import annotations

from bot.conversation.facts import Facts, ObligationFacts
from bot.conversation.inputs import Incoming
from bot.conversation.report import begin, choose, flow
from bot.conversation.report.answering.read import read, read_edit
from bot.conversation.report.answering.reply import Answered, Doubtful
from bot.conversation.report.context import REVIEW, Context
from bot.conversation.report.last_round import changed, later
from bot.conversation.report.last_round.ways import AFRESH, ALL_AS_LAST, CHANGED_ONLY, FLOW, last_of, options
from bot.conversation.report_facts import ReportOf
from bot.conversation.say import heard, sentence
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.reading.outcome import Action

_INTENTS = {"done_same": ALL_AS_LAST, "changed_only": CHANGED_ONLY, "restart": AFRESH}


def take(state: State, said: Incoming, facts: Facts) -> Turn | None:
    """The three ways are on the screen: one of them, typed; or new values at once. None for anything else."""
    owed = _offered(state, facts)
    if owed is None:
        return None
    context = Context.of(facts, facts.ask(ReportOf(owed.id)))
    way = _picked(said, context)
    if way is not None:
        return later.start(owed, way, facts)
    return _changes(said, context) if context.report.row_version is None else None


def again(state: State, said: Incoming, facts: Facts) -> Turn | None:
    """What was typed is none of the three ways: they are shown once more."""
    owed = _offered(state, facts)
    if owed is None:
        return None
    turn = begin.begin(owed, facts)
    example = facts.catalogue.say(turn.bubbles[-1].buttons[0].label) if turn.bubbles[-1].buttons else ""
    return turn.before(sentence("general.not_understood", heard=heard(said.text), example=example)).unclear(state)


def at_rest(said: Incoming, facts: Facts) -> Turn | None:
    """The twins of a reminder's buttons, typed while nothing is under way."""
    way = _INTENTS.get(facts.reader.control(said.text).value or "")
    owed = [item for item in facts.obligations if not item.settled and not item.closed]
    if way is None or not facts.obligations or (way == AFRESH and not owed):
        return None
    return later.start(owed[0], way, facts) if len(owed) == 1 else choose.report(State(), facts)


def _offered(state: State, facts: Facts) -> ObligationFacts | None:
    wanted = state.data.get("o") if state.flow == FLOW else None
    return next(
        (item for item in facts.obligations if item.id == wanted and not item.closed and not item.settled), None
    )


def _picked(said: Incoming, context: Context) -> str | None:
    """By its place, its own words, or words that mean the same; here แก้ can only mean what changed."""
    choice = context.facts.reader.choice(said.text, options(context))
    if choice.action is Action.ACCEPT and isinstance(choice.value, str):
        return choice.value
    meant = context.facts.reader.control(said.text)
    if set(meant.notes) & {"box", "new", "round"}:
        return None
    return CHANGED_ONLY if meant.value == "edit" else _INTENTS.get(meant.value or "")


def new_values(said: Incoming, facts: Facts) -> Turn | None:
    """8=4720 typed while a later round waits to be begun: what changed since the round that was sent, and no change of
    that one, which needs the word (แก้ 8=4720)."""
    if facts.reader.control(said.text).value == "edit":
        return None
    owed = [item for item in facts.obligations if not item.settled and not item.closed]
    if len(owed) != 1 or owed[0].draft_exists:
        return None
    context = Context.of(facts, facts.ask(ReportOf(owed[0].id)))
    last = last_of(context)
    if last is None or not isinstance(read_edit(context, said.text), Answered | Doubtful):
        return None
    turn = _changes(said, context)
    told = sentence("report.later.taken_for", round=owed[0].called, last=last.called)
    return turn.before(told) if turn is not None else None


def _changes(said: Incoming, context: Context) -> Turn | None:
    """Values typed at once, 5=33 8=4720: that is what changed."""
    after = later.completed(context)
    counts = changed.changeable(after)
    reply = read(after, counts, said.text) if counts else read_edit(after, said.text)
    if not isinstance(reply, Answered | Doubtful):
        return None
    turn = flow.take(begin.cursor(after, stored=True).with_data(step=REVIEW), said, after, reply)
    return turn if isinstance(reply, Answered) else turn.also(after.save())
