"""Provincial staff decide about one district's report: ordered in words, shown before and after, done with a yes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.conversation.effects import AcceptReport, Effect, ReopenReport, ReturnReport, WaiveReport
from bot.conversation.facts import AreaFacts, Districts, Facts, ObligationFacts
from bot.conversation.inputs import Incoming
from bot.conversation.ledger import cards, history, rounds
from bot.conversation.ledger.deeds import DEEDS, Deed
from bot.conversation.ledger.facts import DistrictReports, ReportsOf
from bot.conversation.report.context import Context
from bot.conversation.report_facts import ReportOf
from bot.conversation.say import command, heard, sentence
from bot.conversation.state import IDLE, State
from bot.conversation.turn import Turn
from bot.messages.bubbles import Value, text
from bot.reading.office_orders import OfficeOrder
from bot.reading.outcome import Action

FLOW = "office"
STAFF = ("staff", "admin")
LONGEST_REASON = 300
_YES, _NO = frozenset({"yes", "submit"}), frozenset({"no", "cancel", "back", "pause"})
_ROUNDS = frozenset({"close_round", "open_round"})


def take(state: State, said: Incoming, facts: Facts) -> Turn | None:
    """An order of provincial staff, or the answer to what one has asked; None for anything else."""
    if facts.person is None or not facts.person.holds(*STAFF):
        return None
    return _order(state, said, facts) or (_answer(state, said, facts) if state.flow == FLOW else None)


def _order(state: State, said: Incoming, facts: Facts) -> Turn | None:
    found = facts.reader.office_order(said.text)
    if found is None:
        return None
    if found.verb in _ROUNDS:
        return rounds.ask(found, facts)
    districts = facts.ask(Districts())
    order = facts.reader.office_order(said.text, [area.short for area in districts]) or found
    area = next((area for area in districts if area.short == order.district), None)
    if area is None:
        return _no_district(state, order, districts, facts)
    return _about(state, order, area, facts)


def _no_district(state: State, order: OfficeOrder, districts: tuple[AreaFacts, ...], facts: Facts) -> Turn | None:
    """The verb alone asks for the district; a word that names none is said back, unless it is part of a sentence."""
    verb = text(f"office.{order.verb}.verb")
    example = text("office.example", verb=verb, area=districts[0].short if districts else "")
    if order.words and state.flow != FLOW and len(order.words.split()) > 1:
        return None
    if order.words:
        return Turn(state, (sentence("office.unknown_district", heard=heard(order.words), example=example),))
    deed = DEEDS.get(order.verb)
    able = {item.area.code for item in facts.ask(DistrictReports()) if deed is None or deed.can(item)}
    among = [area for area in districts if area.code in able]
    if not among:
        return Turn(state, (sentence(f"office.{order.verb}.nobody"),))
    return Turn(IDLE, (cards.which_district(order.verb, among, example),))


def _about(state: State, order: OfficeOrder, area: AreaFacts, facts: Facts) -> Turn:
    """The order names a district: which of its reports, and what is still missing."""
    deed = DEEDS.get(order.verb)
    if deed is None:
        return history.show(state, latest(area, order.round, facts), area, facts)
    item = meant(deed, order.round, area, facts)
    if item is None:
        return cannot(state, deed, latest(area, order.round, facts), area)
    reasons: dict[str, str] = {}
    if order.boxes and deed.verb == "return":
        context = Context.of(facts, facts.ask(ReportOf(item.id)))
        for number, reason in order.boxes.items():
            question = context.boxed(number)
            if question is None:
                return Turn(state, (sentence("office.return.no_box", box=number, area=area.name, round=item.called),))
            reasons[question.name] = reason or order.words
    return go_on(deed, item, facts, {"boxes": reasons, "reason": order.words})


def _reports(area: AreaFacts, number: int | None, facts: Facts) -> list[ObligationFacts]:
    """The area's reports of the campaign's rounds, those of duties after them; of one round when it was named."""
    found = [item for item in facts.ask(ReportsOf(area.code)) if number is None or item.round_number == number]
    own = [item for item in found if not item.duty]
    return own if number is not None else [*(item for item in found if item.duty), *own]


def latest(area: AreaFacts, number: int | None, facts: Facts) -> ObligationFacts | None:
    return next(reversed(_reports(area, number, facts)), None)


def meant(deed: Deed, number: int | None, area: AreaFacts, facts: Facts) -> ObligationFacts | None:
    """The newest report that it can be done with."""
    return next((item for item in reversed(_reports(area, number, facts)) if deed.can(item)), None)


def cannot(state: State, deed: Deed, item: ObligationFacts | None, area: AreaFacts) -> Turn:
    if item is None:
        return Turn(state, (sentence("office.no_report", area=area.name),))
    words: dict[str, Value] = {"area": area.name, "round": item.called, "state": cards.state_of(item)}
    return Turn(state, (sentence(f"office.{deed.verb}.cannot", cards.button("history", item), **words),))


def go_on(deed: Deed, item: ObligationFacts, facts: Facts, given: Mapping[str, Any]) -> Turn:
    """Ask for the box or the reason that is missing, else show before and after."""
    boxes: dict[str, str] = dict(given.get("boxes") or {})
    reason = str(given.get("reason") or "")
    data = {"v": deed.verb, "o": item.id, "a": item.area.code, "n": item.versions, "s": item.state}
    data |= {"boxes": boxes, "reason": reason}
    if deed.reasoned and not (all(boxes.values()) if boxes else reason):
        return Turn(State(FLOW, {**data, "want": "reason"}), (cards.ask_reason(deed, item),))
    context = Context.of(facts, facts.ask(ReportOf(item.id))) if boxes else None
    return Turn(State(FLOW, {**data, "want": "yes"}), (cards.before_after(deed, item, boxes, reason, context),))


def _answer(state: State, said: Incoming, facts: Facts) -> Turn | None:
    """Yes or no to the card, or the reason that was asked for."""
    reading = facts.reader.control(said.text)
    if reading.value in _NO:
        return Turn(IDLE, (sentence("office.cancelled"),))
    if "r" in state.data:
        return rounds.confirmed(state, facts) if reading.value in _YES else None
    if state.data.get("want") == "reason":
        return None if reading.action is Action.ACCEPT and reading.value != "none" else _reason(state, said, facts)
    return confirmed(state, facts) if reading.value in _YES else None


def _reason(state: State, said: Incoming, facts: Facts) -> Turn:
    """Word for word; ช่อง 9 in front of it says which box."""
    deed, item = DEEDS[str(state.data["v"])], _item(state, facts)
    words = " ".join(said.text.split())
    if item is None or not deed.can(item):
        return changed(item)
    if len(words) > LONGEST_REASON:
        ready = text(deed.ready[0])
        return Turn(state, (sentence("read.bound.too_long", n=len(words), most=LONGEST_REASON, example=ready),))
    boxes = {name: reason or words for name, reason in dict(state.data.get("boxes") or {}).items()}
    again = facts.reader.office_order(f"{facts.catalogue.say(text('office.return.verb'))} {words}")
    if deed.verb == "return" and not boxes and again is not None and again.boxes:
        context = Context.of(facts, facts.ask(ReportOf(item.id)))
        found = {number: context.boxed(number) for number in again.boxes}
        boxes = {one.name: again.boxes[number] for number, one in found.items() if one is not None}
        words = "" if boxes else words
    return go_on(deed, item, facts, {"boxes": boxes, "reason": words})


def _item(state: State, facts: Facts) -> ObligationFacts | None:
    reports = facts.ask(ReportsOf(str(state.data.get("a"))))
    return next((item for item in reports if item.id == state.data.get("o")), None)


def changed(item: ObligationFacts | None) -> Turn:
    """Somebody else was faster, or the district has sent it again: what stands now."""
    if item is None:
        return Turn(IDLE, (sentence("office.gone"),))
    words: dict[str, Value] = {"area": item.area.name, "round": item.called, "state": cards.state_of(item)}
    return Turn(IDLE, (sentence("office.changed", cards.button("history", item), **words),))


def confirmed(state: State, facts: Facts) -> Turn:
    """Yes: done, if the report still is what the card showed."""
    deed, item = DEEDS[str(state.data["v"])], _item(state, facts)
    if item is None or item.state != state.data.get("s") or item.versions != state.data.get("n"):
        return changed(item)
    boxes, reason = dict(state.data.get("boxes") or {}), str(state.data.get("reason") or "")
    words: dict[str, Value] = {"area": item.area.name, "round": item.called}
    told = sentence(f"office.{deed.verb}.done", command("staff.button.who_owes"), **words)
    return Turn(IDLE, (told,), (_effect(deed, item.id, boxes, reason),))


def _effect(deed: Deed, obligation_id: int, boxes: Mapping[str, str], reason: str) -> Effect:
    match deed.verb:
        case "return":
            return ReturnReport(obligation_id, boxes or {"": reason})
        case "accept":
            return AcceptReport(obligation_id)
        case "waive":
            return WaiveReport(obligation_id, reason)
        case _:
            return ReopenReport(obligation_id)
