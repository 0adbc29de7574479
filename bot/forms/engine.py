"""Changes a draft: sets values, runs triggers, recomputes what depends on them and nothing else."""

from __future__ import annotations

import datetime as dt
import heapq
from collections.abc import Iterable, Mapping
from typing import Any

from bot.forms.compiled import CompiledForm, SetValue
from bot.forms.environment import FormEnv, Known, Stored, as_stored
from bot.forms.graph import Cell, Role
from bot.forms.xpath.data import to_boolean

ACTION_CAP = 2_000
"""Triggers that one turn may run: triggers that set each other off must end."""
EMPTIED = "emptied:"
"""In the state, before the name of a box that somebody emptied although a value is known for it."""
DEFAULT, TRIGGER, KNOWN_ORIGIN = "default", "trigger", "known"


class Work:
    """A draft while it is being changed. Made from copies, so the draft it came from stays as it was."""

    def __init__(
        self,
        form: CompiledForm,
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
        self.env = FormEnv(form, self.answers, self.state, known, now)
        self.env.seed = seed
        self.actions = 0
        self.given: frozenset[str] = frozenset()
        """Boxes that a person sets in this turn: a pick that is not offered is a problem of theirs, not out of date."""
        self.touched: set[str] = set()
        """Boxes that may now be open or closed although they were not before."""

    def begin(self) -> None:
        """First load: static values, everything computed once, then dynamic defaults in document order."""
        for name, value in self.form.static.items():
            self.answers[name] = [value, DEFAULT]
        for name, kind in self.form.preloads.items():
            value = _preload(kind, self.now)
            if value:
                self.answers[name] = [value, DEFAULT]
        self.recompute()
        for action in self.form.on_load:
            origin = KNOWN_ORIGIN if action.follows_known else DEFAULT
            self.propagate(self._apply(action, origin))

    def recompute(self) -> None:
        """Compute every cell anew."""
        for cell in self.form.graph.cells:
            self._compute(cell)

    def change(self, changes: Mapping[str, str], origin: str, meta: Mapping[str, Any]) -> None:
        """Set values as a person would; triggers follow."""
        self.given = frozenset(changes)
        changed = [name for name, value in changes.items() if self._put(name, value, origin, meta)]
        self.propagate(changed)
        self.trigger(changed)

    def trigger(self, changed: Iterable[str]) -> None:
        """Run what hangs on the changed boxes, and what hangs on those, up to a cap."""
        waiting = list(changed)
        while waiting and self.actions < ACTION_CAP:
            name = waiting.pop(0)
            for action in self.form.on_change.get(name, ()):
                self.actions += 1
                done = self._apply(action, TRIGGER)
                self.propagate(done)
                waiting.extend(done)

    def follow_known(self) -> list[str]:
        """Boxes that nobody typed over take the known value of today. Returns which changed."""
        changed: list[str] = []
        for action in self.form.on_load:
            stored = self.answers.get(action.target)
            is_own = (EMPTIED + action.target) in self.state or (stored is not None and stored[1] != KNOWN_ORIGIN)
            if action.follows_known and not is_own:
                changed.extend(self._apply(action, KNOWN_ORIGIN))
        return changed

    def drop(self, names: Iterable[str]) -> list[str]:
        """Forget answers without a trace. Returns the names."""
        dropped = list(names)
        for name in dropped:
            self.answers.pop(name, None)
            self.touched.add(name)
        return dropped

    def _apply(self, action: SetValue, origin: str) -> list[str]:
        question = self.form.questions[action.target]
        value = "" if action.formula is None else as_stored(self.env.run(action.formula), question, self.env)
        if origin == TRIGGER and value and any(value == self.known.values.get(name) for name in question.known):
            origin = KNOWN_ORIGIN
        return [action.target] if self._put(action.target, value, origin, {}) else []

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
            if self.form.questions[name].known and origin != KNOWN_ORIGIN:
                self.state[EMPTIED + name] = True
        return ("" if before is None else before[0]) != value

    def propagate(self, keys: Iterable[str]) -> None:
        """Recompute, in order, the cells that depend on what changed; stop where nothing differs."""
        graph = self.form.graph
        places = list(graph.affected_by(list(keys)))
        heapq.heapify(places)
        last = -1
        while places:
            place = heapq.heappop(places)
            if place == last:
                continue
            last = place
            cell = graph.cells[place]
            if self._compute(cell) and cell.changes:
                for reader in graph.affected_by(cell.changes):
                    if reader > place:
                        heapq.heappush(places, reader)

    def _compute(self, cell: Cell) -> bool:
        """Evaluate one cell; returns whether its result differs. Only results that are not the usual are kept."""
        result = self._result(cell)
        before = self.state.get(cell.id)
        if result is None:
            self.state.pop(cell.id, None)
        else:
            self.state[cell.id] = result
        if before == result:
            return False
        self.touched.update(self.form.graph.closers.get(cell.id, ()))
        if cell.role is Role.OFFERED:
            self.touched.add(cell.name)
        return True

    def _result(self, cell: Cell) -> str | bool | None:
        """The cell's result, None for the usual one: relevant, not required, writable, satisfied, empty."""
        if cell.role is Role.CALCULATE:
            value = self.env.run(cell.formula)
            return as_stored(value, self.form.questions[cell.name], self.env) or None
        if cell.role is Role.CONSTRAINT and self.env.read(cell.name) == "":
            return None
        if cell.role is Role.OFFERED:
            return self._still_offered(cell)
        holds = to_boolean(self.env.run(cell.formula))
        usual = cell.role in {Role.RELEVANT, Role.CONSTRAINT}
        return None if holds is usual else holds

    def _still_offered(self, cell: Cell) -> str | None:
        """What is left of a pick, None when all of it is still offered (or a filter cannot tell)."""
        stored = self.answers.get(cell.name)
        if stored is None or cell.name in self.given:
            return None
        listed = self.form.questions[cell.name].choices
        nodes = self.env.run(cell.formula)
        if listed is None or not isinstance(nodes, list):
            return None
        offered = {listed.nodes[id(node)].value for node in nodes}
        picked = str(stored[0]).split()
        left = [value for value in picked if value in offered or value not in listed.values]
        return None if len(left) == len(picked) else " ".join(left)


def _preload(kind: str, now: dt.datetime) -> str:
    if kind == "start":
        return now.isoformat(timespec="milliseconds")
    return now.date().isoformat() if kind == "today" else ""
