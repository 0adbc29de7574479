"""Closing a round and opening it again: shown first with what follows from it, done with a yes."""

from __future__ import annotations

from bot.conversation.effects import CloseRound
from bot.conversation.facts import Facts
from bot.conversation.ledger.cards import DO
from bot.conversation.ledger.facts import OpenedRounds, RoundFacts
from bot.conversation.say import command, sentence, tap
from bot.conversation.state import IDLE, State
from bot.conversation.turn import Turn
from bot.messages.bubbles import Bubble, Day, Value, Words, text
from bot.reading.office_orders import OfficeOrder

FLOW = "office"


def ask(order: OfficeOrder, facts: Facts) -> Turn | None:
    """ปิดรับครั้งที่ 1, เปิดรับครั้งที่ 1; None when the word begins a sentence about something else."""
    if order.words or order.boxes:
        return None
    closing = order.verb == "close_round"
    rounds = facts.ask(OpenedRounds())
    among = [rnd for rnd in rounds if order.round in {None, rnd.number}]
    fitting = [rnd for rnd in among if rnd.closed is not closing]
    if not among:
        return Turn(IDLE, (sentence("staff.no_round") if order.round is None else _no_such(order.round, rounds),))
    if not fitting:
        key = "office.close_round.already" if closing else "office.open_round.already"
        return Turn(IDLE, (sentence(key, round=among[-1].called),))
    # closing means the oldest one that is open: later ones are still being filled in
    return _card(fitting[0] if closing else fitting[-1], closing=closing)


def _no_such(number: int, rounds: tuple[RoundFacts, ...]) -> Bubble:
    if not rounds:
        return sentence("staff.no_round")
    return sentence("office.no_such_round", round=number, last=rounds[-1].number)


def _card(rnd: RoundFacts, *, closing: bool) -> Turn:
    verb = "close_round" if closing else "open_round"
    sent = rnd.total - len(rnd.owing)
    due = Day(rnd.due_at.date())
    lines: list[Words] = [text("staff.sent", round=rnd.called, due=due, sent=sent, total=rnd.total)]
    if rnd.owing:
        names = tuple(area.short for area in rnd.owing)
        lines.append(text("office.owing", n=len(names), list=names))
    lines += [text(f"office.{verb}.follows", round=rnd.called), text(f"office.{verb}.confirm")]
    yes, no = tap(text(f"office.{verb}.yes"), DO, v="yes", o=rnd.id), tap("button.cancel", DO, v="no", o=rnd.id)
    card = Bubble(tuple(lines), (yes, no), title=text(f"office.{verb}.title", round=rnd.called), card=True)
    return Turn(State(FLOW, {"r": rnd.id, "v": verb}), (card,))


def confirmed(state: State, facts: Facts) -> Turn:
    """Yes: done, if it still is as the card said."""
    closing = state.data.get("v") == "close_round"
    rnd = next((rnd for rnd in facts.ask(OpenedRounds()) if rnd.id == state.data.get("r")), None)
    if rnd is None:
        return Turn(IDLE, (sentence("office.gone"),))
    words: dict[str, Value] = {"round": rnd.called}
    verb = "close_round" if closing else "open_round"
    if rnd.closed is closing:
        return Turn(IDLE, (sentence(f"office.{verb}.already", **words),))
    done = sentence(f"office.{verb}.done", command("staff.button.who_owes"), **words)
    return Turn(IDLE, (done,), (CloseRound(rnd.id, closed=closing),))
