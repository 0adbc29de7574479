"""Taps on the buttons of a report. A button may be a week old: what stands now decides."""

from __future__ import annotations

from collections.abc import Callable

from bot.conversation.inputs import Incoming
from bot.conversation.report import begin, flow
from bot.conversation.report.answering import another, gather, photos
from bot.conversation.report.answering.store import store
from bot.conversation.report.asking.buttons import listed
from bot.conversation.report.asking.pages import PAGE, Held, is_long
from bot.conversation.report.changing import edit, form_view, lists, repeats, steer
from bot.conversation.report.context import Context
from bot.conversation.report.form_text import fill_in
from bot.conversation.report.kinds.moments import picked
from bot.conversation.report.kinds.places import LEAST
from bot.conversation.report.sending import reasons, remarks, send
from bot.conversation.report.sharing import approval, approving, newer_form
from bot.conversation.report.tokens import named, token
from bot.conversation.say import sentence, tap
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.forms.compiled import Kind, Question, Step
from bot.messages.bubbles import Value, text

MOST_DIGITS = 7
"""Of a place in a list, in a button's data."""


def stale(state: State, context: Context) -> Turn:
    """A button that means nothing any more: say so, and where the person stands."""
    return Turn(state, (sentence("general.stale_button_other"), *flow.where_we_are(state, context)))


def _question(said: Incoming, context: Context) -> Question | None:
    """The box that a button is about, if it still applies."""
    question = context.questions.get(named(said.tap.get("q", ""), context.questions))
    applies = question is not None and question.asked and context.values.relevant(question.name)
    return question if applies else None


def _possible(context: Context, question: Question, value: str) -> bool:
    """Whether the box can still hold what the button stands for."""
    return question.choices is None or value in {choice.value for choice in context.values.choices(question.name)}


def _answer(state: State, said: Incoming, context: Context) -> Turn:
    """A choice or a picked date: stored when its question is open, otherwise what stands now is shown (E-10)."""
    question = _question(said, context)
    value = picked(said) or _value(said, context, question)
    if question is None or not value or not _possible(context, question, value):
        return stale(state, context)
    present = context.values.get(question.name)
    if another.is_another(question) and not _is_open(state, said):
        return stale(state, context) if present in {"", value} else _compare(state, context, question, value)
    if present in {"", value} or _is_open(state, said):
        return store(state, said, context, {question.name: value})
    return _compare(state, context, question, value)


def _is_open(state: State, said: Incoming) -> bool:
    """Whether the button belongs to the question that is open now."""
    return said.tap.get("s") == token(str(state.data.get("step", "")))


def _value(said: Incoming, context: Context, question: Question | None) -> str:
    """What a button stands for."""
    offered = context.values.choices(question.name) if question is not None else ()
    return named(said.tap.get("v", ""), (choice.value for choice in offered))


def _compare(state: State, context: Context, question: Question, value: str) -> Turn:
    """Last week's button: the present value, and the change is offered."""
    words: dict[str, Value] = {"label": context.named(question), "value": context.value(question)}
    where: dict[str, str | int] = {"o": context.report.obligation.id, "q": token(question.name), "v": token(value)}
    ways = (
        tap(text("general.button.change_to", value=context.write(question, value)), "change", **where),
        tap("general.button.keep", "keep", o=context.report.obligation.id),
    )
    if question.box is None:
        return Turn(state, (sentence("general.stale_button_unboxed", *ways, **words),))
    return Turn(state, (sentence("general.stale_button", *ways, box=question.box, **words),))


def _change(state: State, said: Incoming, context: Context) -> Turn:
    question = _question(said, context)
    value = _value(said, context, question)
    if question is None or not value or not _possible(context, question, value):
        return stale(state, context)
    return store(state, said, context, {question.name: value})


def _yes(state: State, said: Incoming, context: Context) -> Turn:
    return flow.confirmed(state, said, context) if state.data.get("pending") else stale(state, context)


def _pick(state: State, said: Incoming, context: Context) -> Turn:
    """One of several choices: picked ones gather until พอแล้ว; an exclusive one (ไม่มี) answers at once."""
    question = _question(said, context)
    step = context.step_of(question.name) if question is not None else None
    value = _value(said, context, question)
    if question is None or step is None or not _possible(context, question, value):
        return stale(state, context)
    choice = next(item for item in context.values.choices(question.name) if item.value == value)
    if not _is_open(state, said):
        return _answer(state, said, context)
    if choice.extra.get("exclusive"):
        return store(state, said, context, {question.name: choice.value})
    return gather.pick(state, said, context, step, question, value)


def _page(state: State, said: Incoming, context: Context) -> Turn:
    """Another page of a long list, with what is picked kept."""
    question, at = _question(said, context), said.tap.get("at", "")
    step = context.step_of(question.name) if question is not None else None
    if question is None or step is None or not _is_open(state, said):
        return stale(state, context)
    held = Held(Held.of(state).picked, int(at) if at.isdecimal() and len(at) < MOST_DIGITS else 0)
    return _at_page(state, context, step, question, held)


def _at_page(state: State, context: Context, step: Step, question: Question, held: Held) -> Turn:
    if held.picked:
        return gather.show(state, context, step, question, held)
    only = question if state.data.get("only") == question.name else None
    return begin.ask_again(context, step, only=only, held=held)


def more(state: State, said: Incoming, context: Context) -> Turn:
    """เพิ่มเติม, typed: the next page of the list that is asked."""
    step = flow.step_of(state, context)
    asked = flow.asked_of(state, context, step) if step is not None else ()
    question = listed(asked)
    if step is None or question is None or not is_long(context.values.choices(question.name)):
        return flow.words(state, said, context.facts)
    held = Held.of(state)
    following = held.at + PAGE
    at = following if following < len(context.values.choices(question.name)) else 0
    return _at_page(state, context, step, question, Held(held.picked, at))


