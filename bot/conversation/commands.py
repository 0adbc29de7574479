"""Typed commands, the twins of every button: in any state, in the words that people use."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

from bot.conversation import desk, join, menu, owe, plan, receipts, staff, summary
from bot.conversation.broadcast import announce, delivery, group_text, place, quota, remind
from bot.conversation.effects import ChooseLanguage
from bot.conversation.facts import Facts
from bot.conversation.household import certificates, closing, left
from bot.conversation.inputs import Incoming, Kind
from bot.conversation.report import begin, choose, flow
from bot.conversation.report.answering.read import read_edit
from bot.conversation.report.changing import edit, form_view
from bot.conversation.report.context import Context
from bot.conversation.report.form_text import fill_in
from bot.conversation.report.sending import send
from bot.conversation.report.sharing import hand_over, newer_form
from bot.conversation.report_facts import ReportOf
from bot.conversation.say import command, sentence
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.reading.outcome import Action

Command = Callable[[State, Facts], Turn]


def _speak(language: str | None = None) -> Command:
    """Another language, stronger than the phone's; None: the other one of the two."""

    def chosen(state: State, facts: Facts) -> Turn:
        other = "en" if facts.catalogue.locale == "th" else "th"
        go_on = command("report.button.resume" if state.flow == "report" else "button.menu")
        return Turn(state, (sentence("general.language_switched", go_on),), (ChooseLanguage(language or other),))

    return chosen


def _contact(state: State, facts: Facts) -> Turn:  # noqa: ARG001 - commands share a signature
    return Turn(state, (sentence("general.contact"),))


def _greet(state: State, facts: Facts) -> Turn:
    """Thanks and greetings keep the state; what is open is said in one line."""
    context = flow.open_context(state, facts) if state.flow == "report" else None
    if context is not None:
        return Turn(state, (sentence("general.thanks"), *flow.where_we_are(state, context)))
    return Turn(state, (sentence("general.greeting", command("button.menu")), *begin.offers(facts)))


def _staff_only(wanted: Command) -> Command:
    def guarded(state: State, facts: Facts) -> Turn:
        return wanted(state, facts) if place.may_send(facts) else place.refused(state)

    return guarded


def _review(state: State, facts: Facts) -> Turn:
    """ทบทวน: every box of the report under way, or of the one sent last."""
    owed = edit.amendable(facts)
    if owed is None:
        return Turn(state, (sentence("report.nothing_to_review", command("menu.button.report")),))
    return Turn(state, form_view.whole_form(Context.of(facts, facts.ask(ReportOf(owed.id)))))


def _edit(state: State, facts: Facts) -> Turn:
    owed = edit.amendable(facts)
    if owed is not None and owed.locked:
        return Turn(state, (begin.not_taken(owed),))
    context = flow.open_context(State("report", {"o": owed.id}), facts) if owed is not None else None
    if context is None:
        return Turn(state, (sentence("report.nothing_to_review", command("menu.button.report")),))
    return edit.how(begin.cursor(context), context)


def _pause(state: State, facts: Facts) -> Turn:
    """Nothing is under way in this chat: a begun report stays as it is, whatever was called off."""
    waiting = begin.waiting(facts)
    if not waiting:
        return Turn(state, (sentence("general.nothing_to_cancel", command("button.menu")),))
    return send.pause(Context.of(facts, facts.ask(ReportOf(waiting[0].id))))


def _newer(way: Callable[[State, Incoming, Context], Turn]) -> Command:
    """ใช้แบบใหม่ and ทำแบบเดิมต่อ, typed where no report is under way: of the one that has been begun."""

    def chosen(state: State, facts: Facts) -> Turn:
        waiting = begin.waiting(facts)
        if not waiting:
            return choose.report(state, facts)
        context = Context.of(facts, facts.ask(ReportOf(waiting[0].id)))
        return way(begin.cursor(context), Incoming(Kind.TEXT), context)

    return chosen


