"""Moving about in a report: back, leaving a box empty, the row's full text, help with the open question."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.inputs import Incoming
from bot.conversation.report import begin, flow
from bot.conversation.report.answering.explain import need
from bot.conversation.report.answering.readback import readback
from bot.conversation.report.answering.store import store
from bot.conversation.report.asking.buttons import buttons
from bot.conversation.report.asking.prompt import example
from bot.conversation.report.changing.instances import fresh, set_of, without
from bot.conversation.report.context import REVIEW, Context
from bot.conversation.report.sending import review
from bot.conversation.say import sentence
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.forms.addresses import NEXT
from bot.forms.compiled import MEDIA, Question, Step
from bot.messages.bubbles import Bubble, text


def back(state: State, context: Context) -> Turn:
    """The step before this one, with its present answer; out of the change of a single box, back to where it was."""
    if state.data.get("only"):
        return begin.show(context)
    undone = _undo_instance(state, context)
    if undone is not None:
        return undone
    steps = [step for step in context.steps if REVIEW not in step.appearance and _was_asked(context, step)]
    here = flow.step_of(state, context)
    place = steps.index(here) if here in steps else len(steps)
    if place == 0:
        first = sentence("report.nothing_to_go_back")
        return begin.ask_again(context, steps[0], (first,)) if steps else Turn(state, (first,))
    return begin.ask_again(context, steps[place - 1], (_went_back(context, steps[place - 1]),))


def _undo_instance(state: State, context: Context) -> Turn | None:
    """Back from an instance that was added a moment ago: it goes, and whether there is one more is asked again."""
    here = flow.step_of(state, context)
    group = fresh(context, here) if here is not None else None
    if group is None or group.position == 1:
        return None
    after = without(context, group.name)
    step = after.values.step(set_of(group) + NEXT)
    if step is None:
        return None
    turn = begin.ask_again(after, step, (sentence("report.went_back_instance", title=context.instance(group)),))
    stored = turn.state.with_data(seen=after.seen_version(stored=True))
    return Turn(stored, turn.bubbles, (after.save(),))


def _was_asked(context: Context, step: Step) -> bool:
    """Whether a person answers the step, now or in an earlier round, rather than the register or the calendar."""
    stored = [context.values.answer_of(item.name) for item in context.askable(step)]
    return any(answer is None or answer.origin in {"typed", "last"} for answer in stored)


def _went_back(context: Context, step: Step) -> Bubble:
    stored = tuple(item for item in context.to_ask(step) if context.values.get(item.name))
    return Bubble((text("report.went_back", value=readback(context, stored) or text("word.blank")),))


def skip(state: State, said: Incoming, context: Context) -> Turn:
    """Leave a box empty, where the form allows it."""
    step = flow.step_of(state, context)
    if step is None:
        return flow.at_review(state, said, context)
    asked = flow.asked_of(state, context, step)
    must = next((item for item in asked if context.values.required(item.name)), None)
    if must is not None:
        return flow.again(state, context, _required(context, must, asked))
    return store(state, said, context, {item.name: "" for item in asked})


def _required(context: Context, must: Question, asked: tuple[Question, ...]) -> Bubble:
    """Why it cannot be left out: the form's own words for a box that it knows by no number, else ours."""
    shown = example(context, asked) or "12"
    if must.required_message and must.box is None:
        return Bubble((context.text(must.required_message), text("report.required_ways", example=shown)))
    key = "kinds.required_now" if must.kind in MEDIA else "report.required_now"
    return sentence(key, label=context.named(must), example=shown)


def full_text(state: State, context: Context, step_name: str = "") -> Turn:
    """The long wording of the row, then where the person stands."""
    shown = review.full_text(context, step_name or str(state.data.get("step", "")))
    return Turn(state, (*((shown,) if shown else ()), *flow.where_we_are(state, context)))


def help_with(state: State, context: Context) -> Turn:
    """Help with the open question, with its buttons, then the commands."""
    step = flow.step_of(state, context)
    commands = sentence("general.help.officer")
    if step is None:
        return Turn(state, (*flow.where_we_are(state, context), commands))
    asked = flow.asked_of(state, context, step)
    label = flow.where(context, step, asked)
    shown = sentence(
        "general.help.question",
        *buttons(context, step, asked),
        label=label,
        need=need(context, asked),
        example=example(context, asked) or "12",
    )
    guidance = tuple(words for question in asked if (words := context.text(question.guidance)))
    return Turn(state, (commands, replace(shown, lines=(*guidance, *shown.lines))))
