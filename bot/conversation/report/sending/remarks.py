"""The arithmetic coach: sums that do not agree, and running counts that fell, gathered on the cards.

Nothing here ever stands in the way of sending. Every card (first report, change of a sent one, later rounds) takes its
lines and buttons from `on_card`.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation.report.context import Context
from bot.conversation.report.sending.doubts import Doubt, gathered
from bot.conversation.report.sending.mending import box_data, mend
from bot.conversation.say import heard, sentence, tap
from bot.messages.bubbles import Bubble, Button, Text, Words, text
from bot.messages.gate import LETTERS_A_LINE, LINES_OF_A_CARD
from bot.messages.measure import phone_lines

MOST_ON_CARD = 3
"""More remarks are counted, and shown on request."""
A_BUBBLE = 4
"""Remarks of a bubble where all are shown."""
MOST_BUBBLES = 4


def on_card(context: Context, others: Sequence[Words] = ()) -> tuple[tuple[Words, ...], tuple[Button, ...]]:
    """Lines and buttons for a card that also says `others` (its title too): as many remarks as there is room for,
    those without a reason first, and how many there are in all."""
    doubts = gathered(context)
    if not doubts:
        return (), ()
    shown = _that_fit(context, sorted(doubts, key=lambda doubt: _urgency(context, doubt)), others)
    kept = sorted(shown, key=lambda doubt: doubt.number)
    buttons = _ways(context, kept, alone=len(doubts) == 1)
    if len(shown) == len(doubts):
        return tuple(line(doubt) for doubt in kept), buttons
    more = tap("report.button.remarks", "remarks", o=context.report.obligation.id)
    return tuple(line(doubt, of=len(doubts)) for doubt in kept), (*buttons, more)


def _urgency(context: Context, doubt: Doubt) -> tuple[bool, bool, bool]:
    """What has no reason yet comes first, then what was typed just now, then what fell."""
    typed = any(context.source(context.questions[name]) is None for name in doubt.figures)
    return bool(doubt.reason), not typed, not doubt.fell


def _that_fit(context: Context, doubts: Sequence[Doubt], others: Sequence[Words]) -> list[Doubt]:
    """The first ones that a card has room for; one at least."""
    every = sum(_height(context, words) for words in others)
    shown = list(doubts[:1])
    height = every + _height(context, line(doubts[0]))
    for doubt in doubts[1:MOST_ON_CARD]:
        height += _height(context, line(doubt))
        if height > LINES_OF_A_CARD:
            break
        shown.append(doubt)
    return shown


def _height(context: Context, words: Words) -> int:
    """Lines on a phone: a card's letters are small, seven where a text has eight of the same width."""
    return phone_lines(context.facts.catalogue.say(words), LETTERS_A_LINE[context.language] * 8 // 7)


def line(doubt: Doubt, of: int = 0) -> Text:
    """ข้อสังเกต 1: …, with its reason when one was given; ข้อสังเกต 1 จาก 5 where not all are shown."""
    words = doubt.words
    if doubt.reason:
        words = text("report.remark.explained", words=words, reason=heard(doubt.reason))
    if of:
        return text("report.review_remark_of", n=doubt.number, all=of, words=words)
    return text("report.review_remark", n=doubt.number, words=words)


def every(context: Context, number: int | None = None) -> tuple[Bubble, ...]:
    """ดูข้อสังเกต: all of them with their reasons, or the one that was named, each with its mending."""
    doubts = gathered(context)
    chosen = [doubt for doubt in doubts if number in {None, doubt.number}] or list(doubts)
    obligation = context.report.obligation
    title = text("report.remark.title", round=obligation.called, area=obligation.area.name)
    back = tap("report.button.resume", "resume", o=obligation.id)
    if not chosen:
        return (sentence("report.remark.nothing", back),)
    pieces = [chosen[start : start + A_BUBBLE] for start in range(0, len(chosen), A_BUBBLE)][:MOST_BUBBLES]
    return tuple(
        Bubble(
            tuple(line(doubt) for doubt in piece),
            (*_ways(context, piece, alone=len(doubts) == 1), *((back,) if piece is pieces[-1] else ())),
            title=title if piece is pieces[0] else None,
            footer=None if piece is pieces[-1] else "",
            card=True,
        )
        for piece in pieces
    )


def _ways(context: Context, doubts: Sequence[Doubt], *, alone: bool) -> tuple[Button, ...]:
    """Mending and explaining of each remark that has no reason yet; the same mending is offered once."""
    found: list[Button] = []
    for doubt in doubts:
        if doubt.reason:
            continue
        mending = mend(context, doubt)
        if alone and doubt.fell and len(mending) == 1:
            mending = (tap("report.button.mistyped", "box", **box_data(context, doubt.question)),)
        found += [button for button in mending if button not in found]
        found.append(_explain(context, doubt, alone=alone))
    return tuple(found)


def ways(context: Context) -> tuple[Button, ...]:
    """The buttons of all remarks, for what is typed instead of tapped."""
    doubts = gathered(context)
    return _ways(context, doubts, alone=len(doubts) == 1)


def _explain(context: Context, doubt: Doubt, *, alone: bool) -> Button:
    where: dict[str, str | int] = {"o": context.report.obligation.id, "k": doubt.key}
    if not alone:
        label = text("report.button.explain_numbered", n=doubt.number)
    else:
        label = text("report.button.right_explain") if doubt.fell else text("report.button.explain")
    return tap(label, "explain", **where)