EVERYWHERE: dict[str, Command] = {
    "menu": menu.show,
    "help": menu.help_text,
    "language": _speak(),
    "thai": _speak("th"),
    "english": _speak("en"),
    "contact": _contact,
    "privacy": join.notice,
}
COMMANDS: dict[str, Command] = {
    **EVERYWHERE,
    "report": choose.report,
    "resume": choose.report,
    "what_do_i_owe": owe.what_do_i_owe,
    "who_missing": _staff_only(staff.who_missing),
    "remind": _staff_only(remind.remind),
    "announce": _staff_only(announce.begin),
    "scheduled": _staff_only(delivery.scheduled),
    "cancel_announcement": _staff_only(delivery.stop),
    "delivery": _staff_only(delivery.show),
    "quota": _staff_only(quota.show),
    "group_text": _staff_only(group_text.show),
    "summary": summary.show,
    "dashboard": desk.show,
    "sign_out": desk.sign_out,
    "receipt": receipts.show,
    "province_values": _staff_only(choose.province_values),
    "requests": staff.requests,
    "plan": plan.show,
    "approve": lambda state, facts: staff.decide_only(state, facts, approve=True),
    "decline": lambda state, facts: staff.decide_only(state, facts, approve=False),
    "join": join.ask_to_join,
    "photo": left.how,
    "houses_left": left.remaining,
    "houses_lacking": closing.lacking,
    "close_village": closing.close,
    "certificates": certificates.show,
    "delegate": hand_over.ask,
    "new_form": _newer(newer_form.use),
    "old_form": _newer(newer_form.keep),
    "review": _review,
    "download": _review,
    "edit": _edit,
    "fill_text": fill_in.at_rest,
    "pause": _pause,
    "cancel": _pause,
    "none": _greet,
    "ack": _greet,
}
OF_A_ROUND: dict[str, Callable[[State, Facts, int], Turn]] = {
    "report": choose.report,
    "receipt": receipts.show,
    "summary": summary.show,
    "remind": remind.of_round,
}
"""What can be asked of one round by its number; what cannot is about the newest."""
GUESTS = frozenset({*EVERYWHERE, "join"})
_TAKEN_AT_ONCE = frozenset({"edit", "cancel"})
"""Intents that need no confirmation here: what they lead to shows a card first."""


def obey(state: State, said: Incoming, facts: Facts, among: Collection[str] = COMMANDS) -> Turn | None:
    """Obey a typed command; None when the text is none of `among`."""
    reading = facts.reader.control(said.text)
    intent = reading.value or ""
    if set(reading.notes) & {"code", "box", "new"}:
        return None
    sure = reading.action is Action.ACCEPT or intent in _TAKEN_AT_ONCE
    if not sure or intent not in among or (facts.person is None and intent not in GUESTS):
        return None
    named = reading.notes.get("round")
    if isinstance(named, int) and intent in OF_A_ROUND:
        return OF_A_ROUND[intent](state, facts, named)
    return COMMANDS[intent](state, facts)


def edit_sent(state: State, said: Incoming, facts: Facts) -> Turn | None:
    """แก้ 8=3510 when no report is under way: the open draft, or a change of the report sent last."""
    owed = edit.amendable(facts)
    if owed is not None and owed.locked:
        sent = Context.of(facts, facts.ask(ReportOf(owed.id)))
        return Turn(state, (begin.not_taken(owed),)) if read_edit(sent, said.text) is not None else None
    context = flow.open_context(State("report", {"o": owed.id}), facts) if owed else None
    if context is None:
        return None
    if facts.reader.says_wrong(said.text):
        return edit.how(begin.cursor(context), context)
    reply = read_edit(context, said.text)
    if reply is None:
        return None
    here = replace(begin.cursor(context), unclear=state.unclear)
    mine = facts.person is not None and context.report.updated_by in {None, facts.person.id}
    # what a colleague has begun to change was not seen in this chat: it is shown before it is replaced
    return flow.take(here if mine else here.with_data(seen=0), said, context, reply)
