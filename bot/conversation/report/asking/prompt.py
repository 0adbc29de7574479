"""Asking one step: one bubble with what is known, what is needed, one example, and a button for every choice."""

from __future__ import annotations

from bot.conversation.report.answering import another
from bot.conversation.report.asking import room
from bot.conversation.report.asking.buttons import NOTHING_HELD, buttons, choice_of, quick
from bot.conversation.report.asking.headings import above, notes_of
from bot.conversation.report.asking.pages import Held, is_long
from bot.conversation.report.context import Context, remaining
from bot.conversation.report.kinds.asking import example_of
from bot.conversation.report.kinds.table import asking
from bot.forms.compiled import NO, NUMBERS, Kind, Question, Step
from bot.messages.bubbles import Bubble, Text, Value, Words, text

_TYPED = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.DATE, Kind.TEXT})
SHORT_NAME = 20
"""Letters of a title that is quickly typed."""
IN_ORDER = 4
"""From so many boxes on, their titles stand on a line of their own."""
MOST_SPELLED = 9
MANY_KNOWN = 2
"""So many known values beside a question, and it says how to change them."""


def ask(
    context: Context,
    step: Step,
    received: tuple[Words, ...] = (),
    only: tuple[Question, ...] = (),
    held: Held = NOTHING_HELD,
) -> tuple[Bubble, ...]:
    """The question of `step`, or of `only` some of its boxes; `received` is the read-back on top of it. Mostly one
    bubble; what would make it too long goes before it."""
    asked = only or context.to_ask(step)
    title, request = _wording(context, step, asked, whole=not only)
    ways = buttons(context, step, asked, held)
    bubble = Bubble(request, ways, footer=_footer(context), quick=quick(context, asked))
    return room.fitted(context, bubble, (*received, *above(context, step)), title)


def _wording(
    context: Context, step: Step, asked: tuple[Question, ...], *, whole: bool
) -> tuple[tuple[Words, ...], tuple[Words, ...]]:
    """Title and request. A `whole` step also shows what is known beside the question."""
    if another.is_another(asked[0]):
        return (), (another.asks(context, asked[0]),)
    known = _known_boxes(context, step, asked) if whole else ()
    shown = (*(_known(context, question) for question in known), *_change(context, known))
    return _title(context, step, asked), (*shown, *_request(context, asked, known))


def _footer(context: Context) -> Text | None:
    """How much is left; nothing when a single box is changed in a full report."""
    left = remaining(context)
    return text("report.footer", n=left) if left else text("menu.footer")


def _title(context: Context, step: Step, asked: tuple[Question, ...]) -> tuple[Words, ...]:
    """The notes of the step that are relevant now; without any, its own title and hint."""
    notes = notes_of(context, step)
    if notes:
        return (*notes, *_own_title(context, step, asked, notes))
    if not step.is_group:
        return _title_of_one(context, asked[0])
    label = "" if step.repeats and step.repeats[-1].name == step.name else context.text(step.label)
    said = (label,) if label else ()
    return (*said, *_own_title(context, step, asked, said))


def _title_of_one(context: Context, question: Question) -> tuple[Words, ...]:
    """Label and hint; of a number, what its request does not say anyway."""
    label, hint = context.titling(question), context.text(question.hint)
    if _is_plain_number(question) and not question.short(context.language):
        return () if context.short(question) == label else (label,)
    return (label, hint) if hint else (label,)


def _own_title(context: Context, step: Step, asked: tuple[Question, ...], said: tuple[str, ...]) -> tuple[Words, ...]:
    """Of a group whose boxes are asked one by one: which of them this is, where neither the request nor what stands
    above says it."""
    alone = len(asked) == 1 and len(step.asked) > 1 and asked[0].box is None
    if not alone or _is_plain_number(asked[0]):
        return ()
    label, hint = context.titling(asked[0]), context.text(asked[0].hint)
    return tuple(words for words in (label, hint) if words and words not in said)


def _is_plain_number(question: Question) -> bool:
    """A number's request has its title."""
    return question.kind in NUMBERS and question.range is None


def _known_boxes(context: Context, step: Step, asked: tuple[Question, ...]) -> tuple[Question, ...]:
    """Boxes of the step that need not be asked, because their values are known."""
    return tuple(
        question
        for question in context.askable(step)
        if question not in asked and context.source(question) is not None and context.values.get(question.name) != ""
    )


def _known(context: Context, question: Question) -> Words:
    """A known value with its source: 17 หน้า Dashboard 6,247 (จังหวัด)."""
    words: dict[str, Value] = {
        "label": context.short(question),
        "value": context.value(question),
        "source": context.source(question) or "",
    }
    if question.box is None:
        return text("report.known_line", **words)
    return text("report.known_box", box=question.box, **words)


