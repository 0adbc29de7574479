"""Reading an answer to a step: what would be stored, what must be confirmed first, or what to ask again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from bot.conversation.report.answering import another, named
from bot.conversation.report.answering.explain import ask_words, confirm_words
from bot.conversation.report.answering.fields import boxes_of, current, fields, options
from bot.conversation.report.answering.search import FOUND, chosen, offered
from bot.conversation.report.asking.buttons import change_buttons, choice_of
from bot.conversation.report.asking.prompt import example
from bot.conversation.report.asking.suggested import worded
from bot.conversation.report.changing import lists
from bot.conversation.report.context import NUMBERS, Context
from bot.conversation.report.kinds.table import asking
from bot.conversation.report.last_round.ways import last_of
from bot.forms.carry import is_carried
from bot.forms.compiled import Kind, Question
from bot.messages.bubbles import Bubble, Words, text
from bot.reading.block_fields import BlockReading
from bot.reading.outcome import Action, Reading

_NO_STORY = frozenset({"yes", "submit"})
LONGEST_TEXT = 1000
"""Characters that a free-text box takes; a longer story belongs in a letter."""


@dataclass(frozen=True, slots=True)
class Answered:
    """Values to store now; `besides` tells of other boxes that could not be read."""

    changes: Mapping[str, str]
    besides: tuple[Words, ...] = ()
    as_last: frozenset[str] = frozenset()
    """Those of the changes that were answered with the last round's value."""
    rest_as_last: bool = False
    """All that has not been given yet is as in the last round too."""


@dataclass(frozen=True, slots=True)
class Doubtful:
    """Values that are stored after a yes; `bubble` reads them back as they would stand."""

    changes: Mapping[str, str]
    lines: tuple[Words, ...]
    as_last: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Unread:
    """Nothing may be stored; `bubble` says what was understood, what is needed, and one example."""

    bubble: Bubble


@dataclass(frozen=True, slots=True)
class EditWanted:
    """A box was named without a value: ask for it."""

    box: int


@dataclass(frozen=True, slots=True)
class NamedWanted:
    """Boxes that were named by their words, to be changed: one, or some to choose from, or any when there is none."""

    names: tuple[str, ...] = ()


Reply = Answered | Doubtful | Unread | EditWanted | NamedWanted
ReadBlock = Callable[[Context, tuple[Question, ...], str], Reply]


def read(context: Context, asked: tuple[Question, ...], words: str) -> Reply:
    """Read `words` as the answer to the `asked` boxes, or as edits of any box ("8=3200 9=3000")."""
    if another.is_another(asked[0]):
        return _read_another(context, asked[0], words)
    edit = read_edit(context, words, exact=any(question.kind is Kind.TEXT for question in asked))
    return edit if edit is not None else _read_answer(context, asked, words, _read_block)


def read_value(context: Context, asked: tuple[Question, ...], words: str) -> Reply:
    """Read `words` as the value of the `asked` boxes and of no other, whatever they could mean elsewhere."""
    reply = _read_answer(context, asked, words, _read_alone)
    names = {item.name for item in asked}
    strange = isinstance(reply, EditWanted) or (isinstance(reply, Answered | Doubtful) and set(reply.changes) - names)
    return Unread(ask_words(context, asked, "other", {}, words)) if strange else reply


def read_correction(context: Context, asked: tuple[Question, ...], words: str) -> Reply | None:
    """ไม่ใช่ 3150 เป็น 3510, of these boxes alone; None when the text is no such thing, or none of them holds that."""
    reading = context.facts.reader.block(
        words, (), others=fields(context, asked), current=current(context, asked), now=context.facts.now
    )
    if reading.why == "several" and "old" in reading.notes:
        return _several(context, reading, words)
    return _from_block(context, (), reading, words) if "old" in reading.notes and reading.values else None


def _several(context: Context, reading: BlockReading, words: str) -> Unread:
    """The old value stands in several boxes: a button to change each of them."""
    why = ask_words(context, (), "several_boxes", {}, words)
    found = reading.notes.get("candidates")
    names = tuple(str(name) for name in found) if isinstance(found, tuple) else ()
    return Unread(replace(why, buttons=change_buttons(context, names, str(reading.notes.get("new")))))


