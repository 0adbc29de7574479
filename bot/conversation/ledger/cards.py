"""What staff are shown before a report's state is changed: as it is, as it will be, and what follows from that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.conversation.facts import AreaFacts, ObligationFacts
from bot.conversation.ledger.deeds import STATES, Deed, after
from bot.conversation.report.context import Context
from bot.conversation.say import command, sentence, tap
from bot.messages.bubbles import Bubble, Button, Say, Text, Value, Words, text

MOST_DISTRICTS = 12
DO = "office"


def state_of(item: ObligationFacts) -> Text:
    return text(STATES[item.state])


def button(verb: str, item: ObligationFacts, label: Text | None = None) -> Button:
    """Do `verb` with this very report."""
    return tap(label or text(f"office.{verb}.button"), DO, v=verb, o=item.id, a=item.area.code)


def which_district(verb: str, among: Sequence[AreaFacts], example: Text) -> Bubble:
    """The verb was typed alone."""
    ways = tuple(tap(text("office.district", area=area.short), DO, v=verb, a=area.code) for area in among)
    return sentence(f"office.{verb}.which", *ways[:MOST_DISTRICTS], example=example)


def ask_reason(deed: Deed, item: ObligationFacts) -> Bubble:
    """Why; the usual reasons are one tap."""
    ready: list[Button] = [Say(text(key), text(key)) for key in deed.ready]
    words: dict[str, Value] = {"area": item.area.name, "round": item.called}
    return sentence(f"office.{deed.verb}.ask", *ready, command("button.cancel"), **words)


def before_after(
    deed: Deed, item: ObligationFacts, boxes: Mapping[str, str], reason: str, context: Context | None
) -> Bubble:
    """The card: what changes, why, what follows, and the yes."""
    states = text("office.states", before=state_of(item), after=text(STATES[after(deed, item)]))
    lines: list[Words] = [states, *_boxes(boxes, context)]
    if reason and not boxes:
        lines.append(text("office.reason", because=reason))
    lines += [text(f"office.{deed.verb}.follows"), text(f"office.{deed.verb}.confirm")]
    yes = tap(text(f"office.{deed.verb}.yes"), DO, v="yes", o=item.id)
    no = tap("button.cancel", DO, v="no", o=item.id)
    title = text(f"office.{deed.verb}.title", round=item.called, area=item.area.name)
    return Bubble(tuple(lines), (yes, no), title=title, card=True)


def _boxes(boxes: Mapping[str, str], context: Context | None) -> list[Words]:
    found: list[Words] = []
    for name, reason in boxes.items():
        question = context.questions.get(name) if context is not None else None
        if context is None or question is None:
            continue
        label: dict[str, Value] = {"label": context.named(question), "value": context.value(question)}
        key = "office.box" if question.box is not None else "office.box_unnumbered"
        found += [text(key, box=question.box or "", **label), text("office.reason", because=reason)]
    return found
