"""Storing an answer in the draft: hard checks first, never over somebody else's value without asking."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from bot.conversation.inputs import Incoming
from bot.conversation.report import begin
from bot.conversation.report.answering.readback import received
from bot.conversation.report.answering.refuse import about, broken, explain
from bot.conversation.report.answering.waiting import WAITING, Metas, for_yes, metas, rest, without
from bot.conversation.report.context import Context
from bot.conversation.report.kinds.media import replaced
from bot.conversation.report.last_round.ways import last_of
from bot.conversation.report.sharing.authors import given_by, given_by_me
from bot.conversation.report.tokens import token
from bot.conversation.say import sentence, tap
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.forms.carry import take
from bot.forms.values import Values, answer
from bot.messages.bubbles import Button, text


def store(
    state: State,
    said: Incoming,
    context: Context,
    given: Mapping[str, str],
    as_last: frozenset[str] = frozenset(),
    *,
    sent_in: Sequence[str] = (),
) -> Turn:
    """Answer the boxes of `given` ('' leaves one out) and go on to the next question. Those of `as_last` are marked as
    carried over from the last round.

    `sent_in`: ids of the earlier messages that the answer was gathered from.
    """
    changes = {name: value for name, value in {**rest(state, given), **given}.items() if name in context.questions}
    if not changes:
        return begin.show(context)  # what was asked is gone: its instance of a repeat was taken out
    other = overwritten(state, said, context, changes, as_last, given)
    if other is not None:
        return other
    typed_in = metas(state, said, changes, given, sent_in)
    after = stored(state, context, changes, typed_in, as_last)
    problem = broken(context, after)
    if problem is not None:
        why = explain(after, problem, after.questions, text("read.not_stored"))
        here = at_refused(without(state, WAITING), context, problem.name, changes)
        waiting = here.with_data(refused=changes, typed_in=typed_in, involved=sorted(about(problem)))
        return Turn(waiting, (why,)).unclear(state)
    turn = begin.show(after, received=received(context, after, changes), stored=True)
    turn = turn.also(after.save(), *replaced(context, changes))
    return replace(turn, state=turn.state.with_data(last=list(changes)), stored=tuple(changes))


def at_refused(state: State, context: Context, refused: str, changes: Mapping[str, str]) -> State:
    """The chat at the box whose value was refused: what is typed next mends it, and answers no other question.

    When several boxes of one question were refused, all of them are typed again.
    """
    step = context.values.step(str(state.data.get("step", "")))
    if state.data.get("only") in changes or (step is not None and any(item.name in changes for item in step.asked)):
        return state
    name = refused if refused in changes else next(iter(changes))
    there = context.step_of(name)
    if there is None:
        return state
    together = {item.name for item in context.to_ask(there)} == set(changes)
    here = {key: value for key, value in state.data.items() if key not in {"only", "rest"}} | {"step": there.name}
    others = {other: value for other, value in changes.items() if other != name}
    return State(state.flow, here if together else {**here, "only": name, "rest": others}, state.unclear)


def stored(
    state: State,
    context: Context,
    changes: Mapping[str, str],
    typed_in: Metas,
    as_last: frozenset[str] = frozenset(),
) -> Context:
    """The report with `changes` typed by this person, in the messages that `typed_in` says; those of `as_last` carried
    over from the last round."""
    filled = {name: value for name, value in changes.items() if value != "" or context.values.get(name) != ""}
    typed = {name: value for name, value in filled.items() if name not in as_last}
    kept = {name: {**typed_in.get(name, {}), **given_by(context)} for name in filled}
    values = answer(context.values, typed, "typed", metas=kept)
    values = _carried(values, context, {name: filled[name] for name in filled if name in as_last}, kept)
    return context.with_values(values, _skipped(state, context, values, changes))


def _carried(values: Values, context: Context, same: Mapping[str, str], typed_in: Metas) -> Values:
    last = last_of(context) if same else None
    if last is None:
        return values
    for name, value in same.items():
        values = take(values, {name: value}, last.round_number, typed_in.get(name))
    return values


def _skipped(state: State, context: Context, values: Values, changes: Mapping[str, str]) -> frozenset[str]:
    """Boxes left empty on purpose: by a skip, or optional ones of a step that was answered.

    None of them is one that `values`, what would be stored now, require: "other" wants its story.
    """
    skipped = set(context.skipped) - {name for name, value in changes.items() if value}
    skipped |= {name for name, value in changes.items() if not value}
    step = context.values.step(str(state.data.get("step", "")))
    answered = step is not None and not state.data.get("only") and any(item.name in changes for item in step.asked)
    if step is not None and answered:
        skipped |= {
            item.name for item in context.to_ask(step) if item.name not in changes and not values.get(item.name)
        }
    # names of instances that are not there now are kept: they may come back
    return frozenset(name for name in skipped if name not in values.questions or not values.required(name))


def overwritten(
    state: State,
    said: Incoming,
    context: Context,
    changes: Mapping[str, str],
    as_last: frozenset[str] = frozenset(),
    given: Collection[str] | None = None,
) -> Turn | None:
    """Two officers of one district: a value that a colleague has just stored is shown before it is replaced."""
    me = context.facts.person.id if context.facts.person else None
    if state.data.get("seen") == context.report.row_version or context.report.updated_by in {None, me}:
        return None
    clash = [
        context.questions[name]
        for name, value in changes.items()
        if context.values.get(name) not in {"", value} and not given_by_me(context, name)
    ]
    if not clash:
        return None
    shown = " · ".join(f"{context.brief(item)} {context.value(item)}" for item in clash)
    new = " · ".join(context.write(item, changes[item.name]) for item in clash)
    where: dict[str, str | int] = {"o": context.report.obligation.id, "s": token(str(state.data.get("step", "")))}
    buttons: tuple[Button, ...] = (
        tap(text("general.button.change_to", value=new), "yes", **where),
        tap("general.button.keep", "keep", **where),
    )
    card = sentence("report.stored_by_other", *buttons, who=context.report.updated_by_name, value=shown)
    waiting = for_yes(state, said, changes, as_last, given)
    return Turn(waiting.with_data(seen=context.report.row_version), (card,))