def _read_alone(context: Context, asked: tuple[Question, ...], words: str) -> Reply:
    reading = context.facts.reader.block(words, fields(context, asked), now=context.facts.now)
    return _from_block(context, asked, reading, words)


def _read_answer(context: Context, asked: tuple[Question, ...], words: str, block: ReadBlock) -> Reply:
    if any(item.kind not in NUMBERS for item in asked) and _says_same(context, asked, words):
        return _as_last(context, asked, words)
    select = choice_of(asked)
    if select is not None:
        return _read_choice(context, asked, select, words)
    return _read_one(context, asked, words, block) if len(asked) == 1 else block(context, asked, words)


def _read_one(context: Context, asked: tuple[Question, ...], words: str, block: ReadBlock) -> Reply:
    """A box alone, by its kind."""
    own = asking(asked[0])
    if own is not None:
        return _replied(context, asked, own.read(context, asked[0], words), words)
    if asked[0].kind is Kind.DATE:
        return _read_date(context, asked, words)
    if asked[0].kind is Kind.TEXT:
        return _read_text(context, asked[0], words)
    reply = block(context, asked, words)
    below = _below_zero(context, asked, words) if isinstance(reply, Unread) else None
    return below or reply


def _below_zero(context: Context, asked: tuple[Question, ...], words: str) -> Doubtful | None:
    """A number below 0: no count, but what a form may ask for (a temperature), where it is no printed box."""
    found = context.facts.reader.decimal(words).value
    if asked[0].kind is not Kind.INTEGER or asked[0].box is not None or found is None or found >= 0 or found % 1:
        return None
    changes = {asked[0].name: str(int(found))}
    return Doubtful(changes, (confirm_words(context, changes, "other", words),))


def _replied(context: Context, asked: tuple[Question, ...], reading: Reading[str], words: str) -> Reply:
    """The outcome of reading a kind that is asked in a way of its own."""
    if reading.value is None or reading.action is Action.ASK:
        return Unread(ask_words(context, asked, reading.why or "other", reading.notes, words))
    changes = {asked[0].name: reading.value}
    if reading.action is Action.ACCEPT:
        return Answered(changes)
    return Doubtful(changes, (confirm_words(context, changes, reading.why or "other", words),))


def read_edit(context: Context, words: str, *, exact: bool = False) -> Reply | None:
    """Edits by box number or by name, in any state of the report; None when the text names no box. `exact`: names only
    in full, for where the text may just as well be an answer."""
    if lists.needed(context):
        by_name = _read_named(context, words, exact=exact)
        if by_name is not None or not context.values.layout.places.boxes:
            return by_name
    boxes = boxes_of(context)
    reading = context.facts.reader.block(
        words, (), others=fields(context, boxes), current=current(context, boxes), now=context.facts.now
    )
    if reading.why in {"edit_box", "no_such_box"}:
        return EditWanted(int(str(reading.notes.get("box", 0))))
    if reading.why == "several" and "old" in reading.notes:
        return _several(context, reading, words)
    if reading.why == "no_such_value":
        return Unread(ask_words(context, (), reading.why, {}, words))
    if not reading.values and not set(reading.notes) & {"failed", "unreadable", "same"}:
        return None
    return _from_block(context, (), reading, words)


def _read_named(context: Context, words: str, *, exact: bool) -> Reply | None:
    found = named.read(context, words, exact=exact)
    if found is None:
        order = context.facts.reader.order(words)
        lost = order is not None and order.verb == "edit" and (not exact or order.about.isdigit())
        return NamedWanted() if lost and not context.values.layout.places.boxes else None
    if not found.value or len(found.names) != 1:
        return NamedWanted(found.names)
    question = context.questions[found.names[0]]
    reply = _read_answer(context, (question,), found.value, _read_block)
    if isinstance(reply, Answered) and not found.sure:
        return Doubtful(reply.changes, (confirm_words(context, reply.changes, "other", words), *reply.besides))
    return reply


