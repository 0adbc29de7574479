"""Taps on buttons. A button may be a week old: it says which report and question it was shown for."""

from __future__ import annotations

from collections.abc import Callable

from bot.conversation import commands, household, join, menu, staff
from bot.conversation.facts import Facts
from bot.conversation.inputs import Incoming
from bot.conversation.report import begin, edit, flow, review
from bot.conversation.report.context import Context
from bot.conversation.report.prompt import buttons
from bot.conversation.report.store import store
from bot.conversation.say import sentence, tap
from bot.conversation.state import IDLE, State
from bot.conversation.turn import Turn
from bot.forms.compiled import Kind, Question
from bot.messages.bubbles import Bubble, Value, text

Tapped = Callable[[State, Incoming, Facts], Turn]


def tapped(state: State, said: Incoming, facts: Facts) -> Turn:
    """Do what a button stands for, if that still makes sense; else say what stands now."""
    do = said.tap.get("do", "")
    under = menu.under(state)
    if do.startswith("join_"):
        return _joining(under, said, facts)
    if facts.person is None:
        return join.guest(under, said, facts)
    if do in _PLAIN:
        return _PLAIN[do](under, said, facts)
    if do in _OF_REPORT:
        return _in_report(under, said, facts)
    return Turn(under, (sentence("general.stale_button_other"),))


def _joining(state: State, said: Incoming, facts: Facts) -> Turn:
    if said.tap["do"] == "join_request":
        return join.ask_to_join(facts)
    if state.flow == "join_confirm":
        return join.take_consent(state, said, facts)
    if state.flow == "join_district":
        return join.take_district(state, said, facts)
    return Turn(state, (sentence("general.stale_button_other"),))


_PLAIN: dict[str, Tapped] = {
    "house": household.tapped_house,
    "approve": staff.decide,
    "decline": staff.decide,
    "report": lambda state, _said, facts: begin.report(state, facts),
    "owe": lambda state, _said, facts: commands.COMMANDS["what_do_i_owe"](state, facts),
    "who_missing": lambda state, _said, facts: commands.COMMANDS["who_missing"](state, facts),
    "contact": lambda state, _said, facts: commands.COMMANDS["contact"](state, facts),
}


def _in_report(state: State, said: Incoming, facts: Facts) -> Turn:
    """A button of a report: about the one under way, or one that is opened by it, or one that is gone."""
    wanted = said.tap.get("o", "")
    owed = next((item for item in facts.obligations if str(item.id) == wanted), None)
    if owed is None:
        return Turn(state, (sentence("general.stale_button_other"),))
    do = said.tap["do"]
    if do in {"begin", "start"}:
        if owed.settled and not owed.draft_exists:
            return Turn(state, (_sent_already(owed.round_number, owed.area.name),))
        return begin.begin(owed, facts)
    here = state if state.flow == "report" and state.data.get("o") == owed.id else State("report", {"o": owed.id})
    context = flow.open_context(here, facts)
    if context is None or (context.report.row_version is None and owed.settled):
        return Turn(IDLE, (_sent_already(owed.round_number, owed.area.name),))
    return _OF_REPORT[do](here, said, context)


def _sent_already(round_number: int, area: str) -> Bubble:
    return sentence("general.stale_button_sent_now", round=round_number, area=area, example="8=900")


def _answer(state: State, said: Incoming, context: Context) -> Turn:
    """A choice or a picked date: stored when its question is open, otherwise what stands now is shown (E-10)."""
    question = context.report.form.questions.get(said.tap.get("q", ""))
    value = said.date.isoformat() if said.date is not None else said.tap.get("v", "")
    if question is None or not value or not context.values.relevant(question.name):
        return Turn(state, (sentence("general.stale_button_other"), *flow.where_we_are(state, context)))
    if not _is_open(state, said, context, question):
        return _stale(state, context, question, value)
    return store(state, said, context, {question.name: value})


def _is_open(state: State, said: Incoming, context: Context, question: Question) -> bool:
    """The question is the one the chat stands at, or nobody has answered it yet."""
    return said.tap.get("s") == state.data.get("step") or context.values.get(question.name) == ""


