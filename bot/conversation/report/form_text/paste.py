"""A fill-in text that comes back: everything that can be read is stored at once, the rest is told box by box."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.conversation.facts import Facts, ObligationFacts
from bot.conversation.inputs import Incoming
from bot.conversation.report import begin, flow
from bot.conversation.report.answering.readback import received
from bot.conversation.report.answering.refuse import about, broken, edit_button, reason
from bot.conversation.report.answering.store import overwritten, stored
from bot.conversation.report.answering.waiting import WAITING
from bot.conversation.report.asking.prompt import edit_example
from bot.conversation.report.changing import edit
from bot.conversation.report.context import Context
from bot.conversation.report.form_text.cells import entries
from bot.conversation.report.form_text.fill_in import head_of
from bot.conversation.report.form_text.sheet import Sheet, sheet_of
from bot.conversation.report.last_round import later
from bot.conversation.report_facts import ReportOf
from bot.conversation.say import sentence, tap
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.forms.values import answer
from bot.messages.bubbles import Bubble, Text, Words, text

SIGNS = "=:＝：→"
LEAST = 2
"""Signs of a text without its first line: one box alone is an answer, or an edit."""
MOST_TOLD = 6
"""Boxes that are told one by one; of more, the names."""


def take(state: State, said: Incoming, facts: Facts) -> Turn | None:
    """Read a fill-in text; None for a message that is none."""
    signs = sum(said.text.count(sign) for sign in SIGNS)
    headed = _headed(said.text, facts) if signs and facts.person is not None else None
    if (headed is None and signs < LEAST) or facts.person is None:
        return None
    obligation = headed or _meant(state, facts)
    if obligation is None or obligation.closed:
        return None
    context = Context.of(facts, facts.ask(ReportOf(obligation.id)))
    if headed is None and context.report.row_version is None:
        context = later.completed(context)  # boxes of a later round that nobody has begun: what changed
    cells = entries(context)
    filled = facts.reader.fill_in(said.text, [entry.cell for entry in cells])
    if not (filled.sure or (headed and (filled.values or filled.doubtful))):
        return None
    mine = state.flow == "report" and state.data.get("o") == obligation.id
    here = state if mine else begin.cursor(context)
    gone = flow.sent_meanwhile(here, context) or begin.must_move(context)
    return gone or _stored(here, said, context, sheet_of(context, cells, filled))


def _headed(words: str, facts: Facts) -> ObligationFacts | None:
    """The report that the first line names."""
    squeezed = "".join(words.split())
    return next(
        (item for item in facts.obligations if "".join(head_of(item, facts).split()) in squeezed and not item.closed),
        None,
    )


def _meant(state: State, facts: Facts) -> ObligationFacts | None:
    """The report that is under way, else the one begun, owed alone, or sent last."""
    if state.flow == "report":
        return next((item for item in facts.obligations if item.id == state.data.get("o")), None)
    owed = [item for item in facts.obligations if not item.settled and not item.closed]
    return owed[0] if len(owed) == 1 and not begin.waiting(facts) else edit.amendable(facts)


def _stored(state: State, said: Incoming, context: Context, sheet: Sheet) -> Turn:
    """Store what holds; then what was refused, unread or doubtful, and the next question or the review card."""
    kept = _allowed(context, sheet)
    bare = _clean(state)
    clash = overwritten(bare, said, context, kept)
    if clash is not None:
        return clash.before(*_told(context, sheet))
    after = _after(bare, said, context, sheet, kept)
    lines = _read_back(context, after, kept) if kept else ()
    save = (after.save(),) if kept else ()
    if sheet.doubted:
        waiting = _refused(said, sheet, kept)
        here = begin.cursor(after, stored=bool(kept)).with_data(pending=sheet.doubted, **waiting)
        first = (Bubble(lines),) if lines else ()
        return Turn(here, (*first, *_told(context, sheet), _ask(context, sheet)), save, tuple(kept))
    nothing = (sentence("fill_in.nothing_new"),) if not kept and not sheet.unread else ()
    turn = begin.show(after, (*_told(context, sheet), *nothing), lines, stored=bool(kept))
    return replace(turn.also(*save), state=turn.state.with_data(**_refused(said, sheet, kept)), stored=tuple(kept))


def _read_back(before: Context, after: Context, kept: Mapping[str, str]) -> tuple[Words, ...]:
    """What was taken; of much that is new how much, since it stands in the text itself."""
    lines = received(before, after, kept)
    if len(kept) <= MOST_TOLD:
        return lines
    many = text("fill_in.received", n=len(kept))
    return tuple(many if isinstance(line, Text) and line.key == "report.received" else line for line in lines)


def _after(state: State, said: Incoming, context: Context, sheet: Sheet, kept: Mapping[str, str]) -> Context:
    if not kept:
        return context
    empty = frozenset(name for name in sheet.blank if name not in sheet.doubted)
    typed_in = {name: {"message_id": said.message_id} for name in kept}
    as_last = frozenset(sheet.as_last)
    return stored(state, replace(context, skipped=context.skipped | empty), kept, typed_in, as_last)


def _allowed(context: Context, sheet: Sheet) -> dict[str, str]:
    """What is left of the given values without those that the form refuses; each refusal is noted in the sheet."""
    kept = dict(sheet.given)
    while kept:
        after = context.with_values(answer(context.values, kept, "typed"))
        hidden = [name for name in kept if not after.values.relevant(name)]
        for name in hidden:
            del kept[name]
            _note(
                after,
                sheet,
                name,
                text("fill_in.unread", key=after.named(after.questions[name]), why=text("fill_in.not_needed")),
            )
        problem = None if hidden else broken(context, after)
        if problem is None and not hidden:
            break
        if problem is not None:
            culprits = {problem.name} & set(kept) or about(problem) & set(kept) or set(kept)
            for name in culprits:
                del kept[name]
            _note(after, sheet, problem.name, reason(after, problem))
    return kept


def _note(context: Context, sheet: Sheet, name: str, why: Words) -> None:
    sheet.unread.append(why)
    box = context.questions[name].box
    if box is not None:
        sheet.boxes.append(box)


def _refused(said: Incoming, sheet: Sheet, kept: Mapping[str, str]) -> dict[str, Any]:
    """What waits for the mending of another box: see edit.ask_box."""
    refused = {name: value for name, value in sheet.given.items() if name not in kept}
    names = (*refused, *sheet.doubted)
    return {"refused": refused, "typed_in": {name: {"message_id": said.message_id} for name in names}} if names else {}


def _told(context: Context, sheet: Sheet) -> tuple[Bubble, ...]:
    """What was not stored and why, in one bubble, with a button for each of the boxes."""
    if not sheet.unread:
        return ()
    lines = [text("fill_in.told", n=len(sheet.unread)), *sheet.unread[:MOST_TOLD]]
    if len(sheet.unread) > MOST_TOLD:
        lines.append(text("report.more_changes", n=len(sheet.unread) - MOST_TOLD))
    buttons = tuple(edit_button(context, box) for box in dict.fromkeys(sheet.boxes))[:MOST_TOLD]
    return (Bubble(tuple(lines), buttons),)


def _ask(context: Context, sheet: Sheet) -> Bubble:
    """What would be stored after a yes; a value typed with its box is a correction."""
    lines: list[Words] = [*sheet.doubts[:MOST_TOLD], text("fill_in.confirm", example=edit_example(context))]
    return Bubble(tuple(lines), (tap("read.button.yes", "yes", o=context.report.obligation.id),))


def _clean(state: State) -> State:
    gone = {*WAITING, "rest", "only", "picked"}
    return State(state.flow, {name: value for name, value in state.data.items() if name not in gone})