def _read_block(context: Context, asked: tuple[Question, ...], words: str) -> Reply:
    """The asked boxes in one message; the form's other counts by box, and by unit and label where they are open."""
    others = tuple(item for item in boxes_of(context) if item.kind in NUMBERS and item not in asked)
    known = {item.name for item in others if context.source(item) is not None}
    rest = (replace(item, labels=(), unit=None) if item.name in known else item for item in fields(context, others))
    reading = context.facts.reader.block(words, fields(context, asked), others=tuple(rest), now=context.facts.now)
    return _from_block(context, asked, reading, words)


def _from_block(context: Context, asked: tuple[Question, ...], reading: BlockReading, words: str) -> Reply:
    same = _same(context, asked, reading)
    typed, unread, is_sure = _by_kind(context, reading)
    said = {**typed, **same.values}
    rest = reading.notes.get("rest_zero")
    changes = said | (dict.fromkeys(rest, "0") if isinstance(rest, tuple) else {})
    failed = (*_failed(context, reading), *(_failure(context, name) for name in unread))
    if reading.action is Action.ACCEPT and changes and is_sure:
        rest = not asked and bool(reading.notes.get("rest_same"))
        return Answered(changes, failed, same.as_last, rest)
    if reading.action is not Action.ASK and changes:
        return Doubtful(changes, (confirm_words(context, said, reading.why, words), *failed), same.as_last)
    if failed:
        return Unread(Bubble(failed))
    why = "no_last" if reading.action is Action.ACCEPT else reading.why
    return Unread(ask_words(context, asked, why, reading.notes, words))


def _by_kind(context: Context, reading: BlockReading) -> tuple[dict[str, str], list[str], bool]:
    """What was typed for each box, boxes of rarer kinds read in their own way; the boxes that cannot be; whether all
    of it is certain."""
    typed = {name: _stored(value) for name, value in reading.values.items()}
    unread: list[str] = []
    is_sure = True
    for name, words in list(typed.items()):
        own = asking(context.questions[name])
        if own is None or context.questions[name].kind is Kind.INTEGER:
            continue
        found = own.read(context, context.questions[name], words)
        if found.value is None or found.action is Action.ASK:
            unread.append(name)
            del typed[name]
        else:
            typed[name] = found.value
            is_sure = is_sure and found.action is Action.ACCEPT
    return typed, unread, is_sure


def _failed(context: Context, reading: BlockReading) -> tuple[Words, ...]:
    """Boxes that were named with something that is no value for them: told one by one, with their own example."""
    found = reading.notes.get("failed")
    return tuple(_failure(context, name) for name in (found if isinstance(found, dict) else ()))


def _failure(context: Context, name: str) -> Words:
    question = context.questions[name]
    shown = f"{question.box}={example(context, (question,)) or '12'}"
    return text("read.box_unread", box=question.box or "", label=context.label(question), example=shown)


@dataclass(frozen=True, slots=True)
class _Same:
    """Boxes that are answered with "as before", and which of them with the last round's value."""

    values: Mapping[str, str]
    as_last: frozenset[str]


def _same(context: Context, asked: tuple[Question, ...], reading: BlockReading) -> _Same:
    """As before, for the whole question or for the boxes that were named."""
    named = reading.notes.get("same")
    names = [item.name for item in asked] if reading.notes.get("same_as_last") else []
    return _before(context, (*names, *(named if isinstance(named, tuple) else ())))


def _before(context: Context, names: tuple[str, ...]) -> _Same:
    """What stands in the boxes already, else what they held in the last round; nothing where both are empty."""
    last = last_of(context)
    stands = {name: value for name in names if (value := context.values.get(name))}
    earlier = {} if last is None else {name: last.values.held(name) for name in names if name not in stands}
    values = {name: value for name, value in {**stands, **earlier}.items() if value}
    carried = {name for name in values if name in earlier or is_carried(context.values, name)}
    return _Same(values, frozenset(carried))


def _says_same(context: Context, asked: tuple[Question, ...], words: str) -> bool:
    meant = context.facts.reader.control(words)
    return meant.value == "done_same" and meant.action is not Action.ASK and not is_answer(context, asked, words)


def _as_last(context: Context, asked: tuple[Question, ...], words: str) -> Reply:
    """เท่าเดิม where a choice, a date or a text is asked."""
    same = _before(context, tuple(item.name for item in asked))
    if same.values:
        return Answered(same.values, (), same.as_last)
    return Unread(ask_words(context, asked, "no_last", {}, words))


