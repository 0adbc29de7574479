"""The report conversation: one message answers one step, and any box can be changed at any time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.conversation.effects import AttachPhotos, DropDraft, KeepPhoto, SubmitReport
from bot.conversation.facts import Facts, ReportOf
from bot.conversation.inputs import Incoming, Kind
from bot.conversation.report import begin, edit, review
from bot.conversation.report.context import REVIEW, Context
from bot.conversation.report.prompt import buttons, choice_of, example
from bot.conversation.report.read import Answered, Doubtful, EditWanted, Reply, read, read_edit
from bot.conversation.report.store import readback, store
from bot.conversation.say import heard, sentence, tap
from bot.conversation.state import IDLE, State
from bot.conversation.turn import Turn
from bot.forms.compiled import Question, Step
from bot.messages.bubbles import Bubble, Day, Value, Words, text

UNCLEAR_TWICE = 2


def open_context(state: State, facts: Facts) -> Context | None:
    """The report of this chat; None when it is no longer there to be worked on."""
    wanted = state.data.get("o")
    if not any(item.id == wanted for item in facts.obligations):
        return None
    return Context.of(facts, facts.ask(ReportOf(int(wanted or 0))))


def step_of(state: State, context: Context) -> Step | None:
    """The step that the chat stands at; None: the review card."""
    name = state.data.get("step")
    found = next((step for step in context.report.form.steps if step.name == name), None)
    if name == REVIEW:
        return None
    return found if found is not None and context.askable(found) else begin.current(context)


def asked_of(state: State, context: Context, step: Step) -> tuple[Question, ...]:
    """The boxes that the open question is about: one that is being changed, else the step's open ones, else all."""
    only = state.data.get("only")
    if only is not None:
        return tuple(item for item in context.askable(step) if item.name == only)
    return context.open_questions(step) or context.askable(step)


def words(state: State, said: Incoming, facts: Facts) -> Turn:
    """A typed message while a report is under way, when it is no command."""
    context = open_context(state, facts)
    if context is None:
        return begin.report(IDLE, facts)
    gone = sent_meanwhile(state, context)
    if gone is not None:
        return gone
    if state.data.get("pending"):
        settled = _pending(state, said, context)
        if settled is not None:
            return settled
    step = step_of(state, context)
    reply = (
        read(context, asked_of(state, context, step), said.text) if step is not None else read_edit(context, said.text)
    )
    if reply is None:
        return at_review(state, said, context)
    return take(state, said, context, reply)


def sent_meanwhile(state: State, context: Context) -> Turn | None:
    """Another officer of the district has sent the report that this chat was filling in."""
    if context.report.row_version is not None or context.report.sent is None or state.data.get("seen") is None:
        return None
    words: dict[str, Value] = {"who": text("word.colleague"), "round": context.report.obligation.round_number}
    return Turn(IDLE, (sentence("report.sent_by_other", area=context.report.obligation.area.name, **words),))


def take(state: State, said: Incoming, context: Context, reply: Reply) -> Turn:
    """Store what was read, or ask about it."""
    match reply:
        case Answered(changes):
            return store(state, said, context, changes)
        case Doubtful(changes, lines):
            return confirm_first(state, context, changes, lines)
        case EditWanted(box):
            return edit.ask_box(state, context, box)
        case _:
            return again(state, context, reply.bubble)


def confirm_first(state: State, context: Context, changes: Mapping[str, str], lines: tuple[Words, ...]) -> Turn:
    """C-02: read back as it would be stored; a new value typed instead is a correction."""
    where: dict[str, str | int] = {"o": context.report.obligation.id, "s": str(state.data.get("step", ""))}
    card = Bubble((*lines, text("read.or_type")), (tap("read.button.yes", "yes", **where),))
    return Turn(state.with_data(pending=dict(changes)), (card,))


def _pending(state: State, said: Incoming, context: Context) -> Turn | None:
    """Yes stores what was read back; anything else falls through as a new answer."""
    reading = context.facts.reader.control(said.text)
    if reading.value == "yes":
        return store(_settled(state), said, context, state.data["pending"])
    if reading.value == "no":
        step = step_of(state, context)
        return begin.ask_again(context, step) if step is not None else at_review(_settled(state), said, context)
    return None


def _settled(state: State) -> State:
    return State(state.flow, {key: value for key, value in state.data.items() if key != "pending"}, 0)


def again(state: State, context: Context, problem: Bubble) -> Turn:
    """Nothing was stored: say why, keep the question open, and the second time offer ways out (E-16)."""
    step = step_of(state, context)
    asked = asked_of(state, context, step) if step is not None else ()
    shown = problem
    if step is not None and not problem.buttons:
        ways = list(buttons(context, step, asked))
        if state.unclear + 1 >= UNCLEAR_TWICE and not choice_of(asked):
            ways.append(tap("button.ask_province", "contact"))
        shown = Bubble(problem.lines, tuple(ways))
    return Turn(_settled(state), (shown,)).unclear(state)


