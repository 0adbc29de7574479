"""Every button of a report by its word in the data, and what it does."""

from __future__ import annotations

from collections.abc import Callable

from bot.conversation.inputs import Incoming
from bot.conversation.report import begin
from bot.conversation.report.answering import photos
from bot.conversation.report.changing import edit, form_view, lists, repeats, returned, steer
from bot.conversation.report.context import Context
from bot.conversation.report.form_text import fill_in
from bot.conversation.report.sending import reasons, remarks, send
from bot.conversation.report.sharing import approval, approving, newer_form
from bot.conversation.report.tapping import answers, gathering, picture
from bot.conversation.report.tapping.about import group_of, is_open, number_of, question_of, stale, step_name
from bot.conversation.say import sentence
from bot.conversation.state import State
from bot.conversation.turn import Turn


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
    return edit.ask_step(context, step_name(said, context)) or stale(state, context)


def _list(state: State, said: Incoming, context: Context) -> Turn:
    return lists.show(state, context, group_of(said, context), number_of(said, "p"))


def _one(state: State, said: Incoming, context: Context) -> Turn:
    question = question_of(said, context)
    return stale(state, context) if question is None else edit.ask_named(state, context, (question.name,))


def _more(state: State, said: Incoming, context: Context) -> Turn:
    turn = repeats.one_more(state, said, context, group_of(said, context), number_of(said, "n"))
    return turn or stale(state, context)


def _removed(state: State, said: Incoming, context: Context) -> Turn:
    """Only what was shown is taken out: after any change the addresses may mean others."""
    address = group_of(said, context)
    if number_of(said, "r") != (context.report.row_version or 0):
        there = address in context.values.groups
        return repeats.ask_remove(state, context, address) if there else stale(state, context)
    return repeats.take_out(context, address)


def _none(state: State, said: Incoming, context: Context) -> Turn:
    step = context.values.step(step_name(said, context))
    turn = repeats.none_at_all(context, step) if step is not None and is_open(state, said) else None
    return turn or stale(state, context)


Tapped = Callable[[State, Incoming, Context], Turn]
TAPS: dict[str, Tapped] = {
    "list": _list,
    "one": _one,
    "more": _more,
    "remove": lambda state, said, context: repeats.ask_remove(state, context, group_of(said, context)),
    "removed": _removed,
    "none": _none,
    "resume": lambda _state, _said, context: begin.resume(context),
    "answer": answers.answer,
    "change": answers.change,
    "keep": lambda _state, _said, context: begin.show(context),
    "yes": answers.yes,
    "same_value": returned.tapped,
    "pick": answers.pick,
    "enough": gathering.enough,
    "page": gathering.page,
    "rank_again": gathering.rank_again,
    "unpoint": gathering.unpoint,
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
    "full": lambda state, said, context: steer.full_text(state, context, step_name(said, context)),
    "fill_in": lambda _state, _said, context: fill_in.give(context),
    "form": lambda state, said, context: Turn(state, form_view.whole_form(context, number_of(said, "p"))),
    "picture": picture.show,
    "keep_photo": lambda state, _said, context: photos.settle_photo(state, context, keep=True),
    "drop_photo": lambda state, _said, context: photos.settle_photo(state, context, keep=False),
}
