"""Reading an answer to a step: what would be stored, what must be confirmed first, or what to ask again."""

from __future__ import annotations

from bot.conversation.report.answering import another, named
from bot.conversation.report.answering.explain import ask_words, confirm_words
from bot.conversation.report.answering.fields import boxes_of, current, fields
from bot.conversation.report.answering.read_block import from_block, read_alone, read_block, several
from bot.conversation.report.answering.read_choice import read_choice
from bot.conversation.report.answering.read_one import ReadBlock, read_one
from bot.conversation.report.answering.reply import Answered, Doubtful, EditWanted, NamedWanted, Reply, Unread
from bot.conversation.report.answering.same import before
from bot.conversation.report.answering.search import chosen
from bot.conversation.report.asking.buttons import choice_of
from bot.conversation.report.changing import lists
from bot.conversation.report.context import Context
from bot.conversation.report.kinds.table import asking
from bot.forms.compiled import NUMBERS, Kind, Question
from bot.reading.outcome import Action


def read(context: Context, asked: tuple[Question, ...], words: str) -> Reply:
    """Read `words` as the answer to the `asked` boxes, or as edits of any box ("8=3200 9=3000")."""
    if another.is_another(asked[0]):
        return _read_another(context, asked[0], words)
    edit = read_edit(context, words, exact=any(question.kind is Kind.TEXT for question in asked))
    return edit if edit is not None else _read_answer(context, asked, words, read_block)


def read_value(context: Context, asked: tuple[Question, ...], words: str) -> Reply:
    """Read `words` as the value of the `asked` boxes and of no other, whatever they could mean elsewhere."""
    reply = _read_answer(context, asked, words, read_alone)
    names = {item.name for item in asked}
    strange = isinstance(reply, EditWanted) or (isinstance(reply, Answered | Doubtful) and set(reply.changes) - names)
    return Unread(ask_words(context, asked, "other", {}, words)) if strange else reply


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
        return several(context, reading, words)
    if reading.why == "no_such_value":
        return Unread(ask_words(context, (), reading.why, {}, words))
    if not reading.values and not set(reading.notes) & {"failed", "unreadable", "same"}:
        return None
    return from_block(context, (), reading, words)


def _read_named(context: Context, words: str, *, exact: bool) -> Reply | None:
    found = named.read(context, words, exact=exact)
    if found is None:
        order = context.facts.reader.order(words)
        lost = order is not None and order.verb == "edit" and (not exact or order.about.isdigit())
        return NamedWanted() if lost and not context.values.layout.places.boxes else None
    if not found.value or len(found.names) != 1:
        return NamedWanted(found.names)
    question = context.questions[found.names[0]]
    reply = _read_answer(context, (question,), found.value, read_block)
    if isinstance(reply, Answered) and not found.sure:
        return Doubtful(reply.changes, (confirm_words(context, reply.changes, "other", words), *reply.besides))
    return reply


def _read_answer(context: Context, asked: tuple[Question, ...], words: str, block: ReadBlock) -> Reply:
    if any(item.kind not in NUMBERS for item in asked) and _says_same(context, asked, words):
        return _as_last(context, asked, words)
    select = choice_of(asked)
    if select is not None:
        return read_choice(context, asked, select, words)
    return read_one(context, asked, words, block) if len(asked) == 1 else block(context, asked, words)


def _read_another(context: Context, question: Question, words: str) -> Reply:
    meant = another.meant(context, question, words)
    if meant:
        return Answered({question.name: meant})
    return read_edit(context, words) or Unread(ask_words(context, (question,), "unknown_choice", {}, words))


def _says_same(context: Context, asked: tuple[Question, ...], words: str) -> bool:
    meant = context.facts.reader.control(words)
    return meant.value == "done_same" and meant.action is not Action.ASK and not is_answer(context, asked, words)


def _as_last(context: Context, asked: tuple[Question, ...], words: str) -> Reply:
    """เท่าเดิม where a choice, a date or a text is asked."""
    same = before(context, tuple(item.name for item in asked))
    if same.values:
        return Answered(same.values, (), same.as_last)
    return Unread(ask_words(context, asked, "no_last", {}, words))


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
