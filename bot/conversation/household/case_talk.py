"""Exceptional cases of houses that were spoken of and are not settled yet, kept in the chat's state.

One is asked about at a time; what was typed meanwhile waits for its turn.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

from bot.conversation.household import run
from bot.conversation.state import State

CASE, NEXT = "case", "cases"
OF_CASES = frozenset({CASE, NEXT})
MOST = 30
"""Houses that wait for their turn."""
WORDS_FOR = 2 * 60 * 60 * 1000
"""Milliseconds for which any words are an answer to an open question; a greeting of the next day is none."""


class Step(StrEnum):
    """What is asked."""

    HOUSE = "house"
    LIST = "list"
    WHICH = "which"
    """One of two readings of what was typed."""
    SURE = "sure"
    NOTE = "note"
    """Stored; the reason, the defect or what was corrected is asked."""
    WHO = "who"
    """Stored; who of the household confirmed the correction."""


STORED = frozenset({Step.NOTE, Step.WHO})


@dataclass(frozen=True, slots=True)
class Talk:
    """One house and its cases, as far as they are known."""

    village: str
    house: str = ""
    """Its name (names.py); it may be unsure, and empty while it is asked."""
    cases: tuple[str, ...] = ()
    """Keys of the campaign's cases."""
    other: tuple[str, ...] = ()
    """The second reading."""
    note: str = ""
    message: str = ""
    """LINE's id of the message that said so."""
    at: int = 0
    """When something was last said about it, milliseconds."""
    step: Step = Step.SURE
    asking: str = ""
    """The case whose note is asked."""
    instead: tuple[str, ...] = ()
    """Cases that it replaces, and (`instead_of`) at which house."""
    instead_of: str = ""


def _read(stored: Mapping[str, Any]) -> Talk:
    talk = Talk(**stored)
    return replace(
        talk,
        cases=tuple(talk.cases),
        other=tuple(talk.other),
        instead=tuple(talk.instead),
        step=Step(talk.step),
    )


def _written(talk: Talk) -> dict[str, Any]:
    """As JSON, without what is empty."""
    plain = {name: value for name, value in asdict(talk).items() if value}
    lists = {name: list(value) for name, value in plain.items() if isinstance(value, tuple)}
    return {**plain, **lists, "step": talk.step.value}


def open_talk(state: State) -> Talk | None:
    """What is asked about."""
    stored = state.data.get(CASE)
    return _read(stored) if stored else None


def asked(state: State, talk: Talk) -> State:
    """The question of `talk` is open; a doubtful number or pairs that waited for a yes are not asked any more."""
    return run.without(state, run.MEANT, run.PAIRS).with_data(**{CASE: _written(talk)})


def settled(state: State) -> State:
    return run.without(state, CASE)


def waiting(state: State) -> tuple[Talk, ...]:
    return tuple(_read(stored) for stored in state.data.get(NEXT, ()))


def put_off(state: State, talks: Iterable[Talk]) -> State:
    """`talks` wait for their turn, behind those that wait already."""
    every = [*waiting(state), *talks]
    return state.with_data(**{NEXT: [_written(talk) for talk in every[:MOST]]}) if every else state


def none_waiting(state: State) -> State:
    return run.without(state, NEXT)


def taken(state: State) -> tuple[State, Talk | None]:
    """The first that waits, and the state without it."""
    every = waiting(state)
    here = run.without(state, NEXT)
    return (put_off(here, every[1:]), every[0]) if every else (here, None)


def forgotten(data: Mapping[str, Any], message_id: str) -> dict[str, Any]:
    """State data without what a message said that was taken back; a case that is stored stays, its words go."""
    state = State(data=data)
    talk = open_talk(state)
    if talk is not None and talk.message == message_id:
        state = asked(state, replace(talk, note="")) if talk.step in STORED else settled(state)
    left = [each for each in waiting(state) if each.message != message_id]
    return dict(put_off(run.without(state, NEXT), left).data)
