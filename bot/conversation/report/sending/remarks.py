"""The arithmetic coach: sums that do not agree, and running counts that fell, gathered on the cards.

Nothing here ever stands in the way of sending. Every card (first report, change of a sent one, later rounds) takes its
lines and buttons from `on_card`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.conversation.report.context import Context
from bot.conversation.report.last_round.ways import last_of
from bot.conversation.say import heard, sentence, tap
from bot.forms.compiled import Question, Step
from bot.messages.bubbles import Bubble, Button, Text, Words, text
from bot.messages.gate import LETTERS_A_LINE, LINES_OF_A_CARD
from bot.messages.measure import phone_lines

MOST_ON_CARD = 3
"""More remarks are counted, and shown on request."""
A_BUBBLE = 4
"""Remarks of a bubble where all are shown."""
MOST_BUBBLES = 4
BLOCK = 3
"""From so many boxes of one question on, they are mended together: one tap asks the whole question again."""
FALLEN = "fallen"


_Found = tuple[str, Question, Words, Mapping[str, str], str]
"""Name, box, words, figures and earlier figure of a Doubt."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that should be looked at, with its number on the cards."""

    number: int
    key: str
    """The check's stable name, under which a reason for it is kept."""
    question: Question
    words: Words
    figures: Mapping[str, str]
    """The boxes that it is about, with what they hold."""
    before: str = ""
    """What a running count was last round."""
    reason: str = ""
    """Why it is right all the same, in the person's own words."""

    @property
    def fell(self) -> bool:
        return bool(self.before)


def gathered(context: Context) -> tuple[Doubt, ...]:
    """All that should be looked at, in the order of the form, the running counts that fell at the end.

    In a change of a sent report, only what the change is about: the rest was sent as it is.
    """
    found = [item for item in (*_unequal(context), *_fallen(context)) if _is_news(context, item)]
    return tuple(
        Doubt(number, key, question, words, figures, before, _reason(context, key, figures, before))
        for number, (key, question, words, figures, before) in enumerate(found, 1)
    )


def _is_news(context: Context, found: _Found) -> bool:
    sent = context.report.sent
    return sent is None or any(sent.held(name) != figure for name, figure in found[3].items())


def _unequal(context: Context) -> Iterator[_Found]:
    """The soft checks of the form that do not hold."""
    for remark in context.values.remarks():
        question = context.values.questions[remark.name]
        about = {"label": context.named(question), "value": context.value(question)}
        words = context.text(remark.message) if remark.message else text("report.remark.unsaid", **about)
        figures = {name: context.values.get(name) for name in dict.fromkeys((*remark.boxes, remark.name))}
        yield f"{remark.name}.{remark.check}", question, words, figures, ""


def _fallen(context: Context) -> Iterator[_Found]:
    """E-05: the running counts that are lower than in the last report."""
    running = any(question.running for question in context.questions.values())
    last = last_of(context) if running else None
    for fell in context.values.fallen(last.values) if last is not None else ():
        question = context.values.questions[fell.name]
        told = {
            "before": context.write(question, fell.before),
            "now": context.write(question, fell.now),
            "less": _less(context, question, fell.before, fell.now),
        }
        if question.box is None:
            words = text("report.remark.fell_unboxed", label=context.named(question), **told)
        else:
            words = text("report.remark.fell", box=question.box, **told)
        yield f"{fell.name}.{FALLEN}", question, words, {fell.name: fell.now}, fell.before


def _less(context: Context, question: Question, before: str, now: str) -> str:
    less = float(before) - float(now)
    return context.write(question, str(int(less)) if less == int(less) else f"{less:g}")


def _reason(context: Context, key: str, figures: Mapping[str, str], before: str) -> str:
    """The reason that was given for just these figures; '' when there is none."""
    given = context.explained.get(key)
    if given is None or given["figures"] != figures or given.get("before", "") != before:
        return ""
    return str(given["words"])


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
    title = text("report.remark.title", round=obligation.round_number, area=obligation.area.name)
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
            mending = (tap("report.button.mistyped", "box", **_box(context, doubt.question)),)
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


