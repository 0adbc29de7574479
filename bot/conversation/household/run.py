"""The photos and numbers of the last minutes, kept in the chat's state until it is clear which belong together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from bot.conversation.facts import AreaFacts
from bot.conversation.household.names import is_unsure
from bot.conversation.household.pairing import TOGETHER, Item, Pairing
from bot.conversation.household_effects import BindPhoto
from bot.conversation.inputs import Incoming
from bot.conversation.state import State

RUN, DONE, BURST, PAIRS, MEANT, ASKED, SHEET = "run", "done", "burst", "pairs", "house", "photo", "sheet"
OF_HOUSES = frozenset({RUN, DONE, BURST, PAIRS, MEANT, SHEET})
KEPT = 2 * TOGETHER
"""Milliseconds; older ones take no part any more."""
MOST = 80
"""Messages of a run."""
AT_A_STROKE = 4_000
"""Milliseconds; nobody reads an answer and types a house number that fast: what is sent so was sent unseen."""


def items(state: State) -> tuple[Item, ...]:
    """What is still open."""
    return tuple(Item(*stored) for stored in state.data.get(RUN, ()))


def _done(state: State) -> tuple[Item, ...]:
    """What was paired and answered a moment ago: it is looked at again when something comes out of order."""
    return tuple(Item(*stored) for stored in state.data.get(DONE, ()))


def at(said: Incoming) -> int:
    return round(said.sent_at.timestamp() * 1000) if said.sent_at is not None else 0


def near(state: State, said: Incoming) -> bool:
    """Whether something was sent here within two minutes of this message."""
    return any(abs(item.at - at(said)) <= TOGETHER for item in (*_done(state), *items(state)))


def bursting(state: State, said: Incoming) -> bool:
    """Whether one summary will answer this message and others: they wait, or were sent at a stroke."""
    if said.more or BURST in state.data:
        return True
    before = (*_done(state), *items(state))
    return any(item.id != said.message_id and abs(item.at - at(said)) <= AT_A_STROKE for item in before)


def in_burst(state: State, *photos: str) -> State:
    """Part of a burst, which these photos belong to, and those that were open before."""
    counted = state.data.get(BURST, [item.id for item in items(state) if not item.house])
    return state.with_data(**{BURST: list(dict.fromkeys([*counted, *photos]))})


def with_message(state: State, said: Incoming, house: str = "") -> tuple[Item, ...]:
    """The run with a photo, or with a message that names a house; the same message twice is one."""
    fresh = Item(said.message_id, at(said), house)
    before = (*_done(state), *items(state))
    late = any(item.at > fresh.at for item in before)
    run = {item.id: item for item in (fresh, *(before if late else items(state)))}
    # of a burst that was held up on its way nothing is too old
    oldest = 0 if said.more or BURST in state.data else max(item.at for item in run.values()) - KEPT
    kept = sorted((item for item in run.values() if item.at >= oldest), key=lambda item: (item.at, item.id))
    return tuple(kept[-MOST:])


def bound(run: Iterable[Item], found: Pairing, village: AreaFacts) -> tuple[tuple[Item, ...], tuple[BindPhoto, ...]]:
    """The run as it stands now, and what has to change: a photo's house, or that it is not known any more."""
    after, effects = [], []
    for item in run:
        number = found.sure.get(item.id)
        house = number.house if number is not None and not is_unsure(number.house) else ""
        if not item.house and house != item.bound:
            effects.append(BindPhoto(item.id, village.code, house, number.id if number is not None and house else ""))
            after.append(replace(item, bound=house))
        else:
            after.append(item)
    return tuple(after), tuple(effects)


def kept(state: State, run: Iterable[Item]) -> State:
    """The run stays open."""
    return without(state, DONE).with_data(**{RUN: _stored(run)})


def answered(state: State, run: Iterable[Item], found: Pairing) -> State:
    """Like `kept`, but what is paired for sure has been said to the sender."""
    pairs = {*found.sure, *(number.id for number in found.sure.values())}
    left = [item for item in run if item.id not in pairs]
    unique = {item.id: item for item in (*_done(state), *run) if item not in left}
    return state.with_data(**{RUN: _stored(left), DONE: _stored(list(unique.values())[-MOST:])})


def _stored(run: Iterable[Item]) -> list[list[Any]]:
    return [[item.id, item.at, item.house, item.bound] for item in run]


def without(state: State, *names: str) -> State:
    return replace(state, data={name: value for name, value in state.data.items() if name not in names})


def asked(state: State) -> State:
    """Everything that has come is asked about or settled now: what comes next is an answer."""
    return without(state, RUN, DONE, BURST, PAIRS, MEANT, ASKED, SHEET)


def settled(state: State, message_id: str) -> State:
    """One photo's house was said outright: the rest is still open."""
    left = [item for item in items(state) if item.id != message_id]
    return without(state, MEANT).with_data(**{RUN: _stored(left)})


def apart(state: State, message_id: str) -> State:
    """One photo is a sheet: neither a house of the run nor a photo of the burst."""
    here = without(settled(state, message_id), SHEET, PAIRS)
    here = without(here, ASKED) if here.data.get(ASKED) == message_id else here
    if BURST not in here.data:
        return here
    return here.with_data(**{BURST: [each for each in here.data[BURST] if each != message_id]})


def forgotten(data: Mapping[str, Any], message_id: str) -> dict[str, Any]:
    """State data without a message that was taken back; the same object's worth when it plays no part."""
    left = dict(data)
    for name in (RUN, DONE, PAIRS):
        if name in left:
            left[name] = [each for each in left[name] if message_id not in (each[0], each[-1])]
    if not left.get(PAIRS, [""]) or message_id in left.get(MEANT, ()):
        left = {name: value for name, value in left.items() if name not in {PAIRS, MEANT}}
    if SHEET in left and message_id in (left[SHEET][0], left[SHEET][2]):
        del left[SHEET]
    if BURST in left:
        left[BURST] = [each for each in left[BURST] if each != message_id]
    return left
