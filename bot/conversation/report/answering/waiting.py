"""Values that a chat's state holds before they are stored: read back for a yes, or refused until a figure is mended.

Each keeps the message that it was typed in: taken back, that message takes its own values with it, whenever they are
stored.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from bot.conversation.inputs import Incoming
from bot.conversation.state import State

PENDING = frozenset({"pending", "as_last", "typed_in"})
"""What waits for a yes, which of it was said to be as last round, and the messages it came in."""
WAITING = frozenset({*PENDING, "refused", "involved"})
"""With what was refused, and the boxes whose mending it waits for."""
Metas = Mapping[str, Mapping[str, Any]]
"""What is kept with each answer, by box."""


def metas(
    state: State, said: Incoming, changes: Mapping[str, str], given: Collection[str], sent_in: Sequence[str] = ()
) -> dict[str, Mapping[str, Any]]:
    """Which message each value came in: this one for those of `given` (with those of `sent_in`, where the answer was
    gathered from several), an earlier one for what has waited since; none for a button."""
    waiting = {**state.data.get("rest", {}), **state.data.get("refused", {}), **state.data.get("pending", {})}
    earlier: Metas = state.data.get("typed_in", {})
    own = _own(said, sent_in)
    found = {
        name: (own if name in given else {}) or (earlier.get(name, {}) if waiting.get(name) == value else {})
        for name, value in changes.items()
    }
    return {name: meta for name, meta in found.items() if meta}


def _own(said: Incoming, sent_in: Sequence[str]) -> dict[str, Any]:
    gathered = {"message_ids": list(sent_in)} if sent_in else {}
    return {"message_id": said.message_id, **gathered} if said.message_id else gathered


def for_yes(
    state: State,
    said: Incoming,
    changes: Mapping[str, str],
    as_last: Collection[str] = (),
    given: Collection[str] | None = None,
) -> State:
    """The state with `changes` waiting for a yes; `given`: those that this message holds, when not all are."""
    typed_in = metas(state, said, changes, changes if given is None else given)
    return state.with_data(pending=dict(changes), as_last=sorted(as_last), typed_in=typed_in)


def rest(state: State, given: Mapping[str, str]) -> dict[str, str]:
    """What was typed together with a refused value is not lost once one of the figures of the refusal is mended."""
    if given.keys() & state.data.get("involved", ()):
        return dict(state.data.get("refused", {}))
    return dict(state.data.get("rest", {})) if state.data.get("only") in given else {}


def without(state: State, names: Collection[str]) -> State:
    return State(state.flow, {key: value for key, value in state.data.items() if key not in names}, state.unclear)