def _stored(value: object) -> str:
    if isinstance(value, tuple):
        return " ".join(value)
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def is_answer(context: Context, asked: tuple[Question, ...], words: str) -> bool:
    """Whether the text is, without doubt, one of the choices that are asked, or what a box of a rarer kind wants; a
    story beside them is not."""
    if asked and another.is_another(asked[0]):
        return another.meant(context, asked[0], words) != ""
    select = choice_of(asked)
    if select is not None:
        return chosen(context, asked, select, words).action is Action.ACCEPT
    own = asking(asked[0]) if len(asked) == 1 else None
    return own is not None and own.claims(context, asked[0], words)


def _read_choice(context: Context, asked: tuple[Question, ...], select: Question, words: str) -> Reply:
    """A worded choice by number, label or synonym; beside a select, a free-text box takes what is no choice."""
    reading = chosen(context, asked, select, words)
    picked = (reading.value,) if isinstance(reading.value, str) else reading.value or ()
    changes = {select.name: " ".join(picked)}
    if reading.action is Action.ACCEPT:
        return Answered(changes)
    free = next((item for item in asked if item.kind is Kind.TEXT), None)
    if free is not None:
        refused = _withheld(context, select, words)
        if refused is not None:
            return refused
        return _told(context, select, free, words)
    if reading.action is Action.CONFIRM and picked:
        why = reading.why or "choice"
        return Doubtful(changes, (confirm_words(context, changes, why, words),))
    if reading.why == FOUND:
        return Unread(offered(context, select, reading, words))
    return Unread(ask_words(context, (select,), reading.why or "unknown_choice", reading.notes, words))


def _withheld(context: Context, select: Question, words: str) -> Unread | None:
    """A choice that the answers so far rule out, typed all the same: it is no story, and the form's words say why."""
    rest = options(context, select, withheld=True)
    if not rest or context.facts.reader.choice(words, rest).action is not Action.ACCEPT:
        return None
    why = select.constraint_message or select.required_message
    if why is None:
        return Unread(ask_words(context, (select,), "unknown_choice", {}, words))
    return Unread(Bubble((context.text(why),)))


def _told(context: Context, select: Question, free: Question, words: str) -> Reply:
    """A story typed where kinds are offered: kept word for word, filed under "other". A bare yes tells none."""
    meant = context.facts.reader.control(words)
    if meant.action is Action.ACCEPT and meant.value in _NO_STORY:
        return Unread(ask_words(context, (select,), "unknown_choice", {}, words))
    told = _read_text(context, free, words)
    others = [choice.value for choice in context.values.choices(select.name) if choice.value == "other"]
    if isinstance(told, Answered) and others:
        return Answered({select.name: others[0], **told.changes})
    return told


def _read_another(context: Context, question: Question, words: str) -> Reply:
    meant = another.meant(context, question, words)
    if meant:
        return Answered({question.name: meant})
    return read_edit(context, words) or Unread(ask_words(context, (question,), "unknown_choice", {}, words))


def _read_date(context: Context, asked: tuple[Question, ...], words: str) -> Reply:
    reading: Reading[dt.date] = context.facts.reader.date(words, now=context.facts.now, rounds=context.facts.rounds)
    if reading.value is not None and reading.action is not Action.ASK:
        changes = {asked[0].name: reading.value.isoformat()}
        if reading.action is Action.ACCEPT:
            return Answered(changes)
        return Doubtful(changes, (confirm_words(context, changes, "date", words),))
    offered = context.facts.reader.choice(words, worded(context, asked[0]), numbered=False)
    if offered.action is Action.ACCEPT and isinstance(offered.value, str):
        return Answered({asked[0].name: offered.value})
    return Unread(ask_words(context, asked, reading.why or "not_date", reading.notes, words))


def _read_text(context: Context, question: Question, words: str) -> Reply:
    if len(words) > LONGEST_TEXT:
        shown = example(context, (question,)) or "–"
        return Unread(Bubble((text("read.ask.too_long", n=len(words), most=LONGEST_TEXT, example=shown),)))
    if not any(character.isprintable() and not character.isspace() for character in words):
        return Unread(ask_words(context, (question,), "other", {}, words))
    return Answered({question.name: words.strip()})