def _rank_again(state: State, said: Incoming, context: Context) -> Turn:
    """The order begun is given up."""
    step = flow.step_of(state, context)
    if step is None or not _is_open(state, said):
        return stale(state, context)
    only = _question(said, context) if state.data.get("only") else None
    return begin.ask_again(context, step, only=only)


def _unpoint(state: State, said: Incoming, context: Context) -> Turn:
    """The last place of a line or area was wrong."""
    question = _question(said, context)
    step = context.step_of(question.name) if question is not None else None
    gathered = [list(one) for one in state.data.get("points", ())]
    if question is None or step is None or not gathered or question.kind not in LEAST or not _is_open(state, said):
        return stale(state, context)
    return gather.show_places(state, context, step, question, gathered[:-1])


def enough(state: State, said: Incoming, context: Context) -> Turn:
    """พอแล้ว, tapped or typed: what was picked is the answer."""
    step = flow.step_of(state, context)
    asked = flow.asked_of(state, context, step) if step is not None else ()
    turn = gather.enough(state, said, context, step, asked) if step is not None else None
    if turn is not None:
        return turn
    if step is None or not any(item.kind is Kind.SELECT_MULTIPLE or item.kind in LEAST for item in asked):
        return stale(state, context) if said.tap else flow.words(state, said, context.facts)
    return begin.ask_again(context, step)


def _send(state: State, said: Incoming, context: Context) -> Turn:
    """The review card's own version is what was seen: an older card shows the present one first."""
    seen = said.tap.get("r", "")
    if approval.waits(context):
        return begin.show(context)
    if str(context.report.row_version) != seen:
        return begin.show(context, (sentence("report.changed_since"),))
    return send.send(state.with_data(seen=int(seen)), context)


def _agree(state: State, said: Incoming, context: Context) -> Turn:
    """เห็นชอบและส่ง: only what the card showed is agreed to."""
    gone = approving.gone(state, context, said.tap.get("r", ""))
    return gone or send.send(state.with_data(seen=context.report.row_version), context)


def _box(state: State, said: Incoming, context: Context) -> Turn:
    box = said.tap.get("box", "")
    return edit.ask_box(state, context, int(box) if box.isdecimal() else 0)


def _step(state: State, said: Incoming, context: Context) -> Turn:
    return edit.ask_step(context, _step_name(said, context)) or stale(state, context)


def _step_name(said: Incoming, context: Context) -> str:
    return named(said.tap.get("s", ""), (step.name for step in context.steps))


def _group(said: Incoming, context: Context) -> str:
    """The instance, or the question for one more, that a button is about."""
    return named(said.tap.get("g", ""), (*context.values.groups, *context.questions))


def _number(said: Incoming, name: str) -> int:
    value = said.tap.get(name, "")
    return int(value) if value.isdecimal() and len(value) < _DIGITS else 0


_DIGITS = 10


def _list(state: State, said: Incoming, context: Context) -> Turn:
    return lists.show(state, context, _group(said, context), _number(said, "p"))


def _one(state: State, said: Incoming, context: Context) -> Turn:
    question = _question(said, context)
    return stale(state, context) if question is None else edit.ask_named(state, context, (question.name,))


def _more(state: State, said: Incoming, context: Context) -> Turn:
    turn = repeats.one_more(state, said, context, _group(said, context), _number(said, "n"))
    return turn or stale(state, context)


def _removed(state: State, said: Incoming, context: Context) -> Turn:
    """Only what was shown is taken out: after any change the addresses may mean others."""
    address = _group(said, context)
    if _number(said, "r") != (context.report.row_version or 0):
        there = address in context.values.groups
        return repeats.ask_remove(state, context, address) if there else stale(state, context)
    return repeats.take_out(context, address)


def _none(state: State, said: Incoming, context: Context) -> Turn:
    step = context.values.step(_step_name(said, context))
    turn = repeats.none_at_all(context, step) if step is not None and _is_open(state, said) else None
    return turn or stale(state, context)


Tapped = Callable[[State, Incoming, Context], Turn]
TAPS: dict[str, Tapped] = {
    "list": _list,
    "one": _one,
    "more": _more,
    "remove": lambda state, said, context: repeats.ask_remove(state, context, _group(said, context)),
    "removed": _removed,
    "none": _none,
    "resume": lambda _state, _said, context: begin.resume(context),
    "answer": _answer,
    "change": _change,
    "keep": lambda _state, _said, context: begin.show(context),
    "yes": _yes,
    "pick": _pick,
    "enough": enough,
    "page": _page,
    "rank_again": _rank_again,
    "unpoint": _unpoint,
    "skip": steer.skip,
    "send": _send,
    "agree": _agree,
    "send_back": approving.tapped_send_back,
    "new_form": newer_form.use,
    "old_form": newer_form.keep,
    "cancel": lambda _state, _said, context: send.cancel(context),
    "edit": lambda state, _said, context: edit.how(state, context),
    "box": _box,
    "step": _step,
    "remarks": lambda state, _said, context: Turn(state, remarks.every(context)),
    "explain": lambda state, said, context: reasons.ask(state, context, said.tap.get("k", "")),
    "reason": reasons.picked,
    "full": lambda state, said, context: steer.full_text(state, context, _step_name(said, context)),
    "fill_in": lambda _state, _said, context: fill_in.give(context),
    "form": lambda state, said, context: Turn(state, form_view.whole_form(context, _number(said, "p"))),
    "keep_photo": lambda state, _said, context: photos.settle_photo(state, context, keep=True),
    "drop_photo": lambda state, _said, context: photos.settle_photo(state, context, keep=False),
}
