"""What is typed to a list or about an instance of a repeat, while a report is under way: it comes before any answer."""

from __future__ import annotations

from bot.conversation.facts import Facts
from bot.conversation.inputs import Incoming
from bot.conversation.report import begin, flow
from bot.conversation.report.answering import another
from bot.conversation.report.changing import edit, lists, repeats
from bot.conversation.report.changing.instances import fresh, meant
from bot.conversation.report.context import Context
from bot.conversation.state import State
from bot.conversation.turn import Turn


def take(state: State, said: Incoming, facts: Facts) -> Turn | None:
    """None when the text is about neither; so it always is in a form whose boxes all bear numbers."""
    context = flow.open_context(state, facts)
    if context is None or not lists.needed(context):
        return None
    turn = _sure(state, said, context) or _listed(state, said, context) or _about_instance(state, said, context)
    return (flow.sent_meanwhile(state, context) or turn) if turn is not None else None


def _sure(state: State, said: Incoming, context: Context) -> Turn | None:
    """Yes or no to taking an instance out; "ลบ" once more is a yes."""
    removing = state.data.get("removing")
    if not removing:
        return None
    address, seen = removing
    order, wish = context.facts.reader.order(said.text), context.facts.reader.control(said.text).value
    again = order is not None and order.verb == "remove" and not order.about
    if seen != context.report.row_version:
        return repeats.ask_remove(state, context, str(address)) if again or wish == "yes" else None
    if again or wish == "yes":
        return repeats.take_out(context, str(address))
    return begin.show(context) if wish == "no" else None


def _listed(state: State, said: Incoming, context: Context) -> Turn | None:
    chosen = lists.chosen(state, context, said.text)
    if chosen is None:
        off = "listing" in state.data and context.facts.reader.control(said.text).value in {"no", "cancel"}
        return begin.show(context) if off else None
    if isinstance(chosen, int):
        return lists.show(state, context, str(state.data["listing"]["inside"]), chosen)
    return do(state, said, context, chosen)


def do(state: State, said: Incoming, context: Context, entry: lists.Entry) -> Turn | None:
    """What an entry of a list leads to."""
    match entry.do:
        case "step":
            return edit.ask_step(context, entry.name)
        case "one":
            return edit.ask_named(state, context, (entry.name,))
        case "list":
            return lists.show(state, context, entry.name)
        case "more":
            return repeats.one_more(state, said, context, entry.name)
        case _:
            return repeats.ask_remove(state, context, entry.name)


def _about_instance(state: State, said: Incoming, context: Context) -> Turn | None:
    """ลบ เด็ก ที่ 2; ไม่มี เด็ก, where the first is asked about."""
    order = context.facts.reader.order(said.text)
    step = flow.step_of(state, context)
    if order is None or order.verb not in {"remove", "no_more"}:
        return None
    if order.verb == "no_more":
        group = fresh(context, step) if step is not None else None
        named = group is not None and another.is_called(context, context.repeated(group), order.about)
        return repeats.none_at_all(context, step) if step is not None and named else None
    groups = meant(context, order, step)
    if len(groups) > 1:
        return lists.choose(state, context, "remove", tuple(group.name for group in groups))
    return repeats.ask_remove(state, context, groups[0].name) if groups else None
