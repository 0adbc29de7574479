"""The door to a draft: begin it, change it, keep it as JSON. JSON in between changes nothing."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from bot.forms.answers import Answer, Problem, ProblemKind, as_answer
from bot.forms.compiled import CompiledForm, Layout
from bot.forms.draft import Values
from bot.forms.engine import EMPTIED, Work
from bot.forms.environment import THAI_TIME, Known
from bot.forms.remarks import Fallen, Remark
from bot.forms.xpath.scope import KNOWN, LAST, NOW, TODAY

__all__ = [
    "Answer",
    "Fallen",
    "Problem",
    "ProblemKind",
    "Remark",
    "Values",
    "answer",
    "forget",
    "from_json",
    "refresh",
    "remove",
    "start",
]


def start(form: CompiledForm, known: Known, now: dt.datetime, seed: str = "") -> Values:
    """A new draft with its defaults. `now` is civil time (aware). `seed` feeds uuid() and random(): give the
    draft's own id to make a replay give the same values; without one, fresh randomness is taken."""
    local = now.astimezone(THAI_TIME)
    work = Work(form, form.layout({}), answers={}, state={}, known=known, now=local, seed=seed or uuid.uuid4().hex)
    work.begin()
    return _frozen(work)


def refresh(values: Values, known: Known, now: dt.datetime) -> Values:
    """The draft as of `now`, with today's known values. Do this whenever a draft is loaded for a turn."""
    local = now.astimezone(THAI_TIME)
    work = values.work(known, local)
    keys = [f"{KNOWN}{name}" for name in known.differing(values.known)]
    keys += [LAST] * (known.last != values.known.last)
    changed = work.follow_known() if keys else []
    keys += [NOW] * (local != values.now) + [TODAY] * (local.date() != values.now.date())
    work.propagate([*keys, *changed])
    work.trigger(changed)
    return _frozen(work, values)


def answer(
    values: Values,
    changes: Mapping[str, str],
    origin: str = "typed",
    meta: Mapping[str, Any] | None = None,
    metas: Mapping[str, Mapping[str, Any]] | None = None,
) -> Values:
    """Set boxes by address; '' empties one. Triggers run, dependants are recomputed.

    `child[+]` with "yes" makes one more instance of the repeat `child`, whose boxes can be set in the same call; with
    "no" it ends the repeat. `meta` is kept with each answer as it is (JSON only), or what `metas` has for its box.
    Raises KeyError for a name that the draft lacks, and ValueError for a box that nobody may set (a calculation).
    """
    work = values.work(values.known, values.now)
    work.change(changes, origin, meta or {}, metas or {})
    return _frozen(work, values)


def remove(values: Values, address: str) -> Values:
    """Take out one instance of a repeat (child[2]); those after it move up. Raises KeyError when there is none such,
    and ValueError when the form itself says how many there are."""
    work = values.work(values.known, values.now)
    work.remove(address)
    return _frozen(work)


def forget(values: Values, unwanted: Callable[[Answer], bool]) -> Values:
    """Drop the answers that `unwanted` picks, as if they had never been given (an unsent message). Boxes with a
    known value take that again; triggers do not run."""
    work = values.work(values.known, values.now)
    gone = [name for name, stored in work.answers.items() if unwanted(as_answer(stored))]
    work.propagate([*work.drop(gone), *work.follow_known()])
    return _frozen(work, values)


def from_json(form: CompiledForm, data: Mapping[str, Any]) -> Values:
    """A draft out of `to_json` data. Under another version of the form, boxes that still exist keep their
    answers and everything else is computed anew."""
    known = Known(**data["known"])
    now = dt.datetime.fromisoformat(data["now"])
    layout = form.layout(data.get("repeats", {}))
    seed = data["seed"]
    if data["form"] == form.content_hash:
        read = Values(form, layout, answers=data["answers"], state=data["state"], known=known, now=now, seed=seed)
        return read.with_shut(int(data["shut"], 16)) if "shut" in data else read
    kept = {name: stored for name, stored in data["answers"].items() if name in layout.questions}
    state = _carried(layout, data["state"])
    work = Work(form, layout, answers=kept, state=state, known=known, now=now, seed=seed)
    work.recompute()
    return _frozen(work)


def _carried(layout: Layout, state: Mapping[str, str | bool]) -> dict[str, str | bool]:
    """What a changed form still needs of the old state: which known values were emptied, what once() has kept."""
    calculates = set(layout.graph.calculates.values())
    emptied = {key: kept for key, kept in state.items() if key.startswith(EMPTIED)}
    return {key: kept for key, kept in state.items() if key in calculates} | {
        key: kept for key, kept in emptied.items() if key.removeprefix(EMPTIED) in layout.questions
    }


def _frozen(work: Work, before: Values | None = None) -> Values:
    made = Values(
        work.form,
        work.env.layout,
        answers=work.answers,
        state=work.state,
        known=work.known,
        now=work.now,
        seed=work.seed,
    )
    if before is None or before.layout is not made.layout:
        return made
    return made.with_shut(_shut_after(made, before.shut, work.touched))


def _shut_after(made: Values, shut: int, touched: Iterable[str]) -> int:
    """Which boxes are shut once the touched ones have been looked at again."""
    bits = made.layout.board.bits
    for name in touched:
        bit = bits.get(name, 0)
        shut = shut | bit if bit and made.is_closed(name) else shut & ~bit
    return shut