def _stale(state: State, context: Context, question: Question, value: str) -> Turn:
    """Last week's button: the present value, and the change is offered."""
    words: dict[str, Value] = {
        "box": question.box or "",
        "label": context.label(question),
        "value": context.value(question),
    }
    where: dict[str, str | int] = {"o": context.report.obligation.id, "q": question.name, "v": value}
    ways = (
        tap(text("general.button.change_to", value=context.write(question, value)), "change", **where),
        tap("general.button.keep", "keep", o=context.report.obligation.id),
    )
    return Turn(state, (sentence("general.stale_button", *ways, **words),))


def _change(state: State, said: Incoming, context: Context) -> Turn:
    name = said.tap.get("q", "")
    if name not in context.report.form.questions:
        return Turn(state, (sentence("general.stale_button_other"),))
    return store(state, said, context, {name: said.tap.get("v", "")})


def _keep(_state: State, _said: Incoming, context: Context) -> Turn:
    """Leave everything as it stands and go on."""
    return begin.show(context)


def _yes(state: State, said: Incoming, context: Context) -> Turn:
    pending = state.data.get("pending")
    if not pending:
        return Turn(state, (sentence("general.stale_button_other"), *flow.where_we_are(state, context)))
    return store(state, said, context, pending)


def _pick(state: State, said: Incoming, context: Context) -> Turn:
    """One of several choices: picked ones gather until พอแล้ว; an exclusive one (ไม่มี) answers at once."""
    question = context.report.form.questions.get(said.tap.get("q", ""))
    if question is None or question.choices is None:
        return Turn(state, (sentence("general.stale_button_other"),))
    step = context.report.form.step_of(question.name)
    choice = next((item for item in question.choices.every if item.value == said.tap.get("v")), None)
    if step is None or choice is None or said.tap.get("s") != state.data.get("step"):
        return _answer(state, said, context)
    if choice.extra.get("exclusive"):
        return store(state, said, context, {question.name: choice.value})
    picked = (*state.data.get("picked", ()), choice.value)
    picked = tuple(dict.fromkeys(picked))
    shown = context.write(question, " ".join(picked))
    card = Bubble(
        (text("report.choices_so_far", list=shown), text("report.choices_more")),
        buttons(context, step, flow.asked_of(state, context, step), picked),
    )
    return Turn(state.with_data(picked=list(picked)), (card,))


def _enough(state: State, said: Incoming, context: Context) -> Turn:
    picked = state.data.get("picked", ())
    question = context.report.form.questions.get(said.tap.get("q", ""))
    if not picked or question is None or question.kind is not Kind.SELECT_MULTIPLE:
        return Turn(state, (sentence("general.stale_button_other"), *flow.where_we_are(state, context)))
    return store(state, said, context, {question.name: " ".join(picked)})


def _send(state: State, said: Incoming, context: Context) -> Turn:
    """The review card's own version is what was seen: an older card shows the present one first."""
    seen = said.tap.get("r", "")
    here = state.with_data(seen=int(seen) if seen.isdecimal() else 0)
    if str(context.report.row_version) != seen:
        return begin.show(context, (sentence("report.changed_since"),))
    return flow.send(here, context)


def _box(state: State, said: Incoming, context: Context) -> Turn:
    box = said.tap.get("box", "")
    return edit.ask_box(state, context, int(box) if box.isdecimal() else 0)


def _full(state: State, said: Incoming, context: Context) -> Turn:
    shown = review.full_text(context, said.tap.get("s", ""))
    return Turn(state, (shown,)) if shown else Turn(state, flow.where_we_are(state, context))


def _form(state: State, _said: Incoming, context: Context) -> Turn:
    opened = state if state.data.get("step") else begin.show(context).state
    return Turn(opened, review.whole_form(context))


_OF_REPORT: dict[str, Callable[[State, Incoming, Context], Turn]] = {
    "begin": _keep,
    "start": _keep,
    "resume": lambda _state, _said, context: begin.resume(context),
    "answer": _answer,
    "change": _change,
    "keep": _keep,
    "yes": _yes,
    "pick": _pick,
    "enough": _enough,
    "skip": flow.skip,
    "send": _send,
    "cancel": lambda state, _said, context: flow.cancel(state, context),
    "edit": lambda state, _said, context: edit.how(state, context),
    "box": _box,
    "full": _full,
    "form": _form,
    "keep_photo": lambda state, _said, context: flow.settle_photo(state, context, keep=True),
    "drop_photo": lambda state, _said, context: flow.settle_photo(state, context, keep=False),
}