def _change(context: Context, known: tuple[Question, ...]) -> tuple[Words, ...]:
    """Where several values are shown, one of them may be wrong."""
    shown = next((item for item in known if item.box and item.worded("example", context.language)), None)
    if shown is None or len(known) < MANY_KNOWN:
        return ()
    return (text("report.known_change", example=f"{shown.box}={shown.worded('example', context.language)}"),)


def _request(context: Context, asked: tuple[Question, ...], known: tuple[Question, ...]) -> tuple[Words, ...]:
    """What to type. Choices need no line of their own: the buttons say it."""
    own = asking(asked[0]) if len(asked) == 1 else None
    if own is not None:
        return own.request(context, asked[0])
    shown = example(context, asked)
    if all(question.kind in NUMBERS for question in asked):
        return _ask_numbers(context, asked, numbered=len(known) >= MANY_KNOWN)
    if len(asked) == 1 and asked[0].kind is Kind.DATE:
        return (text("report.type_date", example=shown),)
    select = choice_of(asked)
    if select is not None:
        return _search(context, select)
    if len(asked) == 1:
        return (text("report.type_text", example=shown),) if shown else (text("report.type_any"),)
    return (text("report.type_boxes", labels=boxed_labels(context, asked), example=shown),)


def _search(context: Context, select: Question) -> tuple[Words, ...]:
    """Of a list of several pages: how many there are, and that a part of a name finds it."""
    choices = context.values.choices(select.name)
    if not is_long(choices):
        return ()
    return (text("kinds.list_long", n=len(choices), example=example(context, (select,))),)


def _ask_numbers(context: Context, asked: tuple[Question, ...], *, numbered: bool) -> tuple[Words, ...]:
    shown = text("report.example", example=example(context, asked))
    if len(asked) == 1:
        return _ask_number(context, asked[0], numbered=numbered)
    count = counted(len(asked))
    if len(asked) >= IN_ORDER:
        return (text("report.ask_numbers_in_order", count=count), labels(context, asked), shown)
    return (text("report.ask_numbers", count=count, labels=labels(context, asked)), shown)


def _ask_number(context: Context, question: Question, *, numbered: bool) -> tuple[Words, ...]:
    box = question.box if numbered else None
    title = text("report.ask_number", label=context.short(question))
    if box is not None:
        title = text("report.ask_number_of_box", box=box, label=context.short(question))
    shown, hint = example(context, (question,)), context.text(question.hint)
    if not hint:
        return (title, text("report.example", example=shown))
    return (title, text("report.example_hint", example=shown, hint=hint))


def counted(number: int) -> Words:
    """สอง, before ตัวเลข."""
    return text(f"count.{number}") if number <= MOST_SPELLED else str(number)


def labels(context: Context, asked: tuple[Question, ...]) -> str:
    return " · ".join(context.short(question) for question in asked)


def boxed_labels(context: Context, asked: tuple[Question, ...]) -> str:
    return " · ".join(f"{question.box or ''} {context.short(question)}".strip() for question in asked)


def example(context: Context, asked: tuple[Question, ...]) -> str:
    """A fixed example in the shape of the answer, never near the district's own values: people copy it."""
    if another.is_another(asked[0]):
        return context.write(asked[0], NO)
    select = choice_of(asked)
    if select is not None:
        offered = context.values.choices(select.name)
        return context.choice(offered[len(offered) // 2]) if offered else ""
    own = asking(asked[0]) if len(asked) == 1 else None
    if own is not None:
        return example_of(own, context, asked[0])
    given = [question.worded("example", context.language) for question in asked]
    if len(asked) > 1 and any(question.kind not in NUMBERS for question in asked):
        pairs = [f"{item.box}={value}" for item, value in zip(asked, given, strict=True) if item.box and value]
        return " ".join(pairs)
    fallback = {Kind.INTEGER: "12", Kind.DECIMAL: "1.5", Kind.DATE: "16/6/64"}
    return " ".join(value or fallback.get(item.kind, "") for item, value in zip(asked, given, strict=True)).strip()


def edit_example(context: Context) -> str:
    """A box of this form with its fixed example: 8=900."""
    numbers = [
        item
        for item in context.boxes()
        if item.kind is Kind.INTEGER and item.box and item.attrs.get("example") and not item.known
    ]
    wanted = max(numbers, key=lambda item: len(item.attrs["example"]), default=None)
    if wanted is not None:
        return f"{wanted.box}={wanted.attrs['example']}"
    return _named_example(context) or "1=12"


def _named_example(context: Context) -> str:
    """The same for a form whose boxes bear no numbers: อายุ=12, of the first box with a short name, a number if any."""
    if context.values.layout.places.boxes:
        return ""
    boxes = (item for item in context.boxes() if item.kind in _TYPED and context.values.relevant(item.name))
    found = min(boxes, key=lambda item: (len(context.short(item)) > SHORT_NAME, item.kind not in NUMBERS), default=None)
    return f"{context.short(found)}={example(context, (found,)) or '12'}" if found is not None else ""
