"""More and less of what repeats: one more instance, one taken out, none at all. What goes is shown first."""

from __future__ import annotations

from bot.conversation.inputs import Incoming
from bot.conversation.report import begin
from bot.conversation.report.answering import another
from bot.conversation.report.answering.readback import readback
from bot.conversation.report.answering.store import store
from bot.conversation.report.changing.instances import fresh, inside, removable, without
from bot.conversation.report.context import Context
from bot.conversation.report.tokens import token
from bot.conversation.say import sentence, tap
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.forms.compiled import YES, Step
from bot.messages.bubbles import text

MOST_SHOWN = 4
"""Answers of an instance that are read back before it is taken out."""


def ask_remove(state: State, context: Context, address: str) -> Turn:
    """C-02 for taking something out: what goes, then a yes."""
    group = context.values.groups.get(address)
    if group is None or not removable(context, group):
        return begin.show(context)
    held = tuple(inside(context, group))
    shown = readback(context, held[:MOST_SHOWN]) + (" …" if len(held) > MOST_SHOWN else "")
    key = "report.remove_confirm" if held else "report.remove_confirm_empty"
    where: dict[str, str | int] = {"o": context.report.obligation.id, "g": token(address)}
    ways = (
        tap("report.button.remove_yes", "removed", **where, r=context.report.row_version or 0),
        tap("general.button.keep", "keep", **where),
    )
    card = sentence(key, *ways, title=context.instance(group), list=shown)
    return Turn(state.with_data(removing=[address, context.report.row_version]), (card,))


def take_out(context: Context, address: str) -> Turn:
    """Take the instance out; those after it move up, what was skipped in them with them."""
    group = context.values.groups.get(address)
    if group is None or not removable(context, group):
        return begin.show(context)
    told = (text("report.removed", title=context.instance(group)),)
    after = without(context, address)
    return begin.show(after, received=told, stored=True).also(after.save())


def one_more(state: State, said: Incoming, context: Context, address: str, had: int | None = None) -> Turn | None:
    """One more instance; `had`: how many there were when that was offered, so that two taps add one. None when it
    cannot be added (any more)."""
    question = context.questions.get(address)
    if question is None or not another.is_another(question) or not context.values.relevant(address):
        return None
    if had not in {None, another.count(context, question)}:
        return None
    return store(state, said, context, {address: YES})


def none_at_all(context: Context, step: Step) -> Turn | None:
    """The instance that begins with `step` is not there, nor another; None where somebody has answered in it."""
    group = fresh(context, step)
    if group is None:
        return None
    after = without(context, group.name, done=True)
    told = text("report.none_of", label=context.repeated(group) or context.instance(group))
    return begin.show(after, received=(told,), stored=True).also(after.save())
