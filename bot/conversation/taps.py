"""Taps on buttons. A button may be a week old: it says which report and question it was shown for."""

from __future__ import annotations

from collections.abc import Callable

from bot.conversation import commands, join, menu, sign, staff
from bot.conversation.broadcast import flow as broadcast
from bot.conversation.facts import Facts, ObligationFacts
from bot.conversation.household import (
    case_taps,
    case_waiting,
    closing,
    many,
    numbers,
    photos,
    settling,
    sheets,
    signing,
)
from bot.conversation.inputs import Incoming
from bot.conversation.ledger import tapping as office
from bot.conversation.report import begin, choose, flow
from bot.conversation.report.context import Context
from bot.conversation.report.last_round import later
from bot.conversation.report.last_round.ways import WAYS
from bot.conversation.report.sharing import hand_over
from bot.conversation.report.tapping.table import TAPS
from bot.conversation.report_facts import ReportOf
from bot.conversation.say import command, sentence
from bot.conversation.state import IDLE, State
from bot.conversation.turn import Turn

Tapped = Callable[[State, Incoming, Facts], Turn]


def tapped(state: State, said: Incoming, facts: Facts) -> Turn:
    """Do what a button stands for, if that still makes sense; else say what stands now."""
    do = said.tap.get("do", "")
    under = menu.under(state)
    if do.startswith("join_"):
        return join.tapped(under, said, facts)
    if facts.person is None:
        return join.guest(under, said, facts)
    if do in _PLAIN:
        return _PLAIN[do](under, said, facts)
    if do.startswith("many_"):
        return broadcast.tapped(under, said, facts)
    if do in {"begin", "start", *WAYS} or do in TAPS:
        return _in_report(under, said, facts, do)
    return _gone(under)


def _gone(state: State) -> Turn:
    return Turn(state, (sentence("general.stale_button_other", command("button.menu")),))


def _command(name: str) -> Tapped:
    return lambda state, _said, facts: commands.COMMANDS[name](state, facts)


_PLAIN: dict[str, Tapped] = {
    "house": lambda state, said, facts: case_waiting.again(numbers.tapped(state, said, facts), facts),
    "case": case_taps.tapped,
    "sign": sign.tapped,
    "pairs": many.tapped,
    "pairs_again": many.tapped,
    settling.WHICH: many.tapped,
    signing.CHOOSE: sign.chosen,
    "sheet": sheets.tapped,
    "sheet_all": sheets.tapped,
    "sheet_of": sheets.tapped,
    "which": numbers.tapped_photo,
    "village": photos.tapped_village,
    "close_village": closing.tapped,
    "approve": staff.decide,
    "decline": staff.decide,
    "report": lambda state, _said, facts: choose.report(state, facts),
    "owe": _command("what_do_i_owe"),
    "who_missing": _command("who_missing"),
    "remind": _command("remind"),
    "contact": _command("contact"),
    "office": office.tapped,
    "hand_over": hand_over.tapped,
    "hand_to": hand_over.tapped,
    "hand_back": hand_over.tapped,
}
_AMENDING = frozenset({"edit", "step", "box", "one", "list", "form", "full", "fill_in"})
"""Taps that may open a report again after it was sent."""

_LOOKING = frozenset({"new_form", "form", "full", "keep_photo", "drop_photo", "cancel"})
"""Taps that store no answer: also under a form version that was withdrawn."""


def _in_report(state: State, said: Incoming, facts: Facts, do: str) -> Turn:
    """A button of a report: about the one under way, or one that is opened by it, or one that is gone."""
    wanted = said.tap.get("o", "")
    owed = next((item for item in facts.obligations if str(item.id) == wanted), None)
    if owed is None:
        return _gone(state)
    if owed.locked:
        return _of_locked(state, said, facts, owed)
    if do in {"begin", "start", *WAYS}:
        if owed.settled and not owed.draft_exists:
            return _sent_already(owed)
        return later.start(owed, do, facts) if do in WAYS else begin.begin(owed, facts)
    mine = state.flow == "report" and state.data.get("o") == owed.id
    here = state if mine else State("report", {"o": owed.id})
    context = flow.open_context(here, facts)
    if context is None or (_closed(context) and do not in _AMENDING and not _amending(here, context)):
        return _sent_already(owed)
    if not mine:
        here = begin.cursor(context)
    gone = flow.sent_meanwhile(here, context)
    if gone is None and do not in _LOOKING:
        gone = begin.must_move(context)
    return gone or TAPS[do](here, said, context)


def _of_locked(state: State, said: Incoming, facts: Facts, owed: ObligationFacts) -> Turn:
    """The province has closed it: it may be looked at, and that is all."""
    do = said.tap.get("do", "")
    if do in {"form", "full"} and owed.versions:
        return TAPS[do](state, said, Context.of(facts, facts.ask(ReportOf(owed.id))))
    return Turn(IDLE, (begin.not_taken(owed),))


def _closed(context: Context) -> bool:
    """Whether the report was sent and nobody is changing it."""
    return context.report.row_version is None and context.report.obligation.settled


def _amending(state: State, context: Context) -> bool:
    """Whether this chat has begun to change the version that stands."""
    return "seen" in state.data and state.data.get("amends") == context.report.amends


def _sent_already(owed: ObligationFacts) -> Turn:
    if owed.closed:
        return Turn(IDLE, (sentence("report.round_closed_now", round=owed.called),))
    shown = sentence("general.stale_button_sent_now", round=owed.called, area=owed.area.name, example="8=900")
    return Turn(IDLE, (shown,))
