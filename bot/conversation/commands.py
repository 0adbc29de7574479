"""Typed commands, the twins of every button: in any state, in the words that people use."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

from bot.conversation import household, join, menu, owe, staff
from bot.conversation.effects import ChooseLanguage
from bot.conversation.facts import Facts
from bot.conversation.inputs import Incoming
from bot.conversation.report import begin, edit, flow, review
from bot.conversation.report.context import Context
from bot.conversation.report.prompt import choice_of
from bot.conversation.report.read import Answered, read, read_edit
from bot.conversation.say import sentence
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.messages.bubbles import text
from bot.reading.outcome import Action

Command = Callable[[State, Facts], Turn]


def _language(state: State, facts: Facts) -> Turn:
    """English for who reads Thai, Thai for who reads English; stronger than the phone's language."""
    other = "en" if facts.catalogue.locale == "th" else "th"
    return Turn(state, (sentence(f"general.language_{other}"),), (ChooseLanguage(other),))


def _contact(state: State, facts: Facts) -> Turn:  # noqa: ARG001 - commands share a signature
    return Turn(state, (sentence("general.contact"),))


def _greet(state: State, facts: Facts) -> Turn:
    """Thanks and greetings keep the state; what is open is said in one line."""
    context = flow.open_context(state, facts) if state.flow == "report" else None
    if context is not None:
        return Turn(state, (sentence("general.thanks"), *flow.where_we_are(state, context)))
    return Turn(state, (sentence("general.greeting"),))


def _join(state: State, facts: Facts) -> Turn:  # noqa: ARG001
    return join.ask_to_join(facts)


def _staff_only(command: Command) -> Command:
    def guarded(state: State, facts: Facts) -> Turn:
        if facts.person is None or not facts.person.holds("staff", "admin"):
            return Turn(state, (sentence("general.no_permission", role=text("role.staff")),))
        return command(state, facts)

    return guarded


def _review(state: State, facts: Facts) -> Turn:
    """ทบทวน: every box of the report under way, or of the one sent last."""
    owed = edit.amendable(facts)
    if owed is None:
        return Turn(state, (sentence("report.nothing_to_review"),))
    context = flow.open_context(State("report", {"o": owed.id}), facts)
    return Turn(state, review.whole_form(context)) if context is not None else Turn(state)


def _edit(state: State, facts: Facts) -> Turn:
    owed = edit.amendable(facts)
    context = flow.open_context(State("report", {"o": owed.id}), facts) if owed else None
    if context is None:
        return Turn(state, (sentence("report.nothing_to_review"),))
    return edit.how(State("report", {"o": context.report.obligation.id, "step": "review"}), context)


EVERYWHERE: dict[str, Command] = {
    "menu": menu.show,
    "help": menu.help_text,
    "language": _language,
}
COMMANDS: dict[str, Command] = {
    **EVERYWHERE,
    "report": begin.report,
    "resume": begin.report,
    "what_do_i_owe": owe.what_do_i_owe,
    "who_missing": _staff_only(staff.who_missing),
    "province_values": _staff_only(begin.report),
    "requests": staff.requests,
    "join": _join,
    "photo": lambda state, _facts: household.how(state),
    "houses_left": household.remaining,
    "review": _review,
    "download": _review,
    "edit": _edit,
    "contact": _contact,
    "none": _greet,
    "ack": _greet,
}
GUESTS = frozenset({*EVERYWHERE, "join"})
_TAKEN_AT_ONCE = frozenset({"edit"})
"""Intents that need no confirmation here: what they lead to shows a card first."""


def obey(state: State, said: Incoming, facts: Facts, among: Collection[str] = COMMANDS) -> Turn | None:
    """Obey a typed command; None when the text is none of `among`."""
    reading = facts.reader.control(said.text)
    intent = reading.value or ""
    if reading.notes.get("code") or reading.notes.get("box") or reading.notes.get("new"):
        return None
    sure = reading.action is Action.ACCEPT or intent in _TAKEN_AT_ONCE
    if not sure or intent not in among or (facts.person is None and intent not in GUESTS):
        return None
    return COMMANDS[intent](state, facts)


InReport = Callable[[State, Incoming, Context], Turn]

IN_REPORT: dict[str, InReport] = {
    "back": lambda state, _said, context: flow.back(state, context),
    "pause": lambda _state, _said, context: flow.pause(context),
    "cancel": lambda state, _said, context: flow.cancel(state, context),
    "skip": flow.skip,
    "edit": lambda state, _said, context: edit.how(state, context),
    "restart": lambda state, _said, context: edit.how(state, context),
    "review": lambda state, _said, context: Turn(state, review.whole_form(context)),
    "download": lambda state, _said, context: Turn(state, review.whole_form(context)),
    "resume": lambda _state, _said, context: begin.resume(context),
    "report": lambda _state, _said, context: begin.resume(context),
    "submit": lambda state, _said, context: flow.send(state, context),
    "full_text": lambda state, _said, context: full_text(state, context),
    "help": lambda state, _said, context: help_with(state, context),
}


def full_text(state: State, context: Context) -> Turn:
    shown = review.full_text(context, str(state.data.get("step", "")))
    return Turn(state, (shown,)) if shown else Turn(state, flow.where_we_are(state, context))


def help_with(state: State, context: Context) -> Turn:
    """Help with the open question, then the commands."""
    return Turn(state, (*flow.where_we_are(state, context), sentence("general.help.officer")))


def obey_in_report(state: State, said: Incoming, facts: Facts) -> Turn | None:
    """A command while a report is under way. An answer that looks like a command is an answer first."""
    context = flow.open_context(state, facts)
    if context is None or _answers_choice(state, said, context):
        return None
    reading = facts.reader.control(said.text)
    intent = reading.value or ""
    if reading.notes.get("box") or reading.notes.get("new") or reading.notes.get("code"):
        return None
    if state.data.get("pending") and intent in {"yes", "no"}:
        return None
    if intent in IN_REPORT and (reading.action is Action.ACCEPT or reading.why == intent):
        return flow.sent_meanwhile(state, context) or IN_REPORT[intent](state, said, context)
    return obey(state, said, facts)


def _answers_choice(state: State, said: Incoming, context: Context) -> bool:
    """Whether the text is one of the choices of the open question, word for word."""
    step = flow.step_of(state, context)
    if step is None or choice_of(flow.asked_of(state, context, step)) is None:
        return False
    return isinstance(read(context, flow.asked_of(state, context, step), said.text), Answered)


def edit_sent(state: State, said: Incoming, facts: Facts) -> Turn | None:
    """แก้ 8=3510 when no report is under way: the open draft, or a change of the report sent last."""
    owed = edit.amendable(facts)
    context = flow.open_context(State("report", {"o": owed.id}), facts) if owed else None
    if context is None:
        return None
    reply = read_edit(context, said.text)
    if reply is None:
        return None
    opened = State("report", {"o": context.report.obligation.id, "step": "review", "seen": context.report.row_version})
    return flow.take(replace(opened, unclear=state.unclear), said, context, reply)
