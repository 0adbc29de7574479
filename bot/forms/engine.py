"""Changes a draft: sets values, runs triggers, recomputes what depends on them and nothing else."""

from __future__ import annotations

import datetime as dt
import heapq
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from bot.forms.addresses import NEXT
from bot.forms.cell_results import result_of
from bot.forms.compiled import NO, YES, CompiledForm, Layout, SetValue
from bot.forms.environment import FormEnv, Known, Stored, as_stored
from bot.forms.graph import Cell, Role
from bot.forms.growth import Growth, moved_down

_NONE: Mapping[str, Mapping[str, Any]] = MappingProxyType({})

ACTION_CAP = 2_000
"""Triggers that one turn may run: triggers that set each other off must end."""
EMPTIED = "emptied:"
"""In the state, before the name of a box that somebody emptied although a value is known for it."""
DEFAULT, TRIGGER, KNOWN_ORIGIN, LAST_ORIGIN = "default", "trigger", "known", "last"


class Work:
    """A draft while it is being changed. Made from copies, so the draft it came from stays as it was."""

    def __init__(
        self,
        form: CompiledForm,
        layout: Layout,
        *,
        answers: Mapping[str, Stored],
        state: Mapping[str, str | bool],
        known: Known,
        now: dt.datetime,
        seed: str,
    ) -> None:
        self.form = form
        self.answers = dict(answers)
        self.state = dict(state)
        self.known = known
        self.now = now
        self.seed = seed
        self.env = FormEnv(form, layout, self.answers, self.state, known, now)
        self.env.seed = seed
        self.growth = Growth(form, self.env, self.answers, self.state)
        self.actions = 0
        self.given: frozenset[str] = frozenset()
        """Boxes that a person sets in this turn: a pick that is not offered is a problem of theirs, not out of date."""
        self.touched: set[str] = set()
        """Boxes that may now be open or closed although they were not before."""

    def begin(self) -> None:
        """First load: static values, everything computed once, then dynamic defaults in document order."""
        self.growth.fill(None)
        self.recompute()
        for action in self.form.on_load:
            origin = KNOWN_ORIGIN if action.follows_known else DEFAULT
            for address in self.env.layout.places_of(action.target):
                if address not in self.growth.fresh:
                    self.propagate(self._apply(action, address, origin))
        self._furnish()

    def recompute(self) -> None:
        """Compute every cell anew."""
        self._run(list(self.env.layout.graph.cells))

    def change(
        self,
        changes: Mapping[str, str],
        origin: str,
        meta: Mapping[str, Any],
        metas: Mapping[str, Mapping[str, Any]] = _NONE,
    ) -> None:
        """Set values as a person would; triggers follow. Raises KeyError for a box that the draft does not have,
        ValueError for one that nobody may set."""
        more = [name for name, value in changes.items() if name.endswith(NEXT) and value == YES]
        for name in more:
            self._add(name)
        values = {name: value for name, value in changes.items() if name not in more}
        for name in values:
            if self.env.layout.questions[name].computed:
                raise ValueError(f"{name} is computed")
        self.given = frozenset(values)
        changed = [name for name, value in values.items() if self._put(name, value, origin, metas.get(name, meta))]
        self.propagate(changed)
        self.trigger(changed)
        self._furnish()

    def _add(self, name: str) -> None:
        """One more instance of a repeat. A repeat that can hold no more ends by itself."""
        if name not in self.env.layout.questions:
            raise KeyError(name)
        address = name.removesuffix(NEXT)
        self.touched.add(name)
        self.answers.pop(name, None)
        places = self.growth.add(address)
        if places:
            self._run(list(places))
        else:
            self.answers[name] = [NO, DEFAULT]

    def remove(self, address: str) -> None:
        """Take out one instance of a repeat; those after it move up. Raises KeyError when there is none such, and
        ValueError when the form says how many there are."""
        group = self.env.layout.groups[address]
        if not group.is_repeat or self.form.repeats[group.template].counted:
            raise ValueError(f"{address} is no instance that can be removed")
        gone = moved_down(address)
        for kept in (self.answers, self.state):
            self._rename(kept, gone)
        self.growth.remove(address, gone)
        self.recompute()

    @staticmethod
    def _rename(kept: dict[str, Any], move: Callable[[str], str | None]) -> None:
        before = list(kept.items())
        kept.clear()
        for key, value in before:
            role, mark, name = key.rpartition(":")
            moved = move(name)
            if moved is not None:
                kept[f"{role}{mark}{moved}"] = value

    def trigger(self, changed: Iterable[str]) -> None:
        """Run what hangs on the changed boxes, and what hangs on those, up to a cap."""
        waiting = list(changed)
        while waiting and self.actions < ACTION_CAP:
            name = waiting.pop(0)
            question = self.env.layout.questions.get(name)
            if question is None:
                continue
            for action in self.form.on_change.get(question.template, ()):
                for address in self.env.layout.places_of(action.target, question.place, action.shared):
                    self.actions += 1
                    done = self._apply(action, address, TRIGGER)
                    self.propagate(done)
                    waiting.extend(done)

    def _furnish(self) -> None:
        """Dynamic defaults of instances that are new."""
        while self.growth.fresh and self.actions < ACTION_CAP:
            fresh = self.growth.taken()
            for action in self.form.on_new:
                for address in self.env.layout.places_of(action.target):
                    if address in fresh and address not in self.answers:
                        self.actions += 1
                        origin = KNOWN_ORIGIN if action.follows_known else DEFAULT
                        self.propagate(self._apply(action, address, origin))

    def follow_known(self) -> list[str]:
        """Boxes that nobody typed over take the known value of today. Returns which changed."""
        changed: list[str] = []
        for action in self.form.on_load:
            if action.follows_known:
                for address in self.env.layout.places_of(action.target):
                    stored = self.answers.get(address)
                    is_own = (EMPTIED + address) in self.state or (stored is not None and stored[1] != KNOWN_ORIGIN)
                    changed.extend([] if is_own else self._apply(action, address, KNOWN_ORIGIN))
        return changed

    def drop(self, names: Iterable[str]) -> list[str]:
        """Forget answers without a trace. Returns the names."""
        dropped = list(names)
        for name in dropped:
            self.answers.pop(name, None)
            self.touched.add(name)
        return dropped

    def _apply(self, action: SetValue, address: str, origin: str) -> list[str]:
        question = self.env.layout.questions[address]
        value = ""
        if action.formula is not None:
            value = as_stored(self.env.run(action.formula.placed(address)), question, self.env)
        if origin == TRIGGER and value and any(value == self.known.values.get(name) for name in question.known):
            origin = KNOWN_ORIGIN
        return [address] if self._put(address, value, origin, {}) else []

    def _put(self, name: str, value: str, origin: str, meta: Mapping[str, Any]) -> bool:
        """Store one value; returns whether the value differs from before. '' forgets the answer, except that a
        box which follows a known value remembers that somebody emptied it. A trigger that sets what the box holds
        changes nothing, not even where the value came from."""
        before = self.answers.get(name)
        if origin == TRIGGER and before is not None and before[0] == value:
            return False
        self.touched.add(name)
        self.state.pop(EMPTIED + name, None)
        if value:
            self.answers[name] = [value, origin, dict(meta)] if meta else [value, origin]
        else:
            self.answers.pop(name, None)
            if self.env.layout.questions[name].known and origin != KNOWN_ORIGIN:
                self.state[EMPTIED + name] = True
        return ("" if before is None else before[0]) != value

    def propagate(self, keys: Iterable[str]) -> None:
        """Recompute, in order, the cells that depend on what changed; stop where nothing differs."""
        self._run(list(self.env.layout.graph.affected_by(list(keys))))

    def _run(self, places: list[int]) -> None:
        graph = self.env.layout.graph
        heapq.heapify(places)
        last = -1
        while places or self.growth.wanted:
            if self.growth.is_ready(places):
                places, last = self.growth.grow(places), -1
                graph = self.env.layout.graph
                heapq.heapify(places)
                continue
            place = heapq.heappop(places)
            if place == last:
                continue
            last = place
            cell = graph.cells[place]
            if cell.role is Role.COUNT:
                self.growth.want(cell, place)
            elif self._compute(cell) and cell.changes:
                for reader in graph.affected_by(cell.changes):
                    if reader > place:
                        heapq.heappush(places, reader)

    def _compute(self, cell: Cell) -> bool:
        """Evaluate one cell; returns whether its result differs. Only results that are not the usual are kept."""
        result = result_of(cell, self.env, self.answers, self.given)
        before = self.state.get(cell.id)
        if result is None:
            self.state.pop(cell.id, None)
        else:
            self.state[cell.id] = result
        if before == result:
            return False
        self.touched.update(self.env.layout.graph.closers.get(cell.id, ()))
        if cell.role is Role.OFFERED:
            self.touched.add(cell.name)
        return True