def moved(context: Context, calculation: Question) -> Text | None:
    """C-08: a calculation that a change has moved, and the boxes beside it that no longer agree; None when all do."""
    sent = context.report.sent
    doubt = next((item for item in gathered(context) if calculation.name in _reads(context, item)), None)
    boxes = _boxes(context, doubt) if doubt is not None else ""
    if sent is None or not boxes:
        return None
    return text(
        "report.moved",
        label=context.label(calculation),
        before=context.write(calculation, sent.get(calculation.name)),
        after=context.value(calculation),
        boxes=boxes,
    )


def _reads(context: Context, doubt: Doubt) -> set[str]:
    """The boxes and calculations that the check behind a remark is made of."""
    name, layout = doubt.key.rpartition(".")[2], context.values.layout
    read = (item.formula.expression.reads for item in doubt.question.checks if item.name == name)
    return layout.sources(address for reads in read for address in layout.resolved(reads, doubt.question))


def _boxes(context: Context, doubt: Doubt) -> str:
    """10-14, or 5 · 6: what mends a remark, by number."""
    step, own = _own(context, doubt)
    if step is not None and len(own) >= BLOCK:
        return "-".join(str(number) for number in _ends(context, step))
    return " · ".join(str(item.box) for item in own if item.box is not None)


def _ends(context: Context, step: Step) -> tuple[int, ...]:
    """The lowest and the highest number of what a question asks; empty where it has too few."""
    numbers = [item.box for item in context.to_ask(step) if item.box is not None]
    return (min(numbers), max(numbers)) if len(numbers) >= BLOCK else ()


def _is_empty(context: Context, question: Question) -> bool:
    name = question.name
    return question.asked and context.values.relevant(name) and context.values.get(name) == ""


def _own(context: Context, doubt: Doubt) -> tuple[Step | None, list[Question]]:
    """The question that a remark belongs to, and what of it can be mended: what was left empty, else known values only
    when the remark is on them."""
    empty = [item for name in doubt.figures if _is_empty(context, item := context.questions[name])]
    if empty:
        step = context.step_of(empty[0].name)
        return step, [item for item in empty if context.step_of(item.name) is step]
    step = context.step_of(doubt.question.name)
    own = [item for item in context.askable(step) if item.name in doubt.figures] if step is not None else []
    return step, [item for item in own if item is doubt.question or context.source(item) is None]


def mend(context: Context, doubt: Doubt) -> tuple[Button, ...]:
    """[แก้ช่อง 10-14] where a remark is about many boxes of its own question, else [แก้ช่อง 5] [แก้ช่อง 6].

    Only boxes of the remark's own question are offered: what it reads elsewhere can be changed by its number.
    """
    step, own = _own(context, doubt)
    if step is not None and len(own) >= BLOCK:
        return (_block(context, step),)
    return tuple(_mend_box(context, item) for item in own if item.box is not None) or _group(context, step)


def _block(context: Context, step: Step) -> Button:
    ends = _ends(context, step)
    label = text("report.button.edit_boxes", first=ends[0], last=ends[1]) if ends else _titled(context, step)
    return tap(label, "step", o=context.report.obligation.id, s=step.name)


def _group(context: Context, step: Step | None) -> tuple[Button, ...]:
    """A question without numbered boxes is asked again as a whole."""
    if step is None or not context.askable(step):
        return ()
    return (tap(_titled(context, step), "step", o=context.report.obligation.id, s=step.name),)


def _titled(context: Context, step: Step) -> Text:
    return text("report.button.edit_titled", title=context.titled(step))


def _mend_box(context: Context, question: Question) -> Button:
    return tap(text("report.button.edit_box", box=question.box or 0), "box", **_box(context, question))


def _box(context: Context, question: Question) -> dict[str, str | int]:
    return {"o": context.report.obligation.id, "box": question.box or 0}