def at_review(state: State, said: Incoming, context: Context) -> Turn:
    """A message at the review card that is no edit: yes sends, anything else shows the card again."""
    if said.kind is Kind.TEXT and context.facts.reader.control(said.text).value in {"yes", "submit"}:
        return send(state, context)
    words: dict[str, Value] = {"heard": heard(said.text), "example": review.edit_example(context)}
    first = (sentence("general.not_understood", **words),) if said.text else ()
    return begin.show(context, first).unclear(state)


def send(state: State, context: Context) -> Turn:
    """ยืนยันส่ง: only what this person has seen is sent."""
    if begin.current(context) is not None:
        return begin.resume(context)
    if _changed_by_other(state, context):
        when = context.report.updated_at or context.facts.now
        first = sentence("report.changed_by_other", who=context.report.updated_by_name, time=when)
        return begin.show(context, (first,))
    blocked = review.missing(context)
    if blocked is not None:
        return begin.show(context, (blocked,))
    row_version = context.report.row_version
    if row_version is None or (context.report.sent is not None and not review.changes(context)):
        return Turn(state, (sentence("report.amend_nothing", example=review.edit_example(context)),))
    effect = SubmitReport(context.report.obligation.id, row_version)
    return Turn(IDLE, (review.receipt(context),), (effect,))


def _changed_by_other(state: State, context: Context) -> bool:
    me = context.facts.person.id if context.facts.person else None
    return state.data.get("seen") != context.report.row_version and context.report.updated_by != me


def cancel(state: State, context: Context) -> Turn:
    """Give a change of a sent report up; a first report is only paused, never thrown away."""
    row_version = context.report.row_version
    if context.report.sent is None or row_version is None:
        return pause(context)
    return Turn(IDLE, (sentence("report.amend_cancelled"),), (DropDraft(context.report.obligation.id, row_version),))


def pause(context: Context) -> Turn:
    obligation, now = context.report.obligation, context.facts.now
    late = now > obligation.due_at
    due = obligation.due_at.astimezone(now.tzinfo).date()
    shown = sentence("report.paused_late") if late else sentence("report.paused", due=Day(due))
    return Turn(IDLE, (shown,))


def back(state: State, context: Context) -> Turn:
    """The step before this one, with its present answer."""
    steps = [step for step in context.report.form.steps if REVIEW not in step.appearance and context.askable(step)]
    steps = [step for step in steps if not all(context.source(item) for item in context.askable(step))]
    here = step_of(state, context)
    place = steps.index(here) if here in steps else len(steps)
    if place == 0:
        return begin.ask_again(context, steps[0], (sentence("report.nothing_to_go_back"),)) if steps else Turn(state)
    return begin.ask_again(context, steps[place - 1], (_went_back(context, steps[place - 1]),))


def _went_back(context: Context, step: Step) -> Bubble:
    asked = context.askable(step)
    return Bubble((text("report.went_back", value=readback(context, tuple(asked)) or text("word.blank")),))


def skip(state: State, said: Incoming, context: Context) -> Turn:
    """Leave a box empty, where the form allows it."""
    step = step_of(state, context)
    if step is None:
        return at_review(state, said, context)
    asked = asked_of(state, context, step)
    must = next((item for item in asked if context.values.required(item.name)), None)
    if must is not None:
        shown = {"label": context.short(must), "example": example(context, asked) or "12"}
        return again(state, context, sentence("report.required_now", **shown))
    return store(state, said, context, {item.name: "" for item in asked})


def photo(state: State, said: Incoming, context: Context) -> Turn:
    """E-08: a photo where something else was asked is kept, and the person says whether it belongs."""
    step = step_of(state, context)
    asked = asked_of(state, context, step) if step is not None else ()
    where: dict[str, str | int] = {"o": context.report.obligation.id}
    ways = (
        tap("general.button.keep_photo", "keep_photo", **where),
        tap("general.button.drop_photo", "drop_photo", **where),
    )
    key = "general.photo_for_number" if asked else "general.photo_at_review"
    shown = sentence(key, *ways, **({"example": example(context, asked) or "12"} if asked else {}))
    effects = (KeepPhoto(said.message_id, said.sent_at or context.facts.now),)
    return Turn(state, (shown,), effects)


def settle_photo(state: State, context: Context, *, keep: bool) -> Turn:
    obligation = context.report.obligation
    shown = (
        sentence("general.photo_attached", round=obligation.round_number) if keep else sentence("general.photo_dropped")
    )
    step = step_of(state, context)
    turn = begin.ask_again(context, step, (shown,)) if step is not None else Turn(state, (shown,))
    return turn.also(AttachPhotos(obligation.id if keep else None))


def where_we_are(state: State, context: Context) -> tuple[Bubble, ...]:
    """A reminder of the open question, under a greeting or thanks."""
    step = step_of(state, context)
    if step is None:
        return (sentence("general.where_we_are_review", round=context.report.obligation.round_number),)
    asked = asked_of(state, context, step)
    shown: Any = {"label": context.short(asked[0]), "n": len(context.due())}
    return (sentence("general.where_we_are", **shown),)
