"""How many instances the repeats of a draft have: grows and shrinks them, by answer or by the form's own count."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping

from bot.forms.addresses import NEXT
from bot.forms.compiled import CompiledForm, Layout, Shape
from bot.forms.environment import FormEnv, Stored
from bot.forms.graph import Cell
from bot.forms.instance_tree import TooManyBoxesError
from bot.forms.xpath.data import to_number
from bot.forms.xpath.scope import marker

REPEAT_CAP = 500
"""Instances of one repeat."""
_UNIT = 32
_INSTANCE = re.compile(r"(.*)\[(\d+)\]")


class Growth:
    """The shape of one draft while it is being changed."""

    def __init__(
        self, form: CompiledForm, env: FormEnv, answers: dict[str, Stored], state: dict[str, str | bool]
    ) -> None:
        self.form = form
        self.env = env
        self.answers = answers
        self.state = state
        self.wanted: dict[str, int] = {}
        """Repeats whose number of instances is about to change."""
        self._place = -1
        self.fresh: set[str] = set()
        """Addresses in instances that are new and have no dynamic defaults yet."""

    def fill(self, addresses: set[str] | None) -> None:
        """Give boxes (all, or those just made) what they hold from the start; answers that are there stay."""
        for values in (self.form.static, _preloaded(self.form, self.env)):
            for template, value in values.items():
                for address in self.env.layout.places_of(template):
                    if value and (addresses is None or address in addresses):
                        self.answers.setdefault(address, [value, "default"])

    def taken(self) -> set[str]:
        """The fresh addresses, once."""
        fresh, self.fresh = self.fresh, set()
        return fresh

    def want(self, cell: Cell, place: int) -> None:
        """Note how many instances a repeat should have. More than the cap are remembered as a problem."""
        number = to_number(self.env.run(cell.formula), self.env)
        count = int(number) if math.isfinite(number) and number > 0 else 0
        self.state.pop(cell.id, None)
        if count > REPEAT_CAP:
            self.state[cell.id] = str(count)
            count = REPEAT_CAP
        self.wanted.pop(cell.name, None)
        if count != self.env.layout.counts[cell.name]:
            self.wanted[cell.name] = count
            self._place = place

    def is_ready(self, places: list[int]) -> bool:
        """Whether all counts of one kind are known, so that the layout changes once for all of them."""
        return bool(self.wanted) and (not places or places[0] >> _UNIT != self._place >> _UNIT)

    def grow(self, places: list[int]) -> list[int]:
        """Change the layout. Takes the places that wait to be computed, returns those of the new layout."""
        before = self.env.layout
        waiting = {before.graph.cells[place].id for place in places}
        wanted, self.wanted = self.wanted, {}
        changed = self._reshape(wanted)
        return [place for place, cell in self.env.layout.graph.cells.items() if cell.id in waiting or place in changed]

    def add(self, address: str) -> set[int]:
        """One more instance. Returns the places to compute; none when there can be no more."""
        count = self.env.layout.counts[address]
        return self._reshape({address: count + 1}) if count < REPEAT_CAP else set()

    def remove(self, address: str, move: Callable[[str], str | None]) -> None:
        """One instance less; what the instances after it held has been moved already."""
        name = _split(address)[0]
        before = self.env.layout
        shape = {moved: count for key, count in before.shape.items() if (moved := move(key)) is not None}
        self.env.layout = self.form.layout(_shape(before, shape, {name: before.counts[name] - 1}))

    def _reshape(self, wanted: Mapping[str, int]) -> set[int]:
        """Change the layout; returns the places that must be computed now."""
        before = self.env.layout
        try:
            self.env.layout = self.form.layout(_shape(before, before.shape, wanted))
        except TooManyBoxesError:
            self.state.update({f"count:{name}": str(count) for name, count in wanted.items()})
            return set()
        made = self.env.layout.nodes.keys() - before.nodes.keys()
        self._forget(before.nodes.keys() - self.env.layout.nodes.keys())
        self.fresh |= made
        self.fill(made)
        graph = self.env.layout.graph
        new = {place for place, cell in graph.cells.items() if cell.name.removesuffix(NEXT) in made}
        more = {place for place, cell in graph.cells.items() if cell.name.removesuffix(NEXT) in wanted}
        return new | more | graph.affected_by([*made, *(marker(name) for name in wanted)])

    def _forget(self, gone: set[str]) -> None:
        """What was computed in instances that are no more. Their answers are kept: they may come back."""
        for key in [key for key in self.state if key.partition(":")[2] in gone and not key.startswith("emptied:")]:
            del self.state[key]


def _shape(before: Layout, shape: Shape, wanted: Shape) -> dict[str, int]:
    """`shape` with other numbers of instances, without what goes without saying and what has gone."""
    made = {**shape, **wanted}
    for name, count in wanted.items():
        made = {key: kept for key, kept in made.items() if not _is_beyond(key, name, count)}
        if count == before.initial[name]:
            del made[name]
    return made


def _is_beyond(key: str, name: str, count: int) -> bool:
    """Whether a repeat stands in an instance of `name` after the first `count`."""
    number, closed, _ = key.removeprefix(f"{name}[").partition("]")
    return key.startswith(f"{name}[") and bool(closed) and int(number) > count


def _split(address: str) -> tuple[str, int]:
    """(child[2]/toy, 1) of child[2]/toy[1]."""
    found = _INSTANCE.fullmatch(address)
    if found is None:
        raise KeyError(address)
    return found.group(1), int(found.group(2))


def moved_down(address: str) -> Callable[[str], str | None]:
    """Where each name is once the instance at `address` is gone; None for what goes with it."""
    base, gone = _split(address)

    def move(name: str) -> str | None:
        head, opened, rest = name.partition(f"{base}[")
        number, closed, tail = rest.partition("]")
        if head or not opened or not closed or not number.isdigit() or int(number) < gone:
            return name
        return None if int(number) == gone else f"{base}[{int(number) - 1}]{tail}"

    return move


def _preloaded(form: CompiledForm, env: FormEnv) -> dict[str, str]:
    return {name: _preload(kind, env) for name, kind in form.preloads.items()}


def _preload(kind: str, env: FormEnv) -> str:
    """The value of a box that the engine fills: `kind` is start, today, or "property NAME" for what the host knows."""
    if kind == "start":
        return env.now.isoformat(timespec="milliseconds")
    if kind == "today":
        return env.now.date().isoformat()
    return env.known(kind.removeprefix("property ")) if kind.startswith("property ") else ""
