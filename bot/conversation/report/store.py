"""Storing an answer in the draft: hard checks first, never over somebody else's value without asking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.conversation.inputs import Incoming
from bot.conversation.report import begin
from bot.conversation.report.authors import given_by, given_by_me
from bot.conversation.report.context import Context
from bot.conversation.report.kinds.media import replaced
from bot.conversation.report.readback import received
from bot.conversation.report.refuse import broken, explain
from bot.conversation.report.tokens import token
from bot.conversation.report.ways import last_of
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
    changes = {name: value for name, value in _with_rest(state, given).items() if name in context.questions}
    if not changes:
        return begin.show(context)  # what was asked is gone: its instance of a repeat was taken out
    other = overwritten(state, context, changes)
    if other is not None:
        return other
    after = stored(state, said, context, changes, as_last, sent_in=sent_in)
    problem = broken(context, after)
    if problem is not None:
        why = explain(after, problem, changes, text("read.not_stored"))
        refused = at_refused(_kept(state), context, problem.name, changes)
        return Turn(refused.with_data(refused=dict(changes)), (why,)).unclear(state)
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
    rest = {other: value for other, value in changes.items() if other != name}
    return State(state.flow, here if together else {**here, "only": name, "rest": rest}, state.unclear)


def stored(
    state: State,
    said: Incoming,
    context: Context,
    changes: Mapping[str, str],
    as_last: frozenset[str] = frozenset(),
    *,
    sent_in: Sequence[str] = (),
) -> Context:
    """The report with `changes` typed by this person; those of `as_last` carried over from the last round."""
    kept = {**_meta(said, sent_in), **given_by(context)}
    filled = {name: value for name, value in changes.items() if value != "" or context.values.get(name) != ""}
    values = answer(context.values, {name: filled[name] for name in filled if name not in as_last}, "typed", kept)
    values = _carried(values, context, {name: filled[name] for name in filled if name in as_last}, kept)
    return context.with_values(values, _skipped(state, context, values, changes))


def _carried(values: Values, context: Context, same: Mapping[str, str], meta: Mapping[str, Any]) -> Values:
    last = last_of(context) if same else None
    return take(values, same, last.round_number, meta) if last is not None else values


def _meta(said: Incoming, sent_in: Sequence[str]) -> dict[str, Any]:
    """Which messages an answer came in: taken back, they take it with them."""
    gathered = {"message_ids": list(sent_in)} if sent_in else {}
    return {"message_id": said.message_id, **gathered} if said.message_id else gathered


def _with_rest(state: State, given: Mapping[str, str]) -> dict[str, str]:
    """What was typed together with a refused value is not asked again once that value is mended."""
    rest = state.data.get("rest", {}) if state.data.get("only") in given else {}
    return {**rest, **given}


def _kept(state: State) -> State:
    return State(
        state.flow, {key: value for key, value in state.data.items() if key not in {"pending", "as_last", "refused"}}
    )


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
    return frozenset(name for name in skipped if not values.required(name))


def overwritten(state: State, context: Context, changes: Mapping[str, str]) -> Turn | None:
    """Two officers of one district: a value that a colleague has just stored is shown before it is replaced."""
    me = context.facts.person.id if context.facts.person else None
    if state.data.get("seen") == context.report.row_version or context.report.updated_by in {None, me}:
        return None
    clash = [
        context.questions[name]
        for name, value in changes.items()
        if context.values.get(name) not in {"", value} and not given_by_me(context, name)
    ]
    if not clash or state.data.get("pending") == dict(changes):
        return None
    shown = " · ".join(f"{context.brief(item)} {context.value(item)}" for item in clash)
    new = " · ".join(context.write(item, changes[item.name]) for item in clash)
    where: dict[str, str | int] = {"o": context.report.obligation.id, "s": token(str(state.data.get("step", "")))}
    buttons: tuple[Button, ...] = (
        tap(text("general.button.change_to", value=new), "yes", **where),
        tap("general.button.keep", "keep", **where),
    )
    card = sentence("report.stored_by_other", *buttons, who=context.report.updated_by_name, value=shown)
    seen = {**state.data, "pending": dict(changes), "seen": context.report.row_version}
    return Turn(replace(state, data=seen), (card,))
