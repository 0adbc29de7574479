"""Typed commands while a report is under way. An answer that looks like a command is an answer first."""

from __future__ import annotations

from collections.abc import Callable

from bot.conversation.facts import Facts
from bot.conversation.inputs import Incoming
from bot.conversation.report import begin, choose, flow
from bot.conversation.report.answering.read import is_answer
from bot.conversation.report.changing import edit, form_view, steer
from bot.conversation.report.context import Context
from bot.conversation.report.form_text import fill_in
from bot.conversation.report.last_round import changed, later
from bot.conversation.report.last_round.ways import AFRESH, ALL_AS_LAST, CHANGED_ONLY
from bot.conversation.report.sending import reasons, send
from bot.conversation.report.sharing import approving, newer_form
from bot.conversation.report.tapping import gathering, picture
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.reading.outcome import Action

Order = Callable[[State, Incoming, Context], Turn]


def _report(_state: State, _said: Incoming, context: Context) -> Turn:
    """รายงาน goes on with this one, or asks which when others are owed too."""
    owed = [item for item in context.facts.obligations if not item.settled and not item.closed]
    this = context.report.obligation.id
    return begin.resume(context) if all(item.id == this for item in owed) else choose.report(_state, context.facts)


def _other_way(way: str) -> Order:
    """Another of the three ways of a later round, in the middle of one of them."""
    return lambda _state, _said, context: later.go(way, context)


def _restart(state: State, _said: Incoming, context: Context) -> Turn:
    """A later round without what was carried over; any other report is changed box by box."""
    if context.report.sent is None and changed.is_later(context):
        return later.go(AFRESH, context)
    return edit.how(state, context)


ORDERS: dict[str, Order] = {
    "changed_only": _other_way(CHANGED_ONLY),
    "done_same": _other_way(ALL_AS_LAST),
    "back": lambda state, _said, context: steer.back(state, context),
    "pause": lambda _state, _said, context: send.pause(context),
    "cancel": lambda _state, _said, context: send.cancel(context),
    "skip": steer.skip,
    "edit": lambda state, _said, context: edit.how(state, context),
    "restart": _restart,
    "review": lambda state, _said, context: Turn(state, form_view.whole_form(context)),
    "download": lambda state, _said, context: Turn(state, form_view.whole_form(context)),
    "picture": picture.show,
    "resume": lambda _state, _said, context: begin.resume(context),
    "report": _report,
    "submit": lambda state, _said, context: send.send(state, context),
    "send_back": lambda state, _said, context: approving.ask_reason(state, context),
    "new_form": newer_form.use,
    "old_form": newer_form.keep,
    "full_text": lambda state, _said, context: steer.full_text(state, context),
    "fill_text": lambda _state, _said, context: fill_in.give(context),
    "help": lambda state, _said, context: steer.help_with(state, context),
    "enough": gathering.enough,
    "remarks": reasons.show,
    "explain": reasons.ask_of,
    "more": gathering.more,
}


_OF_WAYS = frozenset({"done_same", "changed_only"})
STORING = frozenset({"submit", "skip", "back", "edit", "restart", "enough", *_OF_WAYS})
"""Orders that a form version which was withdrawn no longer takes."""
NAVIGATION = frozenset(
    {
        *(
            "menu",
            "help",
            "report",
            "resume",
            "review",
            "download",
            "picture",
            "pause",
            "back",
            "full_text",
            "fill_text",
        ),
        *("what_do_i_owe", "who_missing", "requests", "province_values", "contact", "privacy", "thai", "english"),
    }
)
"""Words that lead elsewhere and are no answer, though รายงาน stands inside the label อยู่ระหว่างการจัดทำรายงาน."""


def answers(state: State, said: Incoming, facts: Facts) -> bool:
    """Whether the text is one of the choices of the open question."""
    context = flow.open_context(state, facts)
    step = flow.step_of(state, context) if context is not None else None
    if context is None or step is None or state.data.get("pending"):
        return False
    meant = facts.reader.control(said.text)
    if meant.action is Action.ACCEPT and meant.value in NAVIGATION:
        return False
    return is_answer(context, flow.asked_of(state, context, step), said.text)


def obey(state: State, said: Incoming, facts: Facts) -> Turn | None:
    """Obey an order about the report under way; None when the text is none."""
    context = flow.open_context(state, facts)
    reading = facts.reader.control(said.text)
    intent = reading.value or ""
    if context is None or set(reading.notes) & {"box", "new", "code", "round"} or intent not in ORDERS:
        return None
    if reading.action is not Action.ACCEPT and reading.why != intent:
        return None
    if intent in _OF_WAYS and (
        context.report.sent is not None or (intent == "done_same" and not reading.notes.get("whole"))
    ):
        return None  # เท่าเดิม answers the open question; the whole report is meant by words that say so
    gone = flow.sent_meanwhile(state, context)
    if gone is None and intent in STORING:
        gone = begin.must_move(context)
    return gone or ORDERS[intent](state, said, context)
